"""Pathways in words: until when strategies work, which switches still work, and what tells when to switch."""

from collections.abc import Mapping

from framsyn.choose.pathways import Pathway, PathwayMap
from framsyn.choose.tipping import Tipping
from framsyn.evaluate.observables import observables
from framsyn.i18n.translator import N_, Words

#: Pathways told: the best; beyond these they are in the file.
MOST_PATHWAYS = 12


def told_nodes(found: PathwayMap, names: Mapping[str, str], words: Words) -> list[tuple[str, str, str, str]]:
    """Of each strategy: its name, the share of lives that hold, its tipping years, and its risk year."""
    last = found.years[1]
    return [
        (
            names[one.strategy],
            words.share(100.0 * one.held),
            tipping_years(one.tipping, last, words),
            _year(one.tipping.risk, last, words),
        )
        for one in sorted(found.nodes, key=lambda node: -node.held)
    ]


def told_pathways(
    found: PathwayMap, names: Mapping[str, str], words: Words
) -> list[tuple[str, str, str, str]]:
    """Of each pathway: its steps, the shares of lives that hold throughout and after, when to decide."""
    alone = {node.strategy: node.held for node in found.nodes}
    # A switch from what works as well by itself is no advice.
    helping = [one for one in found.pathways if len(one.steps) == 1 or one.held > alone[one.steps[0][0]]]
    return [
        (
            steps(one, names, words),
            words.share(100.0 * one.held),
            words.share(100.0 * one.held_after),
            str(one.decide_by) if one.decide_by else words.gettext("now"),
        )
        for one in helping[:MOST_PATHWAYS]
    ]


def told_signposts(
    found: PathwayMap, names: Mapping[str, str], words: Words
) -> list[tuple[str, str, str, str, str, str]]:
    """Of each signpost: strategy, year, figure, its alarm, its hit rate and its false alarms."""
    told = []
    for strategy, posts in found.signposts.items():
        for post in posts:
            figure = observables()[post["figure"]]
            alarm = words.gettext(N_("above {value}") if post["warns"] == "above" else N_("below {value}"))
            told.append(
                (
                    names[strategy],
                    str(post["year"]),
                    words.gettext(figure.label),
                    alarm.format(value=words.number(post["trigger"], figure.decimals)),
                    words.share(100.0 * post["hit_rate"]),
                    words.share(100.0 * post["false_alarms"]),
                )
            )
    return told


def steps(pathway: Pathway, names: Mapping[str, str], words: Words) -> str:
    """The strategies of a pathway and the years from which they hold."""
    (first, _), *later = pathway.steps
    text = names[first]
    for strategy, year in later:
        text = words.gettext("{before}, from {year} {after}").format(
            before=text, year=year, after=names[strategy]
        )
    return text


def tipping_years(tipping: Tipping, last: int, words: Words) -> str:
    """The years by which 10, 50 and 90 % of the lives have tipped."""
    told = [_year(one, last, words) for one in tipping.quantiles]
    return told[0] if len(set(told)) == 1 else " / ".join(told)


def _year(year: int | None, last: int, words: Words) -> str:
    return str(year) if year else words.gettext("after {year}").format(year=last)
