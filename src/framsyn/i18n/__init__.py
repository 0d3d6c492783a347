"""Words in the reader's language: the translator, the catalogues, and the tool that keeps them up to date."""
