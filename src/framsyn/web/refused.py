"""The refusals that several modules raise."""

from framsyn.errors import FramsynError


class NotFoundError(FramsynError):
    """What is asked for by its name is not there."""


def no_such_file() -> NotFoundError:
    """There is no file of that name."""
    return NotFoundError("There is nothing at this address. Begin at the start page.")


class ForbiddenError(FramsynError):
    """What is asked is not for the one who asks to do."""


class TooManyError(FramsynError):
    """One asks for more at the same time than one may."""


class FailedError(FramsynError):
    """Work in another process was refused there: the same template and parts, told here."""
