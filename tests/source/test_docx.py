"""Word documents: made by hand part by part, so that each feature stands alone."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from govreport_nlp import source as sources
from govreport_nlp.errors import FormatError, GovReportError, LimitError
from govreport_nlp.rules import SHIPPED
from govreport_nlp.source import Source, docx
from govreport_nlp.source.word_numbering import written

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NS = f'xmlns:w="{W}" xmlns:mc="{MC}" xmlns:v="urn:v" xmlns:wps="urn:wps"'


def package(body: str, **parts: str) -> bytes:
    """A .docx whose body is ``body``; ``parts`` are styles, numbering, footnotes, endnotes (their inner XML)."""
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes"}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("[Content_Types].xml", "<Types/>")
        zipped.writestr(
            "_rels/.rels",
            "<Relationships>"
            f'<Relationship Id="r" Type="{REL}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        links = "".join(f'<Relationship Id="{p}" Type="{REL}/{p}" Target="{p}.xml"/>' for p in parts)
        zipped.writestr("word/_rels/document.xml.rels", f"<Relationships>{links}</Relationships>")
        zipped.writestr("word/document.xml", f"<w:document {NS}><w:body>{body}<w:sectPr/></w:body></w:document>")
        for name, inner in parts.items():
            zipped.writestr(f"word/{name}.xml", f"<w:{roots[name]} {NS}>{inner}</w:{roots[name]}>")
    return stream.getvalue()


def p(*runs: str, props: str = "") -> str:
    return f"<w:p><w:pPr>{props}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str, props: str = "") -> str:
    return f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def read(body: str, **parts: str) -> Source:
    return docx.read(package(body, **parts), "a.docx", SHIPPED)


def bold(source: Source) -> list[str]:
    return [source.text[a:b] for a, b in source.bold or ()]


def test_a_paragraph_a_line() -> None:
    source = read(p(r("一、"), r("回顾")) + p() + p(r("　　增长5%。")))
    assert source.text == "一、回顾\n\n　　增长5%。"
    assert source.bold == ()


def test_bold_by_run() -> None:
    source = read(p(r("稳增长", "<w:b/>"), r("。", '<w:b w:val="1"/>'), r("全力", '<w:b w:val="0"/>'), r("推进")))
    assert bold(source) == ["稳增长。"]


def test_bold_spans_hold_no_outer_space_and_no_line_end() -> None:
    source = read(p(r(" 一、回顾 ", "<w:b/>")) + p(r("增长", "<w:b/>"), r(" "), r("很快", "<w:b/>")))
    assert bold(source) == ["一、回顾", "增长 很快"]


STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr/></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="base"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Lead"><w:name w:val="lead"/><w:basedOn w:val="Base"/></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="loop"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Hide"><w:name w:val="hide"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="我的标题"/><w:basedOn w:val="2"/></w:style>
<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>
"""


def test_bold_by_style() -> None:
    body = (
        p(r("甲"), props='<w:pStyle w:val="Lead"/>')
        + p(r("乙"), r("丙", '<w:rStyle w:val="Strong"/>'))
        + p(r("丁", '<w:rStyle w:val="Strong"/>'), r("戊"), props='<w:pStyle w:val="Base"/>')
        + p(r("己", '<w:b w:val="false"/>'), props='<w:pStyle w:val="Base"/>')
        + p(r("庚"), props='<w:pStyle w:val="Loop"/>')
    )
    # 丁: bold in both styles cancels out, as in Word.
    assert bold(read(body, styles=STYLES)) == ["甲", "丙", "戊"]


def test_bold_by_document_defaults() -> None:
    styles = STYLES.replace("<w:rPr/>", "<w:rPr><w:b/></w:rPr>", 1)
    assert bold(read(p(r("甲"), r("乙", '<w:b w:val="0"/>')), styles=styles)) == ["甲"]


