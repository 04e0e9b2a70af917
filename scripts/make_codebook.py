"""Write docs/codebook.md from the rule files: indicators, units, bounds, measures, status and time, with examples.

Run it after a change of the rules: ``python scripts/make_codebook.py``. With ``--check`` it writes nothing and fails
where the page is not current.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from govreport_nlp.analysis.panel import ConstraintScheme
from govreport_nlp.extract.bounds import BoundRule
from govreport_nlp.extract.codebook import IndicatorRule
from govreport_nlp.extract.detect import NotQuantity
from govreport_nlp.extract.measures import MeasureRule
from govreport_nlp.extract.relative import RelativeRule
from govreport_nlp.extract.status import StatusRule
from govreport_nlp.extract.timeline import TenseRule, TimeRule
from govreport_nlp.extract.units import UnitRule
from govreport_nlp.rules import SHIPPED

PAGE = Path(__file__).parents[1] / "docs" / "codebook.md"

HEAD = """# Codebook

Generated from the rule files in `src/govreport_nlp/rules` by `scripts/make_codebook.py`; do not edit by hand.
In examples 〔 〕 marks the number (or the words) that the rule reads. The column `rule` of a row names the rules
that made it, in this order: form of the numeral / where the name came from / measure / bound / status.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD, "## Standard indicators\n"]
    for rule in SHIPPED.load("indicators.toml", IndicatorRule):
        parts.append(
            f"### `{rule.id}` {rule.label}\n\n{rule.definition}\n\n"
            f"- measured as {_list(rule.measures)} in {_list(rule.bases)}"
            + (f", only {_list(rule.directions)}" if rule.directions != ("up", "down") else "")
            + f"\n- names: {'、'.join(rule.words)}\n- examples: {'；'.join(rule.examples)}\n"
            + (f"- not: {'；'.join(rule.counterexamples)}\n" if rule.counterexamples else "")
            + f"- source: {rule.source}\n"
        )
    units = SHIPPED.load("units.csv", UnitRule)
    parts.append(
        _section(
            "Units",
            ("symbol", "also", "dimension", "base", "factor", "examples"),
            (
                (u.symbol, " ".join(u.aliases), u.dimension, u.base, f"{u.factor:g}", "；".join(u.examples))
                for u in units
            ),
        )
    )
    parts.append(
        _section(
            "Bounds",
            ("rule", "bound", "where", "words", "examples"),
            (
                (r.id, f"`{r.bound}`", r.place, "、".join(r.words), "；".join(r.examples))
                for r in SHIPPED.load("bounds.toml", BoundRule)
            ),
        )
    )
    parts.append(
        _section(
            "Measures",
            ("rule", "by", "examples (number, measure, direction)", "note"),
            (
                (r.id, r.role, "；".join(e.replace("|", " → ", 1).replace("|", " ") for e in r.examples), r.note)
                for r in SHIPPED.load("measures.toml", MeasureRule)
            ),
        )
    )
    parts.append(
        _section(
            "Status",
            ("rule", "status", "examples", "note"),
            (
                (r.id, r.status, "；".join(e.replace("\n", " / ") for e in r.examples), r.note)
                for r in SHIPPED.load("status.toml", StatusRule)
            ),
        )
    )
    parts.append(
        _section(
            "Time",
            ("rule", "effect", "years from the report's", "examples", "note"),
            (
                (r.id, r.effect, f"{r.start} to {r.end}" if r.effect == "set" else "", "；".join(r.examples), r.note)
                for r in SHIPPED.load("time.toml", TimeRule)
            ),
        )
    )
    parts.append(
        _section(
            "Tense",
            ("rule", "status", "words", "examples"),
            (
                (r.id, "none" if r.silent else r.status, "、".join(r.words), "；".join(r.examples))
                for r in SHIPPED.load("tense.toml", TenseRule)
            ),
        )
    )
    parts.append(
        _section(
            "Relative targets",
            ("rule", "relation", "examples"),
            ((r.id, f"`{r.relation}`", "；".join(r.examples)) for r in SHIPPED.load("relative.toml", RelativeRule)),
        )
    )
    parts.append(
        _section(
            "Numbers that are no quantities",
            ("rule", "examples left out", "kept", "note"),
            (
                (r.id, "；".join(r.examples), "；".join(r.counterexamples), r.note)
                for r in SHIPPED.load("not_quantities.toml", NotQuantity)
            ),
        )
    )
    parts.append(
        _section(
            "Constraint schemes",
            ("scheme", "source", "note"),
            ((r.id, r.source, r.note) for r in SHIPPED.load("constraints.toml", ConstraintScheme)),
        )
    )
    return "\n".join(parts)


def _section(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"## {title}\n", _row(columns), _row(("---",) * len(columns)), *map(_row, rows)]
    return "\n".join(lines) + "\n"


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |"


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)


def main() -> int:
    """Write the page, or with ``--check`` say whether it is current."""
    text = page()
    if "--check" in sys.argv[1:]:
        if PAGE.read_text(encoding="utf-8") == text:
            return 0
        print(f"{PAGE.name} is not current: run python scripts/make_codebook.py", file=sys.stderr)
        return 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
