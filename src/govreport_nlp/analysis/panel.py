"""The panel: one row per report and standard indicator, the headline target as a researcher would code it."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, Literal

from govreport_nlp.analysis.gather import Reports, gather
from govreport_nlp.analysis.panel_columns import PANEL
from govreport_nlp.errors import GovReportError
from govreport_nlp.extract.codebook import codebook
from govreport_nlp.model import Quantity, RelativeTarget
from govreport_nlp.report import Report
from govreport_nlp.rules import SHIPPED, Rule, Ruleset
from govreport_nlp.tables import report_id

if TYPE_CHECKING:
    import pandas as pd


class PanelRule(Rule, frozen=True, kw_only=True):
    """Words that open the main-targets passage, or that say that a target is not set."""

    role: Literal["passage", "absent"]
    pattern: str
    indicators: tuple[str, ...] = ()


class ConstraintScheme(Rule, frozen=True, kw_only=True):
    """How hard a target binds, by its wording; see constraints.toml."""

    interval_bounds: tuple[str, ...]
    hard_words: tuple[str, ...]
    soft_words: tuple[str, ...]
    otherwise: Literal["hard", "soft"]

    def classify(self, bound: str, words: str) -> str:
        """ "interval", "hard" or "soft" for a bound and the words of the target (modifier and commitment)."""
        if bound in self.interval_bounds:
            return "interval"
        if any(w in words for w in self.soft_words):
            return "soft"
        if any(w in words for w in self.hard_words):
            return "hard"
        return self.otherwise


def panel(
    reports: Reports,
    *,
    scheme: str = "wording_2019",
    rules: Ruleset = SHIPPED,
) -> pd.DataFrame:
    """The long panel: one row per report and standard indicator, in the order of ``reports`` and of the codebook.

    ``reports`` is a path or directory, a ``Corpus``, or reports already read. ``form`` is "numeric", "relative",
    "assigned", "stated_absent" or "not_found"; a ``GovReportError`` among
    ``reports`` gives one row with ``form`` "unreadable". Raises ``ValueError`` for an unknown ``scheme``.

    >>> from govreport_nlp import parse
    >>> frame = panel([parse("今年主要预期目标是：地区生产总值增长6%左右。", year=2024)])
    >>> frame.loc[frame.indicator_id == "gdp_growth", ["value", "bound", "form"]].values.tolist()
    [[6.0, '~', 'numeric']]
    """
    import pandas as pd

    rows = [row for report in gather(reports, rules) for row in panel_rows(report, scheme=scheme, rules=rules)]
    return pd.DataFrame(rows, columns=[c.name for c in PANEL.columns]).astype(WHOLE)


def panel_rows(
    report: Report | GovReportError, *, scheme: str = "wording_2019", rules: Ruleset = SHIPPED
) -> list[dict[str, Any]]:
    """The rows of one report, or the one row of a file that could not be read."""
    schemes = {s.id: s for s in rules.load("constraints.toml", ConstraintScheme)}
    if scheme not in schemes:
        raise ValueError(f"unknown constraint scheme {scheme!r}; known are {', '.join(schemes)}")
    if isinstance(report, GovReportError):
        return [{"file": report.file, "form": "unreadable", "sentence": report.problem}]
    meta = report.meta
    head = {
        "file": meta.file,
        "report_id": report_id(report.text),
        **{k: getattr(meta, k) for k in ("region", "province", "prefecture", "county", "adcode", "level", "year")},
    }
    finder = _Finder(report, rules)
    rows = []
    for indicator in codebook(rules).rules:
        row = {**head, "indicator_id": indicator, **finder.find(indicator)}
        if row["form"] == "numeric":
            words = f"{row['modifier']}{_COMMITMENT[row['commitment']]}"
            row["constraint"] = schemes[scheme].classify(row["bound"], words)
            row["constraint_scheme"] = scheme
        rows.append(row)
    return rows


def wide(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per report with a column per indicator (``mid`` of numeric rows) and one per form (``…_form``)."""
    keys = ["file", "region", "province", "prefecture", "county", "adcode", "level", "year"]
    readable = frame[frame["indicator_id"].notna()]
    order = list(dict.fromkeys(readable["indicator_id"]))
    indexed = readable.assign(**{k: readable[k].astype(object).where(readable[k].notna(), "") for k in keys})
    values = indexed.pivot_table(index=keys, columns="indicator_id", values="mid", aggfunc="first", sort=False)
    forms = indexed.pivot_table(index=keys, columns="indicator_id", values="form", aggfunc="first", sort=False)
    values = values.reindex(index=forms.index, columns=order)
    forms = forms.reindex(columns=order).add_suffix("_form")
    return values.join(forms).reset_index()