def test_headings_by_style_and_outline() -> None:
    body = (
        p(r("甲"), props='<w:pStyle w:val="2"/>')
        + p(r("乙"), props='<w:pStyle w:val="Mine"/>')
        + p(r("丙"), props='<w:outlineLvl w:val="0"/>')
        + p(r("丁"), props='<w:outlineLvl w:val="9"/>')
    )
    source = read(body, styles=STYLES)
    assert [source.text[a:b] for a, b in source.heading] == ["甲", "乙", "丙"]


def test_hidden_text_is_no_text() -> None:
    body = p(r("甲"), r("藏", "<w:vanish/>"), r("乙", '<w:rStyle w:val="Hide"/>'), r("丙"))
    assert read(body, styles=STYLES).text == "甲丙"


def test_contents_are_boilerplate() -> None:
    source = read(p(r("一、回顾\t1"), props='<w:pStyle w:val="T1"/>') + p(r("一、回顾")), styles=STYLES)
    assert [source.text[a:b] for a, b in source.boilerplate] == ["一、回顾\t1"]


def test_changes_are_taken_as_accepted() -> None:
    body = (
        "<w:p>"
        + r("新建")
        + f"<w:ins>{r('学校')}</w:ins>"
        + "<w:del><w:r><w:delText>医院</w:delText></w:r></w:del>"
        + f"<w:moveTo>{r('3所')}</w:moveTo><w:moveFrom>{r('5所')}</w:moveFrom></w:p>"
        + p(r("前半"), props="<w:rPr><w:del/></w:rPr>")
        + p(r("后半"))
        + "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>全删</w:delText></w:r></w:del></w:p>"
        + p(r("末"))
    )
    assert read(body).text == "新建学校3所\n前半后半\n末"


def test_what_stands_in_a_run() -> None:
    run = (
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:br w:type='page'/><w:noBreakHyphen/>"
        "<w:softHyphen/><w:sym w:font='Wingdings' w:char='F0E0'/><w:t>丁</w:t><w:instrText>PAGE</w:instrText></w:r>"
    )
    assert read(f"<w:p>{run}</w:p>").text == "甲\t乙\n丙-丁"


def test_links_fields_controls_and_ruby() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{r('dú')}</w:rt><w:rubyBase>{r('读')}</w:rubyBase></w:ruby></w:r>"
    body = (
        f"<w:p><w:hyperlink>{r('甲')}</w:hyperlink><w:fldSimple>{r('乙')}</w:fldSimple>"
        f"<w:sdt><w:sdtPr/><w:sdtContent>{r('丙')}</w:sdtContent></w:sdt><w:smartTag>{r('丁')}</w:smartTag>{ruby}</w:p>"
        f"<w:sdt><w:sdtContent>{p(r('戊'))}</w:sdtContent></w:sdt>"
    )
    assert read(body).text == "甲乙丙丁读\n戊"


def cell(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(paragraphs)}</w:tc>"


def test_tables_in_reading_order() -> None:
    rows = (
        f"<w:tr>{cell(p(r('指标')))}{cell(p(r('目标')))}</w:tr>"
        f"<w:tr>{cell(p(r('新增就业')))}{cell(p(r('7200人')))}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell(p(r('删')))}{cell(p(r('去')))}</w:tr>"
        f"<w:tr>{cell(p(r('甲')), p(r('乙')))}{cell(p(r('丙')))}</w:tr>"
    )
    assert (
        read(p(r("前")) + f"<w:tbl>{rows}</w:tbl>" + p(r("后"))).text
        == "前\n指标\t目标\n新增就业\t7200人\n甲\n乙\n丙\n后"
    )


def test_text_boxes_once_and_where_they_stand() -> None:
    inside = f"<w:txbxContent>{p(r('框内'))}</w:txbxContent>"
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert read(f"<w:p>{box}{r('正文')}</w:p>").text == "框内\n正文"
    assert read(f"<w:p>{r('正文')}{box}</w:p>").text == "正文\n框内"


