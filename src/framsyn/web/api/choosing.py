"""The search as a job: what `framsyn choose` does, with its progress, told in every language at once."""

import json
from collections.abc import Mapping
from typing import Any

from framsyn.choose.choosing import Choice, choose
from framsyn.choose.insight import Insight, insight_of
from framsyn.choose.search import Progress
from framsyn.foresee.setting import prepare
from framsyn.i18n.translator import LANGUAGES, words
from framsyn.places.municipality import municipality
from framsyn.report.choice_files import strategy_toml
from framsyn.report.choice_table import strategies_csv
from framsyn.report.command import choose_command
from framsyn.web.api.choice_question import AskedChoice, Question, question_of, told_in
from framsyn.web.api.choice_telling import choice_told
from framsyn.web.job_process import Tell

KIND, FUNCTION = "choice", f"{__name__}:searched"
#: File of one's own strategies that the command line names.
OWN_FILE = "strategies.toml"
#: What looking at the best again, and asking when they fail, take in as many worlds as are usual: as long as
#: so many strategies of the search.
AGAIN, WHEN = 3_000, 2_500
USUAL_FRESH = 1_000


def searched(arguments: Mapping[str, Any], tell: Tell) -> bytes:
    """Search, and tell what was found: `told` by language, `table`, and `strategies` by id and language."""
    told, m = told_in(arguments), municipality(arguments["code"])
    question = question_of(m, told)
    heard = _Heard(question, tell)
    heard.say("search", 0)
    choice = choose(prepare(m, told.years, told.seed), question.asked, question.own, heard.searched)
    insight = insight_of(choice, heard.looked)
    return json.dumps(result_of(choice, insight, told), ensure_ascii=False).encode()


def result_of(choice: Choice, insight: Insight, told: AskedChoice) -> dict[str, Any]:
    """What is kept of a choice."""
    named = {"--strategy": OWN_FILE if told.strategy else None}
    found = [one.id for one in choice.candidates if one.kind == "found"]
    code, years = choice.setting.municipality.code, choice.setting.years
    commands = {
        lang: choose_command(code, choice.asked, (told.keep, told.weight), named, (years, lang))
        for lang in LANGUAGES
    }
    return {
        "told": {
            lang: choice_told(choice, insight, commands[lang], words(lang)).model_dump() for lang in LANGUAGES
        },
        "table": strategies_csv(choice),
        "strategies": {
            one: {lang: strategy_toml(choice, one, words(lang)) for lang in LANGUAGES} for one in found
        },
    }


class _Heard:
    """Progress of the search and of what follows it, as one count."""

    def __init__(self, question: Question, tell: Tell) -> None:
        self.tell, self.budget = tell, question.asked.budget
        self.searches, self.last = 1, 0
        share = question.asked.fresh / USUAL_FRESH
        self.again, self.when = round(AGAIN * share), round(WHEN * share)

    def searched(self, told: Progress) -> None:
        """A batch has been lived; a search that begins anew found nothing that keeps what must hold."""
        if told.evaluated < self.last:
            self.searches += 1
        self.last = told.evaluated
        stage = "search" if self.searches == 1 else "nearest"
        self.say(
            stage if told.evaluated < self.budget else "again", told.evaluated, strategies=told.evaluated
        )

    def looked(self, done: int, of: int) -> None:
        """So many of the strategies that are told in full have been asked when they fail."""
        self.say("when", self.budget + self.again + round(self.when * done / (of + 1)))

    def say(self, stage: str, done: int, **told: int) -> None:
        """Where it is."""
        before = (self.searches - 1) * self.budget
        total = before + self.budget + self.again + self.when
        self.tell(before + done, total, {"stage": stage, "budget": self.budget, **told})
