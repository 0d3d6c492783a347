"""The base for the wellbeing report: today, groups, what is ahead, services, prevention, goals, follow-up."""

from framsyn.datafile import rows
from framsyn.i18n.translator import N_, Words
from framsyn.report.document.blocks import Block, Bullets, Heading, Paragraph
from framsyn.report.kinds.change_tables import change_table, expected_table
from framsyn.report.kinds.material import Material
from framsyn.report.kinds.strategy_item import as_today, difference_table
from framsyn.report.kinds.telling import Telling
from framsyn.report.kinds.wellbeing_effects import effects
from framsyn.report.kinds.wellbeing_groups import groups
from framsyn.report.kinds.wellbeing_present import present, present_readings, summary
from framsyn.report.strategy_words import against_sentences, course_sentences

ABOUT = N_(
    "Base for the wellbeing report: wellbeing today, differences between groups, what is ahead, the service"
    " system, prevention, and what is followed each year."
)
YEARLY = N_(
    "The broad report is made once in a council term and goes to the wellbeing services county. The plan is a"
    " part of the municipal strategy, is made more precise in each budget, and is reported on to the council"
    " each year (Act 612/2021 § 6)."
)
GOALS = N_("To be written by the municipality: the goals and measures of the wellbeing plan.")
ALAND = N_(
    "Åland has legislation of its own on wellbeing and health: what is said here of Act 612/2021 is what is"
    " asked on the mainland."
)
RESOURCES = N_("To be written by the municipality: policy, resources and cooperation.")
PAST = N_("To be written by the municipality: what the last plan gave.")


def title(material: Material, words: Words) -> str:
    """The title of the report."""
    return words.gettext("{name}: base for the wellbeing report").format(
        name=material.municipality.name(words.lang)
    )


def about(words: Words) -> str:
    """One sentence on what the report is."""
    return words.gettext(ABOUT)


def told_of(part: str) -> list[str]:
    """The indicators or areas of one part of the report."""
    found = rows("framsyn.report", "wellbeing_items.csv")
    return next(row["item"].split() for row in found if row["part"] == part)


def blocks(material: Material, words: Words) -> list[Block]:
    """The whole report but method and appendix."""
    t = Telling(material, words)
    today = present_readings(t, told_of("areas"), told_of("left_out"))
    return [
        *summary(t, today),
        *_exempt(t),
        Heading(1, words.gettext(N_("Wellbeing today")), opens=True),
        *present(t, today),
        Heading(1, words.gettext(N_("Differences between groups"))),
        *groups(t),
        Heading(1, words.gettext(N_("What is ahead"))),
        *_ahead(t),
        Heading(1, words.gettext(N_("The service system"))),
        *_services(t),
        Heading(1, words.gettext(N_("What prevention costs and gives"))),
        *effects(t),
        Heading(1, words.gettext(N_("Wellbeing policy, goals and measures"))),
        Heading(2, words.gettext(N_("Policy, resources and cooperation"))),
        *t.write(RESOURCES, "wellbeing_resources"),
        Heading(2, words.gettext(N_("What the last plan gave"))),
        *t.write(PAST, "wellbeing_past"),
        Heading(2, words.gettext(N_("Goals and measures of the coming term"))),
        *t.write(GOALS, "wellbeing_goals"),
        Heading(1, words.gettext(N_("What is followed each year"))),
        *_followed(t),
    ]


def _exempt(t: Telling) -> list[Block]:
    return [Paragraph((t.words.gettext(ALAND),), "note")] if t.material.plan.exempt else []


def _ahead(t: Telling) -> list[Block]:
    section = t.draft.section("wellbeing")
    course = as_today(t, course_sentences(section, t.draft, t.words))
    made: list[Block] = [
        Heading(2, t.words.gettext(N_("Changes in what wellbeing hangs on"))),
        change_table(
            t,
            told_of("determinants"),
            t.say(N_("Determinants of wellbeing until {year}, when going on as today"), year=t.horizon),
        ),
        Heading(2, t.words.gettext(N_("Wellbeing in the futures"))),
        Paragraph(t.extremes("exclusion")),
        t.futures_table(told_of("wellbeing"), t.say(N_("Wellbeing {year}"), year=t.horizon)),
        Bullets(tuple((one,) for one in course)),
        t.fan("exclusion"),
        t.fan("trust"),
    ]
    if t.compares:
        told = against_sentences(section, t.draft, t.words)
        made += [difference_table(t, section), Bullets(tuple((one,) for one in told))]
    return made


def _services(t: Telling) -> list[Block]:
    message = N_(
        "The municipality's services hold wellbeing up: education, library and culture, sport and youth, and"
        " a living environment in order. Health and social care is the wellbeing services county's; on Åland"
        " health care is the province's and social care the municipalities'."
    )
    return [
        Paragraph((t.words.gettext(message),), "lead"),
        t.futures_table(
            [*told_of("coverage"), *told_of("services")],
            t.say(N_("Places and resources per user of the services {year}"), year=t.horizon),
        ),
        t.futures_table(
            told_of("costs"), t.say(N_("Net cost of services that prevent, {year}"), year=t.horizon)
        ),
    ]


def _followed(t: Telling) -> list[Block]:
    caption = t.say(N_("Where the indicators should lie ({strategy})"), strategy=t.conduct)
    return [
        Paragraph((t.words.gettext(YEARLY),)),
        expected_table(t, told_of("followed"), caption),
        *t.write(
            N_("To be written by the municipality: who follows, and when the council hears of it."),
            "wellbeing_yearly",
        ),
    ]
