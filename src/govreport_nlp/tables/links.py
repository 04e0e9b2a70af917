"""How a record is known on the page of its report: the page's file, and the anchor at the record's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from govreport_nlp.tables.columns import table
from govreport_nlp.tables.rows import Row

# The tables whose rows have a place on the page, and the cell of a row that can link to it (the first that is filled).
LINKED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "reports": ("title", "report_id"),
        "targets": ("text",),
        "quantities": ("text",),
        "relative_targets": ("text",),
        "slogans": ("text",),
        "projects": ("text",),
        "sections": ("title", "marker"),
    }
)


def page_file(report_id: str) -> str:
    """The name of the page of the report with this id.

    >>> page_file("r67086a72947c")
    'r67086a72947c.html'
    """
    return f"{report_id}.html"


def anchor(name: str, start: int, end: int) -> str:
    """The id of the record of the table ``name`` at that place; a target is one of the quantities.

    >>> anchor("targets", 120, 126)
    'quantities-120-126'
    """
    return f"{'quantities' if name == 'targets' else name}-{start}-{end}"


def section_anchor(index: int) -> str:
    """The id of the section with this index.

    >>> section_anchor(3)
    'section-3'
    """
    return f"section-{index}"


def link_of(name: str) -> Callable[[Row], tuple[int, str]] | None:
    """For a row of the table ``name``: which cell links, and to what, as ``page#anchor``; None for a table without.

    Nothing of the report's words is in a link: an id made from a digest, and numbers.

    >>> from govreport_nlp import parse
    >>> from govreport_nlp.tables import rows
    >>> row = next(rows("targets", parse("一、2024年工作安排\\n新增就业7200人。", year=2024)))
    >>> link_of("targets")(row)
    (7, 'r3e6c020aa195.html#quantities-16-21')
    """
    if name not in LINKED:
        return None
    at = {column.name: i for i, column in enumerate(table(name).columns)}
    cells = [at[column] for column in LINKED[name]]

    def place(row: Row) -> str:
        if name == "reports":
            return ""
        if name == "sections":
            return "#" + section_anchor(row[at["index"]])
        return "#" + anchor(name, row[at["start"]], row[at["end"]])

    def link(row: Row) -> tuple[int, str]:
        cell = next((cell for cell in cells if row[cell]), cells[0])
        return cell, page_file(row[at["report_id"]]) + place(row)

    return link
