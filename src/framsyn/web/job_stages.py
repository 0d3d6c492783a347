"""What a job is doing, in the reader's words."""

from framsyn.i18n.translator import N_, Words
from framsyn.web.job import Job

WAITING = N_("Waiting for its turn: {ahead} before it.")
STARTING = N_("Starting.")
#: Texts by stage; their parts are the stage's numbers.
STAGES = {
    "draw": N_("Preparing the simulated futures."),
    "search": N_(
        "Searching, generation {generation} of {generations}: {strategies} of {budget} strategies computed."
    ),
    "nearest": N_(
        "No strategy meets every condition. Searching for those that come nearest, generation {generation} of"
        " {generations}: {strategies} of {budget} strategies computed."
    ),
    "test": N_("Testing the best strategies in {futures} new simulated futures."),
    "explain": N_("Finding out when the strategies fail: {looked} of {all} examined."),
    "country": N_("{futures} of {all} simulated futures computed."),
}


def stage_text(job: Job, translator: Words) -> str:
    """What a job is doing; blank where it is over."""
    if job.over:
        return ""
    if job.state == "waiting":
        return translator.gettext(WAITING).format(ahead=translator.number(job.ahead, 0))
    template = STAGES.get(job.stage)
    if template is None:
        return translator.gettext(STARTING)
    numbers = {name: translator.number(value, 0) for name, value in job.details.items()}
    return translator.gettext(template).format(**numbers)


def left_text(job: Job, translator: Words) -> str:
    """About how long a job has to go; blank where that is not known."""
    seconds = job.seconds_left
    if seconds is None:
        return ""
    if seconds > 90:
        minutes = translator.number(round(seconds / 60), 0)
        return translator.gettext("About {count} min left.").format(count=minutes)
    rounded = translator.number(max(5, 5 * -(-seconds // 5)), 0)
    return translator.gettext("About {count} s left.").format(count=rounded)