class _Finder:
    def __init__(self, report: Report, rules: Ruleset) -> None:
        self.report = report
        self.passage = _passage(report, rules)
        year = report.meta.year
        self.targets = [
            q
            for q in report.targets
            if q.indicator_id is not None and (year is None or q.period_end is None or _own_year(q, year))
        ]
        self.relative = [r for r in report.relative_targets if r.indicator_id is not None and r.status == "target"]
        self.absent = _absent(report, rules)

    def find(self, indicator: str) -> dict[str, Any]:
        targets = [q for q in self.targets if q.indicator_id == indicator]
        relative = [r for r in self.relative if r.indicator_id == indicator]
        headline = next((q for q in targets if self._in_passage(q)), None)
        headline_relative = next((r for r in relative if self._in_passage(r)), None)
        if headline is not None:
            return _numeric(headline)
        if headline_relative is not None:
            return _relative(headline_relative)
        if indicator in self.absent:
            start, end = self.absent[indicator]
            return {"form": "stated_absent", "sentence": self.report.text[start:end], "start": start, "end": end}
        if targets:
            return _numeric(targets[0])
        if relative:
            return _relative(relative[0])
        return {"form": "not_found"}

    def _in_passage(self, record: Quantity | RelativeTarget) -> bool:
        return any(a <= record.start < b for a, b in self.passage)


def _numeric(q: Quantity) -> dict[str, Any]:
    return {
        "indicator": q.indicator,
        "form": "numeric",
        "value": q.value,
        "value_max": q.value_max,
        "mid": q.value if q.value_max is None else round((q.value + q.value_max) / 2, 6),
        "unit": q.unit,
        "value_base": q.value_base,
        "value_max_base": q.value_max_base,
        "unit_base": q.unit_base,
        "bound": q.bound,
        "modifier": q.modifier,
        "commitment": q.commitment,
        "annual_average": q.annual_average,
        "period_start": q.period_start,
        "period_end": q.period_end,
        "sentence": q.sentence,
        "start": q.start,
        "end": q.end,
        "path": q.section,
        "rule": q.rule,
        "confidence": q.confidence,
    }


def _relative(r: RelativeTarget) -> dict[str, Any]:
    return {
        "indicator": r.indicator,
        "form": "assigned" if r.relation == "assigned" else "relative",
        "relation": r.relation,
        "reference_id": r.reference_id,
        "modifier": r.text,
        "period_start": r.period_start,
        "period_end": r.period_end,
        "sentence": r.sentence,
        "start": r.start,
        "end": r.end,
        "path": r.section,
        "rule": r.rule,
        "confidence": r.confidence,
    }


def _own_year(q: Quantity, year: int) -> bool:
    return q.period_end == year and not q.annual_average


def _passage(report: Report, rules: Ruleset) -> list[tuple[int, int]]:
    """The spans of the main-targets passage: the sentence with most headline targets that names them, and its kin."""
    pattern = _pattern(rules, "passage")
    targets = [q for q in report.targets if q.indicator_id is not None and not q.annual_average]
    best: tuple[int, list[tuple[int, int]]] = (0, [])
    sentences = report.sentences
    for i, sentence in enumerate(sentences):
        if not pattern.search(sentence.text):
            continue
        spans = [(sentence.start, sentence.end)]
        # A heading or a colon may hold the words, the targets following in the next sentences of the passage.
        for following in sentences[i + 1 : i + 4]:
            if not any(following.start <= q.start < following.end for q in targets):
                if len(spans) > 1 or not sentence.text.rstrip().endswith(("：", "是", "为", "目标", "指标")):
                    break
                continue
            spans.append((following.start, following.end))
        held = {q.indicator_id for q in targets for a, b in spans if a <= q.start < b}
        year = report.meta.year
        own = sum(1 for q in targets for a, b in spans if a <= q.start < b and q.period_end in (None, year))
        weight = len(held) + own
        if held and weight > best[0]:
            best = (weight, spans)
    return best[1]


def _absent(report: Report, rules: Ruleset) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for rule in rules.load("panel.toml", PanelRule):
        if rule.role == "absent" and (match := re.search(rule.pattern, report.text)):
            for indicator in rule.indicators:
                found.setdefault(indicator, match.span())
    return found


@functools.lru_cache(maxsize=8)
def _pattern(rules: Ruleset, role: str) -> re.Pattern[str]:
    return re.compile("|".join(r.pattern for r in rules.load("panel.toml", PanelRule) if r.role == role))


# Whole numbers that may be missing.
WHOLE = {c.name: "Int64" for c in PANEL.columns if c.dtype == "Int64"}
_COMMITMENT = {"firm": "确保", "aim": "力争", "plain": ""}
