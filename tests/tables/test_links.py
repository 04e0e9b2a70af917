"""Links from the rows of a workbook to the pages of the reports, read back with another library."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from govreport_nlp import parse
from govreport_nlp.page import write_pages
from govreport_nlp.tables import TABLES, open_output, rows, workbook
from govreport_nlp.tables.columns import Heads
from govreport_nlp.tables.links import LINKED, link_of
from tests.tables.outputs import corpus, write, written


def linked(path: Path, pages: Path, columns: Heads = "en", reports: int | None = None) -> Path:
    with open_output(path, columns, pages) as output:
        for report in corpus()[:reports]:
            for name in output.tables:
                output.write(name, rows(name, report))
    return path


def links(sheet: Worksheet) -> Iterator[tuple[str, str, str]]:
    """Of each linked cell: its column's head, its words, and its address as one path."""
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if cell.hyperlink is not None:
                target = (cell.hyperlink.target or "").replace("\\", "/")
                yield (
                    str(sheet.cell(1, cell.column).value),
                    str(cell.value),
                    f"{target}#{cell.hyperlink.location or ''}",
                )


@pytest.mark.parametrize("columns", ["en", "zh"])
def test_every_link_leads_to_the_words_of_its_row(tmp_path: Path, columns: Heads) -> None:
    write_pages(tmp_path / "out.pages", corpus())
    ids = {
        file.name: {e.get("id"): e.text_content() for e in lxml.html.parse(file).getroot().iterfind(".//*[@id]")}
        for file in (tmp_path / "out.pages").glob("r*.html")
    }
    book = openpyxl.load_workbook(linked(tmp_path / "out.xlsx", tmp_path / "out.pages", columns))
    for made in TABLES.values():
        sheet = book[made.zh if columns == "zh" else made.name]
        found = list(links(sheet))
        wanted = sum(len(list(rows(made.name, report))) for report in corpus())
        assert len(found) == (wanted if made.name in LINKED else 0)
        heads = dict(zip(made.heads("en"), made.heads(columns), strict=True))
        for head, words, address in found:
            directory, page = address.split("/", 1)
            file, place = page.split("#", 1)
            assert directory == "out.pages"
            if made.name == "reports":
                assert head in (heads["title"], heads["report_id"])
                assert file in ids
                assert place == ""
            elif made.name == "sections":
                assert head == heads["title"]
                assert words in ids[file][place]
            else:
                assert head == heads["text"]
                assert ids[file][place] == words


def test_text_stays_text(tmp_path: Path) -> None:
    """With links the cells are what they are without, and no cell is a formula."""
    with_links = openpyxl.load_workbook(linked(tmp_path / "a.xlsx", tmp_path / "a.pages", reports=4))
    without = openpyxl.load_workbook(written(tmp_path, ".xlsx", reports=corpus()[:4]))
    for name in TABLES:
        assert list(with_links[name].values) == list(without[name].values)
        assert not any(cell.hyperlink for row in without[name].iter_rows() for cell in row)
        assert not any(cell.data_type == "f" for row in with_links[name].iter_rows() for cell in row)


def test_nothing_of_a_report_is_in_a_link(tmp_path: Path) -> None:
    report = parse(
        '一、2024年工作安排\n推进“=HYPERLINK("http://a")”行动，新增就业7200人。', year=2024, title="http://a"
    )
    with open_output(tmp_path / "out.xlsx", pages=tmp_path / "out.pages") as output:
        for name in output.tables:
            output.write(name, rows(name, report))
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        for name in book.namelist():
            if name.endswith(".rels"):
                assert "http://a" not in book.read(name).decode().replace("http://schemas", "")
                assert "HYPERLINK" not in book.read(name).decode()


@pytest.mark.parametrize("name", ["报告 #1%20.pages", "a&b<c>.pages", "[x]?.pages"])
def test_a_directory_of_any_name(tmp_path: Path, name: str) -> None:
    book = openpyxl.load_workbook(linked(tmp_path / "out.xlsx", tmp_path / name, reports=1))
    addresses = {address.split("/r")[0] for _, _, address in links(book["targets"])}
    assert {unquote(address) for address in addresses} == {name}
    assert all("#" not in address for address in addresses)


def test_rows_beyond_what_a_sheet_links_go_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LINKS", 10)
    monkeypatch.setattr(workbook, "ROWS", 31)
    book = openpyxl.load_workbook(linked(tmp_path / "out.xlsx", tmp_path / "out.pages", reports=2))
    for name in ("targets", "targets 2"):
        assert book[name].max_row == 31
        assert [row for row in range(2, 32) if book[name].cell(row, 8).hyperlink] == list(range(2, 12))
    assert book["targets"].cell(12, 8).value


def test_what_stands_in_no_sheet_has_no_links() -> None:
    assert set(LINKED) < set(TABLES)
    assert link_of("sentences") is None
    assert link_of("errors") is None


@pytest.mark.parametrize("ending", ["", ".jsonl", ".parquet"])
def test_other_formats_are_the_same_with_pages(tmp_path: Path, ending: str) -> None:
    write(tmp_path / f"a{ending}", corpus()[:2])
    with open_output(tmp_path / f"b{ending}", pages=tmp_path / "b.pages") as output:
        for report in corpus()[:2]:
            for name in output.tables:
                output.write(name, rows(name, report))
    a, b = (tmp_path / f"{stem}{ending}" for stem in "ab")
    if a.is_dir():
        a, b = (next(file for file in sorted(d.iterdir()) if "targets" in file.name) for d in (a, b))
    assert a.read_bytes() == b.read_bytes()
