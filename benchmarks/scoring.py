"""How well an extraction agrees with gold labels: what counts as the same record, and F1 from that.

Only what lies inside a gold file's ``windows`` counts. A gold record marked ``optional`` is neither asked for nor held
against; a gold field may be a list of answers that are all right. ``record`` figures are the strict ones: everything
that the table promises for the record is right.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Record = dict[str, Any]
Same = Callable[[Record, Record], bool]

_DROPPED = re.compile(r"[\s“”‘’\"'「」『』《》()（）]")
_MULTIPLES = (
    ("万亿", 1e12),
    ("千亿", 1e11),
    ("百亿", 1e10),
    ("亿", 1e8),
    ("千万", 1e7),
    ("百万", 1e6),
    ("万", 1e4),
)
_UNIT_NAMES = {"％": "%", "百分点": "个百分点", "比例": "", None: ""}


SURE = 0.9  # the confidence from which on a row has to be right nearly always


@dataclass
class Tally:
    """Counts of one table: right, too much, missing, right in every field; and of each field, right and asked.

    ``sure`` are the found rows with a confidence of 0.9 and more, ``sure_right`` those of them that are right in
    every field.
    """

    tp: int = 0
    fp: int = 0
    fn: int = 0
    strict: int = 0
    sure: int = 0
    sure_right: int = 0
    fields: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def f1(self) -> float:
        return self._f1(self.tp)

    @property
    def record_f1(self) -> float:
        return self._f1(self.strict)

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 where nothing was found."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0

    @property
    def recall(self) -> float:
        """The share of what was asked for that was found; 1 where nothing was asked for."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0

    @property
    def reliability(self) -> float:
        """The share of sure rows that are right in every field; 1 where no row is sure."""
        return self.sure_right / self.sure if self.sure else 1.0

    def _f1(self, right: int) -> float:
        """The harmonic mean of right/found and right/asked; 0 where nothing is right."""
        given = (self.tp + self.fp) + (self.tp + self.fn)
        return 2 * right / given if right else 0.0

    def add(self, other: Tally) -> None:
        self.tp += other.tp
        self.fp += other.fp
        self.fn += other.fn
        self.strict += other.strict
        self.sure += other.sure
        self.sure_right += other.sure_right
        for name, (right, asked) in other.fields.items():
            before = self.fields.get(name, (0, 0))
            self.fields[name] = (before[0] + right, before[1] + asked)


class Pairs(NamedTuple):
    """Gold records with the predicted ones that they are; what was missed; what was made up."""

    hits: list[tuple[Record, Record]]
    missed: list[Record]
    extra: list[Record]


def score(gold: Record, found: Record) -> dict[str, Tally]:
    """The tally of each table that ``gold`` labels, of one document.

    ``found`` is what ``extract --json`` prints. Raises ``ValueError`` where its text is not the one labelled.
    """
    check_text(gold, found)
    tallies = {}
    for name, (same, fields) in TABLES.items():
        if name in gold:
            tallies[name] = _tally(gold[name], _candidates(name, gold, found), same, fields)
    if "quantities" in gold:
        tallies["targets"] = _targets(gold, found)
    return tallies


def check_text(gold: Record, found: Record) -> None:
    """Raise ``ValueError`` unless labels and records all stand in ``found["text"]`` where they say."""
    text = found.get("text", "")
    for name in TABLES:
        for label in gold.get(name, []):
            if "text" in label and text[label["start"] : label["end"]] != label["text"]:
                raise ValueError(f"{gold['doc']}: the text is another than the one labelled, at {label['start']}")
    for name in ("quantities", "slogans", "projects"):
        for record in found.get(name, []):
            if text[record["start"] : record["end"]] != record["text"]:
                raise ValueError(f"{gold['doc']}: {name}: a record is not the text at its place, {record['start']}")


def _candidates(name: str, gold: Record, found: Record) -> list[Record]:
    """The records that are held against the gold: those in its windows, without what it does not label."""
    if name == "headings":
        records = [s for s in found.get("sections", []) if s.get("title") and s["kind"] != "glossary"]
    else:
        records = [r for r in found.get(name, []) if r.get("quoted", True) is not False]
    return [r for r in records if _inside(r, gold["windows"])]


def _tally(gold: Sequence[Record], found: Sequence[Record], same: Same, fields: Sequence[str]) -> Tally:
    tally = Tally()
    hits, missed, extra = pair(gold, found, same)
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for label, record in hits:
        if label.get("optional"):
            continue
        wrong = [name for name in fields if not field_right(name, label, record)]
        asked.update(name for name in fields if name in label)
        right.update(name for name in fields if name in label and name not in wrong)
        tally.tp += 1
        tally.strict += not wrong
        if record.get("confidence", 0.0) >= SURE:
            tally.sure += 1
            tally.sure_right += not wrong
    tally.fn = sum(not label.get("optional") for label in missed)
    optional = [label for label in gold if label.get("optional")]
    made_up = [record for record in extra if not any(overlap(record, label) for label in optional)]
    tally.fp = len(made_up)
    tally.sure += sum(record.get("confidence", 0.0) >= SURE for record in made_up)
    tally.fields = {name: (right[name], asked[name]) for name in fields if asked[name]}
    return tally


