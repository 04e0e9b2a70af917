"""The scorer, on cases counted by hand, and against the figures of the other one where it is at hand."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

import scoring
from govreport_nlp import read

SHARED = Path(__file__).resolve().parents[3] / "shared"
TEXT = "增长5%，新增20人，建成3所，投资7亿元。推进“双河”治理，建设东桥项目。"


def quantity(text: str, value: float, unit: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(text)
    made = {"start": start, "end": start + len(text), "text": text, "value": value, "value_max": None, "unit": unit}
    made |= {"indicator": "某", "bound": "=", "measure": "level", "direction": None, "status": "target"}
    return made | {"period_end": 2024, "annual_average": False} | more


def gold(**tables: Any) -> dict[str, Any]:
    return {"doc": "a.txt", "windows": [[0, len(TEXT)]], **tables}


def found(**tables: Any) -> dict[str, Any]:
    return {"text": TEXT, **tables}


def counts(tally: scoring.Tally) -> tuple[int, int, int, int]:
    return tally.tp, tally.fp, tally.fn, tally.strict


def test_one_right_one_wrong_field_one_missed_one_made_up() -> None:
    labels = [quantity("5%", 5, "%"), quantity("20人", 20, "人"), quantity("3所", 3, "所")]
    records = [quantity("5%", 5, "%"), quantity("20人", 20, "人", bound=">="), quantity("7亿元", 7, "亿元")]
    tally = scoring.score(gold(quantities=labels), found(quantities=records))["quantities"]
    assert counts(tally) == (2, 1, 1, 1)
    assert tally.f1 == pytest.approx(2 / 3)  # precision 2/3, recall 2/3
    assert tally.record_f1 == pytest.approx(1 / 3)
    assert tally.fields["bound"] == (1, 2)
    assert tally.fields["measure"] == (2, 2)


def test_precision_and_recall_are_weighed_evenly() -> None:
    # 1 of 2 found is right, 1 of 3 asked is found: 2 * (1/2 * 1/3) / (1/2 + 1/3) = 0.4
    assert scoring.Tally(tp=1, fp=1, fn=2, strict=0).f1 == pytest.approx(0.4)
    assert scoring.Tally(tp=1, fp=1, fn=2, strict=0).record_f1 == 0
    assert scoring.Tally().f1 == 0


def test_optional_labels_are_neither_asked_for_nor_held_against() -> None:
    labels = [quantity("5%", 5, "%", optional=True), quantity("20人", 20, "人", optional=True)]
    wrong = quantity("20人", 21, "人")
    tally = scoring.score(gold(quantities=labels), found(quantities=[quantity("5%", 5, "%"), wrong]))["quantities"]
    assert counts(tally) == (0, 0, 0, 0)


def test_only_the_windows_count() -> None:
    outside = quantity("7亿元", 7, "亿元")
    tallies = scoring.score(gold(windows=[[0, 5]], quantities=[]), found(quantities=[outside, quantity("5%", 5, "%")]))
    assert counts(tallies["quantities"]) == (0, 1, 0, 0)


def test_targets_are_judged_by_their_own_status() -> None:
    labels = [
        quantity("5%", 5, "%"),
        quantity("20人", 20, "人", status="achievement"),
        quantity("3所", 3, "所", status=["target", "reference"]),
    ]
    records = [
        quantity("5%", 5, "%", status="achievement"),
        quantity("20人", 20, "人"),
        quantity("3所", 3, "所", status="reference"),
    ]
    tallies = scoring.score(gold(quantities=labels), found(quantities=records))
    # 5% is promised and missed; 20人 is promised by the record alone; 3所 may be either and is not asked for.
    assert counts(tallies["targets"]) == (0, 1, 1, 0)
    assert counts(tallies["quantities"]) == (3, 0, 0, 1)


@pytest.mark.parametrize(
    ("label", "record", "same"),
    [
        ({"value": 7, "unit": "亿元"}, {"value": 700_000_000, "unit": "元"}, True),
        ({"value": 7, "unit": "亿元"}, {"value": 7, "unit": "元"}, False),
        ({"value": 5, "unit": "百分点"}, {"value": 5, "unit": "个百分点"}, True),
        ({"value": 5, "unit": "％"}, {"value": 5.004, "unit": "%"}, True),
        ({"value": 5, "unit": "%"}, {"value": 5.006, "unit": "%"}, False),
        ({"value": [5, 6], "unit": ["个", "家"]}, {"value": 6, "unit": "家"}, True),
        ({"value": 5, "value_max": 6, "unit": "%"}, {"value": 5, "unit": "%"}, False),
        ({"value": 5, "value_max": 6, "unit": "%"}, {"value": 5, "value_max": 6, "unit": "%"}, True),
        ({"value": 0.6667, "unit": "比例"}, {"value": 0.6667, "unit": ""}, True),
        ({"value": 5, "unit": "%", "start": 0, "end": 2}, {"value": 5, "unit": "%", "start": 2, "end": 4}, False),
    ],
)
def test_when_two_quantities_are_the_same(label: dict[str, Any], record: dict[str, Any], same: bool) -> None:
    span = {"start": 0, "end": 3, "value_max": None}
    assert scoring.same_quantity(span | label, span | record) is same


def test_headings_may_start_a_little_apart_and_number_and_kind_are_fields() -> None:
    label = {"start": 4, "end": 9, "kind": "area", "number": 1, "title": "稳就业，保民生"}
    assert scoring.same_heading(label, label | {"start": 7, "title": "稳就业, 保民生。"})
    assert not scoring.same_heading(label, label | {"start": 8})
    assert not scoring.same_heading(label, label | {"title": "稳就业"})
    section = label | {"kind": "subsection"}
    glossary = label | {"kind": "glossary", "start": 12}
    tally = scoring.score(gold(headings=[label]), found(sections=[section, glossary]))["headings"]
    assert counts(tally) == (1, 0, 0, 0)
    assert tally.fields == {"kind": (0, 1), "number": (1, 1)}


def test_slogans_without_quotes_are_not_asked_for() -> None:
    start = TEXT.index("双河")
    label = {"start": start, "end": start + 2, "text": "双河", "kind": ["name", "figure"], "is_slogan": None}
    record = label | {"kind": "figure", "is_slogan": False, "quoted": True}
    bare = label | {"kind": "model", "quoted": False, "start": start + 1, "text": "河"}
    tally = scoring.score(gold(slogans=[label]), found(slogans=[record, bare]))["slogans"]
    assert counts(tally) == (1, 0, 0, 1)


def test_projects_are_the_same_by_half_their_span_and_by_name() -> None:
    label = {"start": 10, "end": 20, "name": ["东桥改造项目", "东桥项目"]}
    assert scoring.same_project(label, {"start": 15, "end": 20, "name": "东桥项目"})
    assert not scoring.same_project(label, {"start": 16, "end": 20, "name": "东桥项目"})
    assert scoring.same_project(label, {"start": 10, "end": 12, "name": "东桥项目"})
    assert not scoring.same_project(label, {"start": 10, "end": 20, "name": "西桥项目"})


def test_how_alike_names_are() -> None:
    assert scoring.alike("（一）稳就业。", "一稳就业") == 1
    # 东桥 桥项 项目 and 西桥 桥项 项目: two of three pairs of each.
    assert scoring.alike("东桥项目", "西桥项目") == pytest.approx(2 / 3)
    assert scoring.alike("一", "二") == 0
    assert scoring.alike(None, "") == 1


@pytest.mark.parametrize("where", ["gold", "record"])
def test_a_text_that_is_not_the_one_labelled_is_refused(where: str) -> None:
    good, bad = quantity("5%", 5, "%"), quantity("5%", 5, "%") | {"text": "6%"}
    labels, records = ([bad], [good]) if where == "gold" else ([good], [bad])
    with pytest.raises(ValueError, match=r"a\.txt"):
        scoring.score(gold(quantities=labels), found(quantities=records))


@pytest.mark.skipif(not (SHARED / "tools" / "score.py").exists(), reason="the other scorer is not here")
def test_figures_agree_with_the_other_scorer() -> None:
    spec = importlib.util.spec_from_file_location("other_score", SHARED / "tools" / "score.py")
    assert spec
    assert spec.loader
    other = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(other)
    theirs: dict[str, Any] = {}
    ours: dict[str, scoring.Tally] = {}
    for path in sorted((SHARED / "gold" / "dev").glob("*.json")):
        labels = json.loads(path.read_text(encoding="utf-8"))
        report = json.loads(read(path.with_name(labels["doc"])).to_json())
        _worsen(report)
        other.score(labels, report, theirs, report["text"])
        for table, tally in scoring.score(labels, report).items():
            ours.setdefault(table, scoring.Tally()).add(tally)
    assert set(ours) == set(theirs) == {"headings", "quantities", "slogans", "projects", "targets"}
    for table, tally in ours.items():
        assert counts(tally) == (theirs[table].tp, theirs[table].fp, theirs[table].fn, theirs[table].strict), table
        assert tally.f1 == pytest.approx(theirs[table].prf()[2])
        assert tally.record_f1 == pytest.approx(theirs[table].prf(theirs[table].strict)[2])
        assert {k: list(v) for k, v in tally.fields.items()} == {k: v for k, v in theirs[table].fields.items() if v[1]}


def _worsen(report: dict[str, Any]) -> None:
    """Faults of every kind, so that the two scorers have something to differ about."""
    for i, record in enumerate(report["quantities"]):
        if i % 5 == 0:
            record["value"] *= 2
        if i % 7 == 0:
            record["status"] = "target" if record["status"] != "target" else "achievement"
        if i % 11 == 0:
            record["indicator"] = record["indicator"][1:]
    for table in ("slogans", "projects", "sections"):
        report[table] = [record for i, record in enumerate(report[table]) if i % 6]
    for i, record in enumerate(report["projects"]):
        if i % 4 == 0:
            record["name"] += "项目"
    for i, record in enumerate(report["sections"]):
        if i % 4 == 0:
            record["number"] = 3


def test_rows_that_say_they_are_sure_are_held_to_it() -> None:
    tally = scoring.Tally()
    assert tally.reliability == 1.0
    tally.add(scoring.Tally(sure=4, sure_right=3))
    tally.add(scoring.Tally(sure=1, sure_right=1))
    assert tally.reliability == pytest.approx(0.8)
