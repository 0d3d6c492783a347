"""Words in the reader's language: Swedish, Finnish or English.

English text is the message id in code, templates and data files; the catalogues under `locale/` are read
when first used, so there is no build step. Numbers follow the language's own conventions (Babel).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from babel import Locale

from framsyn.errors import FramsynError, Term
from framsyn.i18n.digits import grouped
from framsyn.i18n.po_file import Translation, translations

LANGUAGES = ("sv", "fi", "en")
SOURCE_LANGUAGE = "en"
#: For a reader whose language is not known.
DEFAULT_LANGUAGE = "en"
NOT_KNOWN = "–"
#: Whole numbers in messages are grouped from here on: years and most codes have fewer digits.
FIVE_DIGITS = 10_000
#: What a language may be called instead of its code.
LANGUAGE_NAMES = {
    **dict.fromkeys(("svenska", "ruotsi", "swedish", "swe"), "sv"),
    **dict.fromkeys(("finska", "suomi", "finnish", "fin"), "fi"),
    **dict.fromkeys(("engelska", "englanti", "english", "eng"), "en"),
}
ENVIRONMENT = ("LC_ALL", "LC_MESSAGES", "LANG")
#: Languages in order of preference, separated by colons.
PREFERENCES = "LANGUAGE"
#: Locales that have no language.
NO_LANGUAGE = ("c", "posix")


def N_(message: str) -> str:  # noqa: N802  (gettext's name for "translate later")
    """The same text, marked for the catalogues."""
    return message


def language(explicit: str | None, environ: Mapping[str, str]) -> str:
    """The language to write in: as asked for, else the environment's, else English.

    Args:
        explicit: what the user asked for, such as `sv`, `fi_FI` or `suomi`; None or blank = not asked.
        environ: the environment. The first non-blank of LC_ALL, LC_MESSAGES and LANG counts; before it the
            list in LANGUAGE, such as `sv:fi`, except where it is `C` or `POSIX`, as gettext has it.

    Raises:
        FramsynError: the language asked for is not one of `LANGUAGES`.
    """
    if explicit:
        asked = _primary(explicit)
        if asked not in LANGUAGES:
            raise FramsynError("There is no language {lang}: choose sv, fi or en.", lang=explicit)
        return asked
    locale = next((environ[name] for name in ENVIRONMENT if environ.get(name)), "")
    if _primary(locale) in NO_LANGUAGE:
        return DEFAULT_LANGUAGE
    preferred = (*environ.get(PREFERENCES, "").split(":"), locale)
    return next((_primary(tag) for tag in preferred if _primary(tag) in LANGUAGES), DEFAULT_LANGUAGE)


def _primary(tag: str) -> str:
    primary = tag.replace("-", "_").split(".")[0].split("_")[0].strip().lower()
    return LANGUAGE_NAMES.get(primary, primary)


@cache
def words(lang: str) -> "Words":
    """The words of one language of `LANGUAGES`; read once.

    Raises:
        FramsynError: there is no such language.
    """
    code = language(lang or "-", {})
    return Words(code, Locale(code), None if code == SOURCE_LANGUAGE else catalogue(code))


def catalogue(lang: str) -> dict[str, Translation]:
    """The translations into one language, as they stand in the package."""
    path = files("framsyn.i18n") / "locale" / lang / "LC_MESSAGES" / "framsyn.po"
    return translations(path.read_text(encoding="utf-8"))


class Quoting(Formatter):
    """Fills templates; a part to be quoted (`{id!r}`) is, with the marks of Swedish and Finnish."""

    def convert_field(self, value: Any, conversion: Any) -> Any:
        """As `Formatter`; what cannot be seen is still written as an escape."""
        if conversion == "r" and isinstance(value, str):
            return f"”{repr(value)[1:-1]}”"
        return super().convert_field(value, conversion)


QUOTING = Quoting()


@dataclass(frozen=True, eq=False)
class Words:
    """Texts, numbers and names in one language.

    Attributes:
        lang: `sv`, `fi` or `en`.
        locale: the language's number conventions.
        messages: the translations; None = the English of the code.
    """

    lang: str
    locale: Locale
    messages: Mapping[str, Translation] | None

    def gettext(self, message: str) -> str:
        """The message in this language, or in English where it is not translated."""
        found = self.messages.get(message) if self.messages else None
        return found if isinstance(found, str) else message

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The singular for n = 1, else the plural: the rule of all three languages."""
        found = self.messages.get(singular) if self.messages else None
        forms = found if isinstance(found, tuple) else (singular, plural)
        return forms[0 if n == 1 else 1]

    def number(self, value: float, decimals: int = 0) -> str:
        """The number with thousands grouped, `–` where it is not known (NaN)."""
        if not math.isfinite(value):
            return NOT_KNOWN
        rounded = round(float(value), decimals) or 0.0  # no "minus zero"
        return grouped(rounded, decimals, self.locale)

    def signed(self, value: float, decimals: int = 0) -> str:
        """As `number`, with a plus sign before what is above zero once rounded."""
        above = math.isfinite(value) and round(value, decimals) > 0
        return ("+" if above else "") + self.number(value, decimals)

    def percent(self, value: float, decimals: int = 1) -> str:
        """A value that is already in percent, with the sign as the language sets it."""
        if not math.isfinite(value):
            return NOT_KNOWN
        suffix: str = self.locale.percent_formats[None].suffix[0]
        return self.number(value, decimals) + suffix

    def signed_percent(self, value: float, decimals: int = 0) -> str:
        """As `percent`, with a plus sign before what is above zero once rounded."""
        above = math.isfinite(value) and round(value, decimals) > 0
        return ("+" if above else "") + self.percent(value, decimals)

    def share(self, value: float) -> str:
        """Whole percent of a number of cases; some are never rounded to none, nor to all."""
        if 0.0 < value < 1.0:
            return "<" + self.percent(1.0, 0)
        if 99.0 < value < 100.0:
            return ">" + self.percent(99.0, 0)
        return self.percent(value, 0)

    def interval(self, low: float, high: float, decimals: int = 0) -> str:
        """Two ends in words where one is below zero, else with a dash: `−5 to 10`, `5–10`."""
        if not (math.isfinite(low) and math.isfinite(high)):
            return NOT_KNOWN
        between = self.gettext("{low} to {high}") if round(low, decimals) < 0 else "{low}–{high}"
        return between.format(low=self.number(low, decimals), high=self.number(high, decimals))

    def name(self, attrs: Mapping[str, Any], what: str = "name") -> str:
        """A municipality's (or with `what="region"` its region's) name in this language.

        Falls back to the other languages in the order of `LANGUAGES`, then to the code.
        """
        keys = [f"{what}_{lang}" for lang in (self.lang, *LANGUAGES)]
        fallback = attrs.get("code", "") if what == "name" else ""
        return next((str(attrs[key]) for key in keys if attrs.get(key)), str(fallback))

    def error(self, error: FramsynError) -> str:
        """An error's message in this language."""
        parts = {name: self._part(part) for name, part in error.parts.items()}
        form = Formatter() if self.lang == SOURCE_LANGUAGE else QUOTING
        return form.vformat(self.gettext(error.template), (), parts)

    def _part(self, part: object) -> object:
        if isinstance(part, FramsynError):
            return self.error(part)
        if isinstance(part, Term):
            return self.gettext(part)
        if isinstance(part, int) and abs(part) >= FIVE_DIGITS:
            return self.number(part)
        return part
