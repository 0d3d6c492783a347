"""Something that a reader of a result has to know, kept so that it can be said in their language."""

from typing import Any


class Note:
    """A sentence with named parts.

    Attributes:
        template: the message in English, with `{named}` parts; it is the key in the catalogues.
        parts: the values of the named parts; a tuple holds ids that have names of their own.
    """

    def __init__(self, template: str, **parts: Any) -> None:
        self.template = template
        self.parts = parts

    def __str__(self) -> str:
        ids = {name: ", ".join(ids) for name, ids in self.parts.items() if isinstance(ids, tuple)}
        return self.template.format(**{**self.parts, **ids})