def _targets(gold: Record, found: Record) -> Tally:
    """Quantities again, as users come for them: the targets among them."""
    tally = Tally()
    labels = [q for q in gold["quantities"] if "target" in _answers(q["status"])]
    records = [q for q in _candidates("quantities", gold, found) if q.get("status") == "target"]
    hits, missed, extra = pair(labels, records, same_quantity)
    for label, record in hits:
        if not label.get("optional"):
            tally.tp += 1
            tally.strict += all(field_right(name, label, record) for name in TABLES["quantities"][1])
    tally.fn = sum(not q.get("optional") and _answers(q["status"]) == ["target"] for q in missed)
    open_ones = [q for q in gold["quantities"] if q.get("optional") or len(_answers(q["status"])) > 1]
    tally.fp = sum(not any(overlap(record, label) for label in open_ones) for record in extra)
    return tally


def pair(gold: Sequence[Record], found: Sequence[Record], same: Same) -> Pairs:
    """Each gold record, in order, with the first record not yet taken that is the same."""
    left = list(found)
    hits, missed = [], []
    for label in gold:
        match = next((record for record in left if same(label, record)), None)
        if match is None:
            missed.append(label)
        else:
            hits.append((label, match))
            left = [record for record in left if record is not match]
    return Pairs(hits, missed, left)


def same_heading(gold: Record, found: Record) -> bool:
    """They start at nearly the same place and have the same title."""
    return abs(gold["start"] - found["start"]) <= 3 and fold(gold["title"]) == fold(found["title"])


def same_quantity(gold: Record, found: Record) -> bool:
    """They overlap, and value and unit agree, as written or multiplied out."""
    if not overlap(gold, found):
        return False
    values = all(same_number(gold[key], found.get(key)) for key in ("value", "value_max"))
    if values and _unit(found.get("unit")) in {_unit(unit) for unit in _answers(gold["unit"])}:
        return True
    a, b = _base(gold), _base(found)
    return same_number(a[0], b[0]) and same_number(a[1], b[1]) and a[2] == b[2]


def same_slogan(gold: Record, found: Record) -> bool:
    """Four fifths of the span that both cover together are common to both."""
    return common(gold, found) >= 0.8


def same_project(gold: Record, found: Record) -> bool:
    """They share half their span or their start, and a name."""
    near = common(gold, found) >= 0.5 or gold["start"] == found["start"]
    return near and any(alike(name, found.get("name")) >= 0.85 for name in _answers(gold["name"]))


TABLES: dict[str, tuple[Same, tuple[str, ...]]] = {
    "headings": (same_heading, ("kind", "number")),
    "quantities": (
        same_quantity,
        ("indicator", "bound", "measure", "direction", "status", "period_end", "annual_average"),
    ),
    "slogans": (same_slogan, ("kind", "is_slogan")),
    "projects": (same_project, ("kind", "stage", "status")),
}


def field_right(name: str, gold: Record, found: Record) -> bool:
    """Whether a field of a record is one of the right answers; a field that gold does not settle always is."""
    if name not in gold or (gold[name] is None and name in ("period_start", "period_end", "is_slogan")):
        return True
    if name == "indicator":
        return any(alike(answer, found.get(name)) >= 0.8 for answer in _answers(gold[name]))
    return found.get(name) in _answers(gold[name])


def fold(text: str | None) -> str:
    """Text as names are compared: one width, one case, no white space, quotes, brackets or closing punctuation.

    >>> fold("（Ａ） “数字”乡村。")
    'a数字乡村'
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text or "")).rstrip("。,，、;；:：").lower()


def alike(a: str | None, b: str | None) -> float:
    """How alike two names are: Dice's coefficient of their pairs of neighbouring characters.

    >>> alike("一二三", "一二四")
    0.5
    """
    a, b = fold(a), fold(b)
    if a == b:
        return 1.0
    pairs_a, pairs_b = (Counter(text[i : i + 2] for i in range(len(text) - 1)) for text in (a, b))
    total = pairs_a.total() + pairs_b.total()
    return 2 * (pairs_a & pairs_b).total() / total if total else 0.0


def overlap(a: Record, b: Record) -> int:
    """How many characters two spans share."""
    return max(0, int(min(a["end"], b["end"]) - max(a["start"], b["start"])))


def common(a: Record, b: Record) -> float:
    """The part of the stretch that two spans cover together which both cover."""
    shared = overlap(a, b)
    return shared / (max(a["end"], b["end"]) - min(a["start"], b["start"])) if shared else 0.0


def same_number(gold: Any, found: float | None) -> bool:
    """Whether two numbers, or one of several right ones and a number, agree to a thousandth."""
    if isinstance(gold, list):
        return any(same_number(answer, found) for answer in gold)
    if gold is None or found is None:
        return gold is None and found is None
    return abs(float(gold) - float(found)) <= 1e-3 * max(1.0, abs(float(gold)))


def _base(record: Record) -> tuple[float | None, float | None, str]:
    """Value, upper value and unit with 万 and 亿 multiplied out."""
    unit = str(_answers(record.get("unit"))[0] or "")
    value, upper = _answers(record.get("value"))[0], record.get("value_max")
    for multiple, factor in _MULTIPLES:
        if unit.startswith(multiple):
            return value and value * factor, upper and upper * factor, fold(unit[len(multiple) :])
    return value, upper, fold(unit)


def _unit(unit: str | None) -> str:
    return fold(_UNIT_NAMES.get(unit, unit))


def _inside(record: Record, windows: Sequence[Sequence[int]]) -> bool:
    return any(start <= record["start"] < end for start, end in windows)


def _answers(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
