"""What holds of every report, whatever its text or its bytes."""

from __future__ import annotations

import io
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from govreport_nlp import GovReportError, Report, parse, read
from govreport_nlp.model import Section

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
FILES = sorted(file for file in CORPUS.iterdir() if file.suffix in (".txt", ".html", ".docx"))

# Pieces that reports are made of, so that drawn texts reach every rule and its edges.
PIECES = """
政府工作报告|各位代表：|一、2023年工作回顾|二、2024年工作安排|三、|（一）稳就业。
（二）|1.强教育。|一是|——|第一，|守牢生态底线。|名词解释|1.双碳：指碳达峰与碳中和。
城镇新增就业7200人以上|登记失业率控制在3.9%以内|生产总值增长5.0%—5.5%
分别增长5%、6%|由48.2%提高到58%|粮食产量四亿零七百多万吨|１９９３年
1 9 9 3 年3 月|翻一番|三分之二|２.３万个|19·5％|“双碳”|‘放管服’
「一网通办」|居民收入与经济增长同步|完成东路、西街等6条道路改造项目|开工建设望河大桥
总投资30亿元的望河产业园|［12］|（下转第四版）|首页 > 政务公开|**|<b>
"""
SIGNS = [
    "“", "”", "，", "。", "；", "、", "！", "𠮷",
    "\n", "\n\n", "\u3000\u3000", " ", "\t", "\r\n", "\ufeff", "\u200b", "\x00", "\x0c",
]  # fmt: skip
PARTS = st.sampled_from(PIECES.replace("\n", "|").strip("|").split("|") + SIGNS) | st.text(max_size=5)
TEXTS = st.lists(PARTS, max_size=60).map("".join)


def tables(report: Report) -> list[tuple[int, int, str]]:
    """Place and text of every record of every table."""
    records = (
        *report.quantities,
        *report.relative_targets,
        *report.slogans,
        *report.projects,
        *report.sentences,
    )
    return [(record.start, record.end, record.text) for record in records]


def check(report: Report) -> None:
    """All that holds of any report."""
    for start, end, text in tables(report):
        assert 0 <= start < end <= len(report.text)
        assert report.text[start:end] == text
    check_section(report.root)
    assert [s.index for s in report.sentences] == list(range(len(report.sentences)))
    for before, after in zip(report.sentences, report.sentences[1:], strict=False):
        assert before.end <= after.start
    for index, section in enumerate(report.sections):
        assert section.parent is None or section.parent < index
    for a, b in report.boilerplate:
        assert 0 <= a < b <= len(report.text)
    assert Report.from_json(report.to_json()) == report


def check_section(section: Section) -> None:
    """Children lie within their parent, one after the other, and so do its own sentences."""
    end = section.start
    for child in section.children:
        assert end <= child.start < child.end <= section.end
        assert child.depth == section.depth + 1
        assert child.title.strip() == child.title
        end = child.end
        check_section(child)
    for sentence in section.sentences:
        assert section.start <= sentence.start < sentence.end <= section.end


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
@example("整治”“非”")
def test_any_text_is_a_report_that_keeps_its_places(text: str) -> None:
    report = parse(text, year=2024)
    assert report.text == text
    check(report)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(FILES), st.data())
def test_any_part_of_a_report_keeps_its_places(file: Path, data: st.DataObject) -> None:
    whole = read(file).text
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 1500)))
    check(parse(whole[start:end], year=2024))


def test_the_corpus_keeps_its_places() -> None:
    assert FILES
    for file in FILES:
        check(read(file))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400) | TEXTS.map(str.encode) | TEXTS.map(lambda text: text.encode("gb18030")))
def test_any_bytes_are_a_report_or_an_error_in_words(data: bytes) -> None:
    answer(data)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FILES), st.data())
def test_a_damaged_file_is_a_report_or_an_error_in_words(file: Path, data: st.DataObject) -> None:
    damaged = bytearray(file.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        match data.draw(st.sampled_from(["change", "cut", "insert", "repeat"])):
            case "change":
                damaged[at] = data.draw(st.integers(0, 255))
            case "cut":
                del damaged[at : at + data.draw(st.integers(1, 2000))]
            case "insert":
                damaged[at:at] = data.draw(st.binary(max_size=20))
            case "repeat":
                damaged[at:at] = damaged[at : at + 500]
        if not damaged:
            break
    answer(bytes(damaged))


def answer(data: bytes) -> None:
    problem = None
    try:
        check(read(io.BytesIO(data)))
    except GovReportError as error:
        problem = str(error)
    assert problem is None or (problem.endswith(".") and len(problem.splitlines()) == 1)
