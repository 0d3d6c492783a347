"""`framsyn evaluate`: where a municipality stands, indicator by indicator and among the visions."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from framsyn.report.words import Words, language, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framsyn.evaluate.position import Assessed
    from framsyn.places.bundle import Bundle

_ = words(language(None, os.environ)).gettext


def evaluate(
    municipality: Annotated[str, typer.Argument(help=_("Code or any name: 545, Närpes, narpes, Närpiö."))],
    peers: Annotated[
        list[str] | None,
        typer.Option(help=_("A municipality to compare with; give three or more. Default: the most alike.")),
    ] = None,
    projection: Annotated[
        str, typer.Option(help=_("What the four-field shows upwards: resources (H1) or engagement (H2)."))
    ] = "resources",
    draws: Annotated[int, typer.Option(help=_("Points of the cloud, 1–100000."))] = 2000,
    seed: Annotated[int, typer.Option(help=_("Seed of the cloud."))] = 1,
    as_json: Annotated[bool, typer.Option("--json", help=_("Write JSON instead of tables."))] = False,
    lang: Annotated[
        str | None, typer.Option("--lang", help=_("Language: sv, fi or en. Default: the system's, else sv."))
    ] = None,
    bundle: Annotated[
        Path | None,
        typer.Option("--bundle", help=_("A bundle made by 'framsyn calibrate' instead of the shipped.")),
    ] = None,
) -> None:
    """Tell where a municipality stands: indicators by area, and its place among the visions."""
    from framsyn.places.bundle import read_bundle

    said = words(language(lang, os.environ))
    start = read_bundle(bundle) if bundle else None
    tell(municipality, peers or (), projection, (draws, seed), said, as_json=as_json, bundle=start)


def tell(
    municipality: str,
    peers: "Sequence[str]",
    projection: str,
    drawn: tuple[int, int],
    said: Words,
    *,
    as_json: bool = False,
    bundle: "Bundle | None" = None,
    assessed: "Assessed | None" = None,
    lowest: "Sequence[tuple[str, float]]" = (),
) -> None:
    """Evaluate and print; `assessed` and `lowest` are what a self-assessment gives, where there is one.

    Raises:
        FramsynError: an unknown municipality, peer or projection, too few peers, or draws out of range.
    """
    from framsyn.evaluate.position import position
    from framsyn.evaluate.standing import evaluate as read_all
    from framsyn.evaluate.standing import evaluate_all
    from framsyn.evaluate.visions import projection as projected
    from framsyn.places.municipality import municipality as find
    from framsyn.report.evaluation import print_evaluation
    from framsyn.report.evaluation_json import evaluation_json

    axes = projected(projection)
    m = find(municipality, bundle)
    chosen = [find(one, bundle) for one in peers] or None
    standing = evaluate_all(m.bundle)
    read = read_all(m, chosen, standing)
    told = position(m, assessed, *drawn, standing=standing, evaluation=read)
    if as_json:
        typer.echo(evaluation_json(read, told, axes, said, lowest))
    else:
        print_evaluation(read, told, axes, said, Console(), lowest)
