"""The files of a plan: `plan.csv`, `strategy_draft.md` and `strategy_draft.json`; all three or none."""

from pathlib import Path

from framsyn.choose.plan import Plan
from framsyn.choose.statute import Draft
from framsyn.i18n.translator import Words
from framsyn.report.files import check_folder
from framsyn.report.plan import TABLE, plan_csv
from framsyn.report.strategy_draft import strategy_draft
from framsyn.report.strategy_json import strategy_json
from framsyn.writing import write_together

DRAFT, DATA = "strategy_draft.md", "strategy_draft.json"
NAMES = (TABLE, DRAFT, DATA)


def write_plan(plan: Plan, draft: Draft, name: str, folder: Path, words: Words) -> list[Path]:
    """Write the plan and the draft; return the paths written.

    Args:
        plan, draft: of the same strategy.
        name: of the strategy.
        folder: made where it does not exist; files of an earlier run are replaced.
        words: the language.

    Raises:
        FramsynError: the folder cannot be made or written.
    """
    check_folder(folder, NAMES)
    texts = (
        plan_csv(plan, words),
        strategy_draft(draft, plan, name, words),
        strategy_json(draft, plan, name, words),
    )
    return write_together(folder, dict(zip(NAMES, texts, strict=True)))
