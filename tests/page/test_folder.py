"""Pages as files."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import msgspec
import pytest

from govreport_nlp import Report, parse
from govreport_nlp.errors import OutputError
from govreport_nlp.page import page, write_page, write_pages
from govreport_nlp.tables import report_id


def named(file: str) -> Report:
    report = parse("各位代表：\n新增就业7200人。", year=2024, region="望朔县")
    return msgspec.structs.replace(report, meta=msgspec.structs.replace(report.meta, file=file))


ONE, SAME = named("a.txt"), named("b.txt")
OTHER = parse("各位代表：\n<新增>就业7300人。", year=2025, title="<b>报告</b>")


def test_a_page_of_its_own_for_each_text_and_an_index(tmp_path: Path) -> None:
    assert write_pages(tmp_path / "pages", [ONE, SAME, OTHER]) == 3
    files = sorted(file.name for file in (tmp_path / "pages").iterdir())
    names = [f"{report_id(report.text)}.html" for report in (ONE, OTHER)]
    assert files == sorted([*names, "govreport-nlp.json", "index.html"])
    assert (tmp_path / "pages" / names[0]).read_text(encoding="utf-8") == page(ONE)
    index = lxml.html.parse(tmp_path / "pages" / "index.html").getroot()
    assert index.xpath("//tbody//a/@href") == [names[0], names[0], names[1]]
    cells = [[cell.text_content() for cell in row] for row in index.findall(".//tbody/tr")]
    assert cells[0] == ["望朔县", "2024", "a.txt", *(str(len(getattr(ONE, t))) for t in ("targets", "quantities"))] + [
        str(len(getattr(ONE, t))) for t in ("relative_targets", "slogans", "projects")
    ]
    assert cells[2][:3] == ["", "2025", "<b>报告</b>"]


def test_an_earlier_page_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    write_page(file, ONE)
    write_page(file, OTHER)
    assert file.read_text(encoding="utf-8") == page(OTHER)
    file.write_text("<html>mine", encoding="utf-8")
    with pytest.raises(OutputError, match="no earlier page"):
        write_page(file, ONE)
    assert file.read_text(encoding="utf-8") == "<html>mine"
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").touch()
    with pytest.raises(OutputError, match="no earlier output"):
        write_pages(tmp_path / "mine", [ONE])
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.html", "mine"]


def test_nothing_is_left_where_reading_fails(tmp_path: Path) -> None:
    def broken():  # type: ignore[no-untyped-def]
        yield ONE
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_pages(tmp_path / "pages", broken())
    assert not list(tmp_path.iterdir())
