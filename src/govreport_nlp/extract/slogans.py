"""Slogans: every quoted expression with its kind and meaning, and known slogans that stand without quotes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from govreport_nlp.extract import quotes, slogan_definition
from govreport_nlp.extract.place import Places
from govreport_nlp.extract.quotes import Quote
from govreport_nlp.extract.slogan_context import surroundings
from govreport_nlp.extract.slogan_definition import Definition
from govreport_nlp.extract.slogan_kind import SLOGANS, Reading, reader
from govreport_nlp.extract.slogan_lexicon import Entry, key, lexicon
from govreport_nlp.extract.slogan_parts import itemize
from govreport_nlp.extract.slogan_words import classes
from govreport_nlp.model import Slogan
from govreport_nlp.structure.outline import Document

_KNOWN = 0.97
_KNOWN_BARE = 0.9
_IN_SERIES = 0.75
_SERIES = 4  # characters: 一个 and a word


class _Found(NamedTuple):
    """A row in the making; offsets are the view's."""

    start: int
    end: int
    term: str
    key: str
    quote: Quote | None
    reading: Reading
    senses: list[Entry]


def extract(doc: Document) -> tuple[Slogan, ...]:
    """One row per quoted expression, a nested one too, and per known slogan without quotes, in order.

    >>> import govreport_nlp
    >>> [(s.text, s.kind, s.parts) for s in govreport_nlp.parse("深化“放管服”改革。").slogans]
    [('放管服', 'abbreviation', ('简政放权', '放管结合', '优化服务'))]
    """
    quoted = quotes.find(doc.view.text)
    found = [*_read(doc, quoted), *_read_bare(doc, quoted)]
    found.sort(key=lambda one: (one.start, -one.end))
    found = _in_series(doc, found)
    places = Places.of(doc)
    told = _told(doc, found)
    return tuple(_row(doc, one, places, told) for one in found)


def _read(doc: Document, quoted: list[Quote]) -> Iterable[_Found]:
    text, known, kinds = doc.view.text, lexicon(doc.rules), reader(doc.rules)
    for quote, (before, after) in zip(quoted, surroundings(text, quoted, doc.rules), strict=True):
        term = text[quote.start : quote.end]
        plain = key(term)
        senses = known.senses(plain, text[quote.close : quote.close + 4])
        reading = _known(senses, _KNOWN) if senses else kinds.read(term, after, before)
        yield _Found(quote.start, quote.end, term, plain, quote, reading, senses)


def _read_bare(doc: Document, quoted: list[Quote]) -> Iterable[_Found]:
    """Known slogans outside all quotes."""
    known = lexicon(doc.rules)
    i, end = 0, 0
    for bare in known.bare(doc.view.text):
        while i < len(quoted) and quoted[i].open < bare.end:
            end = max(end, quoted[i].close)
            i += 1
        if bare.start >= end:
            plain = key(bare.term)
            senses = known.senses(plain)
            yield _Found(*bare, plain, None, _known(senses, _KNOWN_BARE), senses)


def _in_series(doc: Document, found: list[_Found]) -> list[_Found]:
    """The rows, with one that begins with 一个 counted where its neighbour in the sentence goes on counting.

    “一个必须”、“两个站位” is such a series.
    """
    counting = frozenset(classes(doc.rules)["counting"])
    out = []
    for i, one in enumerate(found):
        if one.term[:1] == "一" and len(one.term) == _SERIES and one.reading.kind == "phrase" and not one.senses:
            for other in found[max(i - 1, 0) : i + 2]:
                alike = other.term[:1] in counting and other.term[1:2] == one.term[1] and len(other.term) == _SERIES
                first, last = min(one.end, other.end), max(one.start, other.start)
                if alike and "。" not in doc.view.text[first:last]:
                    one = one._replace(reading=Reading("numeric", "numeric.series", _IN_SERIES))
        out.append(one)
    return out


def _known(senses: list[Entry], confidence: float) -> Reading:
    return Reading(senses[0].kind, senses[0].id, confidence)


def _told(doc: Document, found: list[_Found]) -> dict[str, Definition]:
    """What the report itself says of its terms, by their key: its glossary before its text."""
    told: dict[str, Definition] = {}
    terms = {one.key: one for one in found}
    for term, meaning in slogan_definition.glossary(doc).items():
        one = terms.get(term)
        if one is not None:
            told[term] = Definition(meaning, itemize(meaning, one.term, one.reading.kind, doc.rules), "glossary")
    for one in found:
        if one.quote is None or one.reading.kind == "quotation" or one.key in told:
            continue
        if definition := slogan_definition.beside(doc.view.text, one.quote, one.reading.kind, doc.rules):
            told[one.key] = definition
    return told


def _row(doc: Document, one: _Found, places: Places, told: dict[str, Definition]) -> Slogan:
    place = places.place(one.start, one.end)
    definition = told.get(one.key)
    sense = None
    if one.senses:
        sentence, meta = place["sentence"], doc.meta
        sense = next((s for s in one.senses if s.means(sentence, meta.province, meta.year)), None)
    if definition is None and sense is not None:
        definition = Definition(sense.definition, sense.parts, "lexicon")
    return Slogan(
        **place,
        kind=one.reading.kind,
        is_slogan=one.reading.kind in SLOGANS,
        quoted=one.quote is not None,
        definition=definition.text if definition else None,
        definition_source=definition.source if definition else None,
        parts=_parts(definition, sense) if definition or sense else (),
        rule=one.reading.rule,
        confidence=one.reading.confidence,
    )


def _parts(definition: Definition | None, sense: Entry | None) -> tuple[str, ...]:
    """The lexicon's parts, unless the report lists others under the same term."""
    own = definition.parts if definition else ()
    known = sense.parts if sense else ()
    if not own or not known:
        return own or known
    everything = "".join(known)
    agrees = any(item[i : i + 2] in everything for item in own for i in range(len(item) - 1))
    return known if agrees else own
