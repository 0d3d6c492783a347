from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from hypothesis import given
from hypothesis import strategies as st

from framsyn.i18n import catalogue
from framsyn.i18n.po_file import translations

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp"))
TEXTS = st.text(LETTERS | st.sampled_from('\n\t\\"['))


def by_library(content: bytes) -> dict[str, object]:
    """What Babel reads, of the messages that are translated in every form."""
    found: dict[str, object] = {}
    for message in read_po(BytesIO(content)):
        key, forms = str(message.id), message.string
        if isinstance(message.id, tuple):
            key = str(message.id[0])
        if key and forms and all(forms):
            found[key] = forms
    return found


@pytest.mark.parametrize("lang", catalogue.TRANSLATED)
def test_the_shipped_catalogues_are_read_as_the_library_reads_them(lang: str) -> None:
    content = catalogue.path(lang).read_bytes()
    found = translations(content.decode())
    assert len(found) > 2000
    assert found == by_library(content)


@given(st.dictionaries(TEXTS.filter(bool), TEXTS), st.sampled_from((40, 100, 0)))
def test_every_text_comes_back_as_the_library_wrote_it(messages: dict[str, str], width: int) -> None:
    written, out = Catalog(locale="sv"), BytesIO()
    for message, text in messages.items():
        written.add(message, text)
    write_po(out, written, width=width)
    assert translations(out.getvalue().decode()) == by_library(out.getvalue())


def test_a_message_with_a_plural_has_both_its_forms() -> None:
    text = 'msgid "{n} child"\nmsgid_plural "{n} children"\nmsgstr[0] "{n} barn"\nmsgstr[1] "{n} ungar"\n'
    assert translations(text) == {"{n} child": ("{n} barn", "{n} ungar")}


def test_what_is_not_translated_or_no_longer_used_is_left_out() -> None:
    half = 'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1] ""\n'
    old = '#~ msgid "c"\n#~ msgstr "d"\n'
    assert translations("\n".join((half, 'msgid "e"\nmsgstr ""\n', old))) == {}
