"""A report as one page: the template filled in, its style and script named by their digests."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from markupsafe import Markup

from govreport_nlp.page.article import article
from govreport_nlp.page.marks import KINDS, Mark, columns, marks
from govreport_nlp.page.shown import shown
from govreport_nlp.report import Report
from govreport_nlp.tables import TABLES, report_id
from govreport_nlp.tables.atomic import GENERATOR
from govreport_nlp.tables.links import page_file, section_anchor

if TYPE_CHECKING:
    from jinja2 import Environment, Template

# What the page says of the report as a whole, above its text.
_META = ("region", "adcode", "year", "level", "session", "speaker", "date", "source", "file")


def page(report: Report) -> str:
    """One HTML file that shows ``report`` and needs no other: its tree, its text, every record marked in its place.

    Each record has an anchor such as ``#quantities-120-126``, each section one such as ``#section-3``. The page loads
    nothing and runs no script but its own; the same report gives the same page.

    >>> from govreport_nlp import parse
    >>> html = page(parse("一、2024年工作安排\\n城镇新增就业7200人。", year=2024))
    >>> '<mark class="targets" id="quantities-18-23"' in html, '<h2 id="section-0">' in html
    (True, True)
    """
    found = marks(report)
    heads = {column.name: column.zh for column in TABLES["reports"].columns}
    known = [(heads[name], shown(str(value))) for name in _META if (value := getattr(report.meta, name))]
    return _template("page.html").render(
        **_frame("page.js"),
        title=_title(report),
        meta=[*known, (heads["report_id"], report_id(report.text))],
        tree=_tree(report),
        article=article(report, found),
        tables=[(kind, TABLES[kind].zh, _records(kind, found, report.text)) for kind in KINDS],
        data=_data(found),
    )


class Listed(NamedTuple):
    """A report in an index: its page, what it is, and how many records it has in each table."""

    file: str
    region: str
    year: str
    title: str
    counts: tuple[int, ...]


def listed(report: Report) -> Listed:
    """What an index says of ``report``."""
    counts = tuple(len(getattr(report, kind)) for kind in KINDS)
    meta = report.meta
    place, year, title = (shown(str(value or "")) for value in (meta.region, meta.year, meta.title or meta.file))
    return Listed(page_file(report_id(report.text)), place, year, title or page_file(report_id(report.text)), counts)


def index(reports: Sequence[Listed]) -> str:
    """A page that lists ``reports`` with links to theirs."""
    labels = [TABLES["reports"].columns[i].zh for i in (2, 4, 5)]
    return _template("index.html").render(
        **_frame(), labels=[*labels, *(TABLES[kind].zh for kind in KINDS)], reports=reports
    )


class _Branch(NamedTuple):
    """A section in the table of contents, and those in it."""

    anchor: str
    marker: str
    title: str
    inner: list[_Branch]


def _tree(report: Report) -> list[_Branch]:
    top: list[_Branch] = []
    made: list[_Branch] = []
    for i, section in enumerate(report.sections):
        branch = _Branch(section_anchor(i), shown(section.marker), shown(section.title), [])
        (top if section.parent is None else made[section.parent].inner).append(branch)
        made.append(branch)
    return top


def _records(kind: str, found: list[Mark], text: str) -> list[tuple[str, str, str]]:
    """Anchor, name and words of each record of that kind."""
    return [
        (mark.id, shown(entry.name), shown(text[mark.start : mark.end]))
        for mark in found
        for entry in mark.entries
        if entry.kind == kind
    ]


def _data(found: list[Mark]) -> Markup:
    """All cells as JSON that can stand in a script element: the reader's script shows them as text."""
    data = {
        "tables": {kind: {"zh": TABLES[kind].zh, "columns": columns(kind)} for kind in KINDS},
        "records": {mark.id: [(e.kind, *map(_cell, e.cells)) for e in mark.entries] for mark in found},
    }
    plain = msgspec.json.encode(data).decode()
    for sign in "<>&\u2028\u2029":
        plain = plain.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(plain)


def _cell(cell: Any) -> Any:
    return shown(cell) if isinstance(cell, str) else cell


def _title(report: Report) -> str:
    meta = report.meta
    return shown(meta.title or f"{meta.region or ''}{meta.year or ''}") or report_id(report.text)


@functools.cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("govreport_nlp.page", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template(name: str) -> Template:
    return _environment().get_template(name)


@functools.cache
def _frame(script: str = "") -> dict[str, Any]:
    """What every page needs: its style and script, and the policy that allows these and nothing else."""
    style, code = (_asset(name) if name else Markup("") for name in ("page.css", script))
    allowed = [f"style-src {_digest(style)}", *([f"script-src {_digest(code)}"] if code else [])]
    policy = ["default-src 'none'", *allowed, "img-src data:", "base-uri 'none'", "form-action 'none'"]
    return {"generator": Markup(GENERATOR), "policy": "; ".join(policy), "style": style, "script": code}


def _asset(name: str) -> Markup:
    loader = _environment().loader
    assert loader is not None
    source, _, _ = loader.get_source(_environment(), name)
    return Markup(source)


def _digest(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
