"""Vega, as a process that only draws loads it: this module and what it imports are all that starts there."""

import signal
from typing import Any

import vl_convert as vlc

from framsyn.core.child_process import die_with_parent

Vega = dict[str, Any]

#: A text, so that Vega starts and fonts are found.
SMALLEST: Vega = {
    "$schema": "https://vega.github.io/schema/vega/v6.json",
    "marks": [{"type": "text", "encode": {"enter": {"text": {"value": "Å"}}}}],
}


def begin() -> None:
    """End with the process that is drawn for, and leave Ctrl-C to it; for a process that only draws."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def svg_of(vega: Vega, locale: Any) -> str:
    """A Vega specification drawn as an SVG, its numbers written as in a locale."""
    return vlc.vega_to_svg(vega, format_locale=locale)
