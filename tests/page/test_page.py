"""The page of a report: all of its text, a place for each record, and nothing that runs or loads."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
from pathlib import Path

import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings

from govreport_nlp import Report, parse, read
from govreport_nlp.page import page, shown
from govreport_nlp.tables import TABLES, rows
from govreport_nlp.tables.links import anchor
from tests.properties.test_report import TEXTS

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
FILES = sorted(file for file in CORPUS.iterdir() if file.suffix in (".txt", ".html", ".docx"))
RECORDS = ("quantities", "relative_targets", "slogans", "projects")

HOSTILE = """各位代表：
一、2024年工作安排<img src=x onerror="document.title='ran'">
（一）稳就业&lt;b&gt;。新增就业7200人</script><script>document.title="ran"</script>，增长5%。
深化“<script>document.title='ran'</script>”改革，推进“javascript:alert(1)”行动，弘扬“]]><!--”精神。
（二）强交通。开工建设望河</article></main><a href="javascript:alert(1)">大桥</a>项目。
"""


def tree(report: Report) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page(report))


@functools.cache
def hostile() -> Report:
    meta = {"title": "</title><script>1</script>", "source": "javascript:alert(1)", "speaker": "'\"><b>"}
    return parse(HOSTILE, year=2024, region="<i>县</i>", **meta)


def check(report: Report) -> None:
    """All that holds of the page of any report."""
    found = tree(report)
    [article] = found.iter("article")
    assert article.text_content() == shown(report.text)
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))
    for table in RECORDS:
        for record in getattr(report, table):
            name = anchor(table, record.start, record.end)
            pieces = article.xpath(f".//mark[@id='{name}' or @data-of='{name}']")
            assert pieces[0].get("id") == name
            assert "".join(piece.text_content() for piece in pieces) == shown(record.text)
    assert article.xpath(".//*[starts-with(@id, 'section-')]/@id") == [
        f"section-{i}" for i in range(len(report.sections))
    ]
    links = found.xpath("//@href")
    assert set(links) <= {"data:,", "#text", *(f"#{name}" for name in ids)}


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_the_corpus(file: Path) -> None:
    report = read(file)
    check(report)
    found = tree(report)
    for table in RECORDS:
        for record in getattr(report, table):
            [mark] = found.xpath(f"//mark[@id='{anchor(table, record.start, record.end)}']")
            assert mark.text_content() == record.text  # no two spans of the corpus cross: one element holds it all
    for i, section in enumerate(report.sections):
        [heading] = found.xpath(f"//*[@id='section-{i}']")
        assert re.fullmatch("h[2-6]", heading.tag)
        assert section.title in heading.text_content()
    assert page(report) == page(report)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text(text: str) -> None:
    check(parse(text, year=2024))


def test_nothing_of_the_report_runs_or_loads() -> None:
    report = hostile()
    assert len(report.quantities) + len(report.slogans) >= 3
    check(report)
    found = tree(report)
    assert found.find(".//title").text == "</title><script>1</script>"
    assert [script.get("type") for script in found.iter("script")] == ["application/json", None]
    assert not found.xpath("//img | //iframe | //object | //embed | //form | //base | //link[@rel!='icon'] | //@src")
    assert not [name for element in found.xpath("//*[@*]") for name in element.attrib if name.startswith("on")]
    assert not found.xpath("//@style")
    assert "javascript:" in found.text_content()


def test_the_policy_allows_the_style_and_the_script_of_the_page_alone() -> None:
    found = tree(hostile())
    [policy] = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    hashes = [
        "'sha256-" + base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode() + "'"
        for element in (found.find(".//style"), found.findall(".//script")[1])
    ]
    assert policy == (
        f"default-src 'none'; style-src {hashes[0]}; script-src {hashes[1]}; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    assert page(hostile()).index("http-equiv") < page(hostile()).index("<style>")


def test_the_columns_are_those_of_the_tables() -> None:
    report = read(CORPUS / "wangshuo-2024.txt")
    data = json.loads(tree(report).get_element_by_id("data").text)
    for table in RECORDS:
        heads = TABLES[table].heads("zh")
        for row in rows(table, report):
            cells = dict(zip(TABLES[table].heads(), row, strict=True))
            kind, *given = data["records"][anchor(table, cells["start"], cells["end"])][0]
            assert kind == ("targets" if table == "quantities" and cells["status"] == "target" else table)
            wanted = dict(zip(heads, row, strict=True))
            assert given == [wanted[head] for head in data["tables"][kind]["columns"]]
    assert {"指标", "数值", "单位", "界限", "性质", "起始年", "规则", "把握度"} <= set(
        data["tables"]["targets"]["columns"]
    )
    assert {"项目名称", "阶段"} <= set(data["tables"]["projects"]["columns"])
    assert {"类别", "释义"} <= set(data["tables"]["slogans"]["columns"])


def test_what_the_report_is_stands_above_its_text() -> None:
    report = read(CORPUS / "wangshuo-2024.txt")
    found = tree(report)
    assert found.get("lang") == "zh"
    assert [h.text_content() for h in found.iter("h1")] == [report.meta.title]
    meta = dict(zip(found.xpath("//header//dt/text()"), found.xpath("//header//dd/text()"), strict=True))
    assert (meta["地区"], meta["年份"]) == ("望朔县", "2024")


def test_the_tree_is_a_nested_table_of_contents() -> None:
    report = read(CORPUS / "wangshuo-2024.txt")
    [nav] = tree(report).iter("nav")
    assert [link.get("href") for link in nav.iter("a")] == [f"#section-{i}" for i in range(len(report.sections))]
    for i, section in enumerate(report.sections):
        [link] = nav.xpath(f".//a[@href='#section-{i}']")
        assert link.text == section.marker + section.title
        assert len(list(link.iterancestors("ol"))) == section.depth


def test_the_list_names_every_record() -> None:
    report = read(CORPUS / "wangshuo-2024.txt")
    [aside] = tree(report).iter("aside")
    links = aside.xpath(".//details//a/@href")
    assert sorted(links) == sorted(f"#{anchor(t, r.start, r.end)}" for t in RECORDS for r in getattr(report, t))
    [targets] = aside.xpath(".//details[contains(@class, 'targets')][not(contains(@class, 'relative'))]")
    assert len(targets.findall(".//li")) == len(report.targets)


def test_what_is_not_the_report_is_folded_away() -> None:
    found = tree(read(CORPUS / "songping-2023.html"))
    folded = found.xpath("//details[@class='off']")
    assert folded
    assert not any(details.xpath(".//mark | .//h2") for details in folded)
    assert all(len(details.findall("p")) == int(details.find("summary").get("data-lines")) > 1 for details in folded)


def test_a_line_that_goes_on_is_no_paragraph_of_its_own() -> None:
    report = parse("一、2024年工作安排\n新增就业7200\n人，稳定\n收入。\n增长5%。", year=2024)
    paragraphs = tree(report).findall(".//article/p")
    assert [p.text_content() for p in paragraphs][-1] == "增长5%。"


@pytest.mark.parametrize("text", ["", "\n", "各位代表：", "\x00\r\n\uffff增长5%。"])
def test_odd_texts(text: str) -> None:
    report = parse(text)
    check(report)
    page(report).encode()
