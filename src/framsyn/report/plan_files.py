"""The files of a plan: `plan.csv`, `strategy_draft.md` and `strategy_draft.json`; all three or none."""

import shutil
import tempfile
from pathlib import Path

from framsyn.choose.plan import Plan
from framsyn.choose.statute import Draft
from framsyn.errors import FramsynError
from framsyn.report.files import check_folder
from framsyn.report.plan import TABLE, plan_csv
from framsyn.report.strategy_draft import strategy_draft
from framsyn.report.strategy_json import strategy_json
from framsyn.report.words import Words

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
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".framsyn-", dir=folder))
        try:
            for file, text in zip(NAMES, texts, strict=True):
                (beside / file).write_text(text, encoding="utf-8")
            for file in NAMES:
                (beside / file).replace(folder / file)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise FramsynError(
            "{folder} cannot be written ({why}): free some space or choose another folder with --out.",
            folder=folder,
            why=error.strerror or error,
        ) from error
    return [folder / file for file in NAMES]
