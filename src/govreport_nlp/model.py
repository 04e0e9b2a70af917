"""Frozen, typed records: what a report is made of and what is taken out of it.

Every record carries ``start`` and ``end`` with ``report.text[start:end] == record.text``.

Records hold only plain values, so they can be in no cycle: with ``gc=False`` the garbage collector never looks at them.
"""

from __future__ import annotations

from typing import Literal

import msgspec

SectionKind = Literal["root", "part", "area", "subsection", "glossary"]
Level = Literal["national", "province", "prefecture", "county", "town"]
Bound = Literal["=", ">=", ">", "<=", "<", "~", "range"]
Measure = Literal["growth", "change", "level"]
Direction = Literal["up", "down"]
Status = Literal["target", "achievement", "reference"]
Commitment = Literal["firm", "aim", "plain"]
SloganKind = Literal["numeric", "abbreviation", "phrase", "model", "plan", "name", "figure", "quotation"]
ProjectKind = Literal["construction", "programme"]
Stage = Literal["planned", "start", "ongoing", "complete"]
Relation = Literal["=", ">", ">=", "<", "<=", "assigned", "positive", "down"]


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What every row of every table has.

    ``section`` is the path of the section that holds the record ("三/六/守牢生态底线");
    ``sentence`` is the text of its sentence.
    """

    start: int
    end: int
    text: str
    sentence: str
    section: str


class Quantity(Record, frozen=True, kw_only=True, gc=False):
    """A number with a unit that measures something ("〔3.9%〕以内"); see the column list in docs/tables.md.

    ``value`` and ``value_max`` are in ``unit`` as written; ``value_base`` and ``value_max_base``
    in ``unit_base``, with 十百千万亿 multiplied out.
    """

    indicator: str
    indicator_id: str | None
    value: float
    value_max: float | None
    unit: str
    value_base: float
    value_max_base: float | None
    unit_base: str
    bound: Bound
    modifier: str
    measure: Measure
    direction: Direction | None
    status: Status
    period_start: int | None
    period_end: int | None
    annual_average: bool
    commitment: Commitment
    rule: str
    confidence: float


class RelativeTarget(Record, frozen=True, kw_only=True, gc=False):
    """A promise without a number ("居民收入增长与经济增长〔同步〕")."""

    indicator: str
    indicator_id: str | None
    relation: Relation
    reference: str
    reference_id: str | None
    status: Status
    period_start: int | None
    period_end: int | None
    rule: str
    confidence: float


class Slogan(Record, frozen=True, kw_only=True, gc=False):
    """A quoted expression, or a known slogan without quotes (``quoted`` false); ``text`` is the inside."""

    kind: SloganKind
    is_slogan: bool
    quoted: bool
    definition: str | None
    definition_source: str | None
    parts: tuple[str, ...]
    rule: str
    confidence: float


class Project(Record, frozen=True, kw_only=True, gc=False):
    """A named project or programme; ``name`` has the shared head restored, ``text`` is the conjunct's own span."""

    name: str
    head: str
    kind: ProjectKind
    stage: Stage | None
    action: str
    group_size: int | None
    investment: float | None
    investment_unit: str | None
    capacity: str | None
    status: Status
    rule: str
    confidence: float


class Sentence(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A sentence of the body; ``section`` is the index of its section in ``report.sections``, or None."""

    index: int
    start: int
    end: int
    text: str
    section: int | None


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A node of the tree; ``end`` is the end of all that it holds.

    ``sentences`` are its own, without those of its ``children``; ``scope`` says whether it looks
    back ("review") or ahead ("plan"), where that is known.
    """

    kind: SectionKind
    number: int | None
    marker: str
    title: str
    start: int
    end: int
    depth: int
    parent: int | None
    path: str
    scope: str | None
    sentences: tuple[Sentence, ...] = ()
    children: tuple[Section, ...] = ()


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a report as a whole. ``year`` is the report's own: the one that its plan is for.

    ``date`` is ISO 8601. ``meta_source`` says for each field where it was found
    ("caller", "title", "opening", "path", ...).
    """

    title: str | None = None
    region: str | None = None
    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    adcode: str | None = None
    level: Level | None = None
    year: int | None = None
    session: str | None = None
    speaker: str | None = None
    date: str | None = None
    source: str | None = None
    file: str | None = None
    region_candidates: tuple[str, ...] = ()
    meta_source: dict[str, str] = {}