def test_notes() -> None:
    body = p(r("落实河长制"), '<w:r><w:footnoteReference w:id="3"/></w:r>', r("，推行网格化"),
             '<w:r><w:endnoteReference w:id="2"/></w:r>', r("。"))  # fmt: skip
    feet = (
        f'<w:footnote w:id="0" w:type="separator">{p(r("x"))}</w:footnote>'
        f'<w:footnote w:id="3">{p(r(" 河长制：指由领导担任河长。"))}</w:footnote>'
    )
    ends = f'<w:endnote w:id="2">{p(r("网格化：指划分网格。"))}{p(r("第二段。"))}</w:endnote>'
    source = read(body, footnotes=feet, endnotes=ends)
    assert (
        source.text
        == "落实河长制[1]，推行网格化[2]。\n[1]  河长制：指由领导担任河长。\n[2] 网格化：指划分网格。\n第二段。"
    )
    assert [source.text[a:b] for a, b in source.boilerplate] == ["[1]", "[2]"]
    assert source.text[source.notes[0][0] : source.notes[-1][1]].startswith("[1]")
    assert sources.fold(source).text.startswith("落实河长制，推行网格化。\n")


def test_a_mark_that_the_author_set_is_no_text() -> None:
    mark = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'
    source = read(
        p(r("落实“河长制”"), mark, r("，推行改革。")),
        footnotes=f'<w:footnote w:id="2">{p(r("*"), r(" 指由领导担任河长。"))}</w:footnote>',
    )
    assert source.text == "落实“河长制”[1]*，推行改革。\n[1]  指由领导担任河长。"
    assert [source.text[a:b] for a, b in source.boilerplate] == ["[1]*"]


def level(number: int, format: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


LISTS = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.", '<w:suff w:val="space"/>')
    + level(3, "decimalEnclosedCircle", "%4", '<w:suff w:val="nothing"/>')
    + level(4, "bullet", "\uf06c")
    + level(5, "bullet", "——")
    + "</w:abstractNum>"
    + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    + '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def item(text: str, depth: int, num: int = 1) -> str:
    return p(r(text), props=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>')


def test_numbers_that_word_counts_are_part_of_the_text() -> None:
    body = "".join(
        (item("回顾", 0), item("产业", 1), item("民生", 1), item("学校", 2), item("就业", 2), item("路", 3),
         item("安排", 0), item("项目", 1), item("点", 4), item("坚持实干", 5), item("其他", 0, 2), item("无", 0, 0))
    )  # fmt: skip
    assert read(body, numbering=LISTS).text.split("\n") == [
        "一、回顾", "（一）产业", "（二）民生", "1. 学校", "2. 就业", "①路", "二、安排", "（一）项目", "点",
        "——坚持实干", "五、其他", "无",
    ]  # fmt: skip


def test_numbers_by_style_and_their_boldness() -> None:
    styles = STYLES + (
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="h"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "<w:rPr><w:b/></w:rPr></w:style>"
    )
    source = read(p(r("回顾"), props='<w:pStyle w:val="H"/>'), styles=styles, numbering=LISTS)
    assert source.text == "一、回顾"
    assert bold(source) == ["一、回顾"]


@pytest.mark.parametrize(
    ("count", "format", "expected"),
    [
        (10, "chineseCounting", "十"), (11, "chineseCounting", "十一"), (21, "chineseCounting", "二十一"),
        (105, "chineseCountingThousand", "一百零五"),
        (3, "chineseLegalSimplified", "叁"), (2, "ideographTraditional", "乙"),
        (1, "decimalEnclosedParen", "⑴"), (20, "decimalEnclosedCircle", "⑳"), (21, "decimalEnclosedCircle", "21"),
        (28, "lowerLetter", "bb"), (9, "lowerRoman", "ix"), (7, "decimalZero", "07"), (12, "decimalFullWidth", "１２"),
        (4, "unheardOf", "4"), (0, "chineseCounting", "0"), (1, "none", ""),
    ],
)  # fmt: skip
def test_number_formats(count: int, format: str, expected: str) -> None:
    assert written(count, format) == expected


def test_a_page_taken_in_whole() -> None:
    stream = io.BytesIO()
    body = package(p(r("前")) + f'<w:altChunk xmlns:r="{REL}" r:id="c1"/>' + p(r("后")))
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name.endswith("document.xml.rels"):
                text = (
                    f'<Relationships><Relationship Id="c1" Type="{REL}/aFChunk" Target="/word/c.htm"/></Relationships>'
                )
            new.writestr(name, text)
        new.writestr("word/c.htm", "<html><body><p>一、<b>回顾</b></p><p>增长5%。</p></body></html>")
    source = docx.read(stream.getvalue(), "a.docx", SHIPPED)
    assert source.text == "前\n一、回顾\n增长5%。\n后"
    assert bold(source) == ["回顾"]
    with pytest.raises(FormatError, match="broken"):
        read(f'<w:altChunk xmlns:r="{REL}" r:id="c2"/>')


def test_the_strict_namespace() -> None:
    data = package(p(r("一、回顾", "<w:b/>")))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).decode().replace(W, STRICT))
    assert bold(docx.read(stream.getvalue(), "a.docx", SHIPPED)) == ["一、回顾"]


