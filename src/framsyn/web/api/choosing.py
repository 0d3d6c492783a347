"""The search as a job: what `framsyn choose` does, with its progress, in every language at once."""

import json
from collections.abc import Mapping
from typing import Any

from framsyn.choose.choosing import Choice, choose
from framsyn.choose.insight import Insight, insight_of
from framsyn.choose.search import POPULATION, Progress
from framsyn.foresee.setting import prepare
from framsyn.i18n.translator import LANGUAGES, words
from framsyn.places.municipality import municipality
from framsyn.report.choice_files import strategy_toml
from framsyn.report.choice_table import strategies_csv
from framsyn.report.command import choose_command
from framsyn.web.api.choice_question import ChoiceQuestion, ChoiceRequest, question_of, request_of
from framsyn.web.api.choice_telling import choice_told
from framsyn.web.job_process import Report

KIND, FUNCTION = "choice", f"{__name__}:search_strategies"
#: File of one's own strategies that the command line names.
OWN_FILE = "strategies.toml"
#: What testing the best, and finding out when they fail, take in as many simulated futures as are usual: as
#: long as so many strategies of the search.
TEST, EXPLAIN = 3_000, 2_500
USUAL_FRESH = 1_000


def search_strategies(arguments: Mapping[str, Any], report: Report) -> bytes:
    """Search, and give what was found: `choice` by language, `table`, and `strategies` by id and language."""
    request, m = request_of(arguments), municipality(arguments["code"])
    question = question_of(m, request)
    progress = _SearchProgress(question, report)
    progress.report("draw", 0)
    choice = choose(prepare(m, request.years, request.seed), question.asked, question.own, progress.searched)
    insight = insight_of(choice, progress.explained)
    return json.dumps(result_of(choice, insight, request), ensure_ascii=False).encode()


def result_of(choice: Choice, insight: Insight, request: ChoiceRequest) -> dict[str, Any]:
    """What is shown of a choice."""
    named = {"--strategy": OWN_FILE if request.strategy else None}
    found = [candidate.id for candidate in choice.candidates if candidate.kind == "found"]
    code, years = choice.setting.municipality.code, choice.setting.years
    commands = {
        lang: choose_command(code, choice.asked, (request.keep, request.weight), named, (years, lang))
        for lang in LANGUAGES
    }
    return {
        "choice": {
            lang: choice_told(choice, insight, commands[lang], words(lang)).model_dump() for lang in LANGUAGES
        },
        "table": strategies_csv(choice),
        "strategies": {
            strategy: {lang: strategy_toml(choice, strategy, words(lang)) for lang in LANGUAGES}
            for strategy in found
        },
    }


class _SearchProgress:
    """Progress of the search and of what follows it, as one count."""

    def __init__(self, question: ChoiceQuestion, report: Report) -> None:
        self._report, self._asked = report, question.asked
        self._searches, self._evaluated = 1, 0
        share = question.asked.fresh / USUAL_FRESH
        self._test, self._explain = round(TEST * share), round(EXPLAIN * share)

    def searched(self, progress: Progress) -> None:
        """A generation is evaluated; where none meets every condition the search begins anew."""
        if progress.evaluated < self._evaluated:
            self._searches += 1
        self._evaluated = progress.evaluated
        budget = self._asked.budget
        if progress.evaluated >= budget:
            self.report("test", progress.evaluated, futures=self._asked.fresh)
            return
        self.report(
            "search" if self._searches == 1 else "nearest",
            progress.evaluated,
            strategies=progress.evaluated,
            budget=budget,
            generation=-(-progress.evaluated // POPULATION),
            generations=-(-budget // POPULATION),
        )

    def explained(self, looked: int, every: int) -> None:
        """So many of the strategies that are shown in full have been asked when they fail."""
        before = self._asked.budget + self._test
        done = before + round(self._explain * looked / (every + 1))
        self.report("explain", done, looked=looked, all=every)

    def report(self, stage: str, done: int, **details: int) -> None:
        """Where it is."""
        before = (self._searches - 1) * self._asked.budget
        total = before + self._asked.budget + self._test + self._explain
        self._report(before + done, total, stage, **details)
