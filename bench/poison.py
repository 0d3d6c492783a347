"""Questions that share text with others, each compared with a server that is asked nothing else.

For every address of the interface and of the pages, and every parameter that it has, questions are asked that
hide the parameter in the text of another (`made=M%0Aseed=7`), and some that set it. Printed are how many were
asked, how many were wrong, and how often a fresh server said 304 of what it had not computed.

Run: python bench/poison.py
"""

from collections.abc import Iterator
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.testclient import TestClient

from framsyn.foresee.futures import DEFAULT_POSTURES, foresee
from framsyn.places.municipality import municipality
from framsyn.web.app import create_app

#: Status of an answer that a busy machine did not make in time.
LATE = 503
LOCAL = "http://localhost"
HERE, PAGE = "/api/v1/municipalities/545", f"/sv/municipality/{quote('Närpes')}"
LIVES = {"years": "3", "seed": "7", "draws": "5"}
#: Addresses with what makes them small, and the parameters that each has.
ADDRESSES: dict[str, tuple[str, dict[str, str]]] = {
    "/api/v1/facts": ("", {"lang": "fi"}),
    "/api/v1/indicators": ("", {"lang": "fi"}),
    "/api/v1/postures": ("", {"lang": "fi"}),
    "/api/v1/levers": ("", {"lang": "fi"}),
    "/api/v1/map": ("", {"lang": "fi", "indicator": "residents"}),
    "/api/v1/municipalities": ("", {"q": "Vasa"}),
    HERE: ("", {"lang": "fi"}),
    f"{HERE}/levers": ("", {"lang": "fi"}),
    f"{HERE}/futures": ("draws=4&years=4", LIVES | {"strategy": "lazy", "indicator": "jobs"}),
    f"{HERE}/evaluation": ("draws=50", {"lang": "fi", "seed": "7", "projection": "H1"}),
    f"{HERE}/warnings": ("draws=4&years=9", LIVES | {"turn_to": "focused", "posture": "lazy"}),
    f"{HERE}/explanation": ("draws=2&year=2027", {"seed": "7", "posture": "lazy", "indicator": "jobs"}),
    f"{HERE}/export": ("draws=4&years=4", LIVES | {"format": "json", "strategy": "lazy"}),
    f"{HERE}/report": ("draws=4&years=4&kind=plan&format=xlsx&date=2026-01-01", {"lang": "fi"}),
    "/api/v1/strategies.toml": ("strategy=lazy", {"id": "mine"}),
    "/api/v1/country/forecast/map": ("", {"lang": "fi", "show": "level"}),
    "/api/v1/country/forecast/totals": ("", {"lang": "fi"}),
    "/sv/": ("", {"q": "a", "colour": "residents"}),
    PAGE: ("draws=4&years=4", LIVES | {"indicator": "jobs", "age_posture": "lazy", "projection": "H2"}),
    f"{PAGE}/warnings": ("draws=4&years=9", LIVES),
    f"{PAGE}/levers": ("draws=4&years=4", LIVES | {"strategy": "lazy", "against": "focused"}),
    f"{PAGE}/why": ("draws=4&years=4", LIVES | {"indicator": "jobs", "posture": "lazy", "year": "2027"}),
    f"{PAGE}/why/told": ("draws=2&years=2", LIVES | {"posture": "lazy", "year": "2027"}),
    f"{PAGE}/report": ("", {"kind": "plan", "format": "html", "strategy": "lazy"}),
    "/sv/compare": ("draws=4&years=4&of=545~lazy", LIVES | {"relative": "1", "indicator": "jobs"}),
    "/sv/country": ("", {"year": "2030", "posture": "lazy", "show": "level"}),
    "/sv/about": ("", {}),
    "/sv/api": ("", {}),
}
#: How a parameter is hidden in the text of another.
HIDDEN = ("made=M%0A{name}={value}", "made=M%26{name}%3D{value}", "made=%00{name}%3D{value}")


def main() -> None:
    """Print how many answers were wrong."""
    foresee(municipality("545"), DEFAULT_POSTURES, years=1, draws=1)  # compiles the model
    asked = wrong = unmade = late = 0
    with TestClient(create_app(), LOCAL) as poisoned:
        for question in questions():
            told = poisoned.get(question)
            fresh, unchanged = alone(question, told.headers.get("ETag", '"x"'))
            asked, unmade = asked + 1, unmade + unchanged
            if LATE in (told.status_code, fresh[0]):
                late += 1
            elif (told.status_code, told.content) != fresh:
                wrong += 1
                print(f"wrong: {question}")
    print(f"{asked} questions, {wrong} wrong; 304 of what was not computed: {unmade}; late (503): {late}")


def questions() -> Iterator[str]:
    """Every question, each hidden one before that which it hides."""
    for address, (small, parameters) in ADDRESSES.items():
        yield f"{address}?{small}"
        for name, value in parameters.items():
            kept = "&".join(one for one in small.split("&") if one and not one.startswith(f"{name}="))
            yield from (f"{address}?{kept}&{hidden.format(name=name, value=value)}" for hidden in HIDDEN)
            yield f"{address}?{kept}&made=M&{name}={value}"
            yield f"{address}?{kept}&{name}={value}"


def alone(question: str, tag: str) -> tuple[tuple[int, bytes], bool]:
    """The answer of a server that is asked nothing else, and whether it said 304 without computing."""
    app = create_app()
    computed = _counted(app)
    with TestClient(app, LOCAL) as fresh:
        told = fresh.get(question, headers={"If-None-Match": tag})
        unchanged = told.status_code == 304 and not computed
        if told.status_code == 304:
            told = fresh.get(question)
    return (told.status_code, told.content), unchanged


def _counted(app: FastAPI) -> list[object]:
    """The keys of the answers that an application computes."""
    computed: list[object] = []
    cache = app.state.shared.answers._cache
    put = cache.put

    def counted(key: object, value: object) -> None:
        computed.append(key)
        put(key, value)

    cache.put = counted
    return computed


if __name__ == "__main__":
    main()