def test_a_damaged_package() -> None:
    data = package(p(r("增长5%。")) * 500)
    with pytest.raises(
        FormatError, match=r"a\.docx: this \.docx is broken: the archive is damaged or cut short; open it"
    ):
        docx.read(data[: len(data) // 2], "a.docx", SHIPPED)
    at = data.index(b"word/document.xml") + 80
    with pytest.raises(FormatError, match="broken"):
        docx.read(data[:at] + b"\x00\xff\x00\xff" * 4 + data[at + 16 :], "a.docx", SHIPPED)


def test_a_part_that_is_not_well_formed() -> None:
    with pytest.raises(FormatError, match=r"document\.xml is not well-formed"):
        read("<w:p><w:r>")


def test_an_encrypted_archive() -> None:
    data = bytearray(package(p(r("增长5%。"))))
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    with pytest.raises(FormatError, match="encrypted"):
        docx.read(bytes(data), "a.docx", SHIPPED)


def test_entities_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密")
    for entity in (f'SYSTEM "{secret.as_uri()}"', '"机密"'):
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(package(p(r("X"))))) as old, zipfile.ZipFile(stream, "w") as new:
            for name in old.namelist():
                text = old.read(name).decode()
                if name == "word/document.xml":
                    text = f"<!DOCTYPE d [<!ENTITY e {entity}>]>" + text.replace("X", "&e;")
                new.writestr(name, text)
        with pytest.raises(FormatError, match="document type"):
            docx.read(stream.getvalue(), "a.docx", SHIPPED)


def test_a_part_that_unpacks_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MAX_PART", 10_000)
    with pytest.raises(LimitError, match="unpacks to more than"):
        read(p(r("增长5%。")) * 2000)


def test_deep_nesting_is_an_error_of_ours() -> None:
    deep = "<w:sdt><w:sdtContent>" * 400 + "</w:sdtContent></w:sdt>" * 400
    with pytest.raises(GovReportError):
        read(deep)


def test_shared_reports_as_another_library_reads_them(shared: Path) -> None:
    """python-docx reads the same paragraphs; bold runs of its own agree where it can tell."""
    library = pytest.importorskip("docx")
    for path in sorted((shared / "reports").glob("*.docx")):
        source = sources.read(path)
        document = library.Document(str(path))
        assert source.text.rstrip("\n") == "\n".join(x.text for x in document.paragraphs).rstrip("\n"), path.name
        marked = "".join(source.text[a:b] for a, b in source.bold or ())
        runs = "".join(run.text for x in document.paragraphs for run in x.runs if run.bold and run.text.strip())
        assert "".join(runs.split()) == "".join(marked.split()), path.name
