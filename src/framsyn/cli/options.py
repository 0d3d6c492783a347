"""What the commands share: the options, what they name opened, progress, and what has been written."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framsyn.cli.output import console
from framsyn.i18n.translator import N_, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framsyn.foresee.postures import Posture
    from framsyn.law.parameters import Law
    from framsyn.places.bundle import Bundle

#: Marks help, which is put into the reader's language when it is shown.
_ = N_
#: What a strategy may be told by.
STRATEGY = _(
    "A TOML file of postures, the id of a shipped one, such as engaging, or a strategy in one line, such as"
    " focused*digital.40."
)

Language = Annotated[
    str | None, typer.Option("--lang", help=_("Language: sv, fi or en. Default: the system's, else en."))
]
BundleFile = Annotated[
    Path | None,
    typer.Option("--bundle", help=_("A bundle made by 'framsyn calibrate' instead of the shipped.")),
]
LawFolder = Annotated[
    Path | None,
    typer.Option("--law", help=_("Folder of an edited copy of the law, made by 'framsyn law --copy'.")),
]


CoreTask = Annotated[
    str | None,
    typer.Option(help=_("Core task of the postures that have one: {ids}.")),
]
PostureFile = Annotated[Path | None, typer.Option(help=_("A TOML file of postures of your own."))]


def tell_written(written: "Sequence[Path]", said: Words) -> None:
    """Say which files have been written."""
    if written:
        files = ", ".join(str(path) for path in written)
        console().print(said.gettext("Written: {files}").format(files=files), soft_wrap=True)


def bundle_at(path: Path | None) -> "Bundle | None":
    """The bundle of a file; None = the shipped one."""
    from framsyn.places.bundle import read_bundle

    return read_bundle(path) if path else None


def postures_at(path: Path | None) -> "dict[str, Posture]":
    """The postures of a file; none without one."""
    from framsyn.foresee.postures import read_postures

    return read_postures(path) if path else {}


def strategy_at(asked: str, posture: str | None) -> "tuple[dict[str, Posture], str]":
    """A strategy as it is asked for: postures of the user's own, and the id of the one meant.

    Args:
        asked: a file, the id of a shipped posture, or a strategy in one line.
        posture: which one of the file.

    Raises:
        FramsynError: there is no such file or posture, or it cannot be used.
    """
    from framsyn.choose.chosen import the_strategy
    from framsyn.choose.own_lines import named
    from framsyn.choose.strategy_text import BETWEEN
    from framsyn.errors import FramsynError
    from framsyn.foresee.postures import is_shipped, posture_id, shipped

    path = Path(asked)
    if posture is None and (asked in shipped() or (is_shipped(asked) and not path.exists())):
        return {}, posture_id(asked, shipped())
    if BETWEEN in asked and not path.exists():
        known = named([asked])
        return known, the_strategy(known, posture, asked)
    if not path.is_file() and path.suffix != ".toml":
        raise FramsynError(
            "{asked} is neither a file nor a shipped posture: name a TOML file of postures, or one of"
            " {known}.",
            asked=asked,
            known=", ".join(shipped()),
        )
    known = postures_at(path)
    return known, the_strategy(known, posture, path)


def law_at(folder: Path | None) -> "Law | None":
    """The law of a folder; None = the standing one."""
    from framsyn.law.parameters import Law

    return Law.open(folder) if folder else None
