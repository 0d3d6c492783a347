"""The one error that Framsyn raises on bad input.

Every message says what was wrong, where, and what to do. The text is kept as an English template with
named parts, so that the command line and the pages can say it in the reader's language.
"""


class Term(str):
    """A part of a message that is itself a message, such as a unit: said in the reader's language too."""

    __slots__ = ()


class FramsynError(Exception):
    """Bad input, told so that the user can mend it.

    Args:
        template: the message in English, with `{named}` parts; it is the key in the catalogues.
        parts: the values of the named parts.
    """

    def __init__(self, template: str, **parts: object) -> None:
        super().__init__(template, parts)
        self.template = template
        self.parts = parts

    def __str__(self) -> str:
        return self.template.format(**self.parts)
