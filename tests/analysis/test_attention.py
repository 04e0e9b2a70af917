"""Word shares on texts of our own, on the shipped corpus and on a real series."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_nlp import Corpus, parse
from govreport_nlp import source as sources
from govreport_nlp.analysis import attention, attention_hits, word_lists
from govreport_nlp.analysis.columns import ATTENTION, ATTENTION_HITS
from govreport_nlp.analysis.word_counts import Finder, Overlap
from govreport_nlp.errors import EmptyInputError
from govreport_nlp.report import Report
from govreport_nlp.tables.words import n_tokens

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
SHARED = ROOT / "../shared/reports"

REPORT = """望朔县2024年政府工作报告
各位代表：
一、2023年工作回顾
环境保护取得实效，空气质量改善。绿色成为底色。
存在的问题：生态短板突出。
二、2024年工作安排
加强环境保护。
推动绿色低碳发展，建设绿色家园。
全县上下同心。
名词解释
1.绿色工厂：绿色、低碳、循环的工厂。
2.碳汇：森林吸收二氧化碳的能力。
"""


def counts(
    report: Report | str, lists: Any, scope: str = "all", name: str = "words", policy: Overlap = "longest"
) -> dict[str, Any]:
    made = parse(report, year=2024) if isinstance(report, str) else report
    frame = attention([made], lists, overlap_policy=policy)
    [row] = frame[(frame["scope"] == scope) & (frame["list"] == name)].to_dict("records")
    return {str(key): value for key, value in row.items()}


def test_the_columns_are_the_declared_ones() -> None:
    assert list(attention([], ["绿色"]).columns) == [column.name for column in ATTENTION.columns]
    assert list(attention_hits([], ["绿色"]).columns) == [column.name for column in ATTENTION_HITS.columns]


def test_a_word_inside_a_longer_one_counts_once() -> None:
    row = counts("加强环境保护，改善环境。", ["环境", "保护", "环境保护"])
    assert (row["n_hits"], row["n_words_hit"], row["n_chars_hit"], row["overlap_policy"]) == (2, 2, 6, "longest")


def test_each_list_is_counted_for_itself_unless_asked_otherwise() -> None:
    lists = {"short": ["经济"], "long": ["数字经济"]}
    text = "发展数字经济，壮大县域经济。"
    assert [counts(text, lists, name=n)["n_hits"] for n in lists] == [2, 1]
    assert [counts(text, lists, name=n, policy="longest_of_all")["n_hits"] for n in lists] == [1, 1]


def test_a_word_of_two_lists_counts_in_both() -> None:
    lists = {"a": ["绿色"], "b": ["绿色", "绿色发展"]}
    assert [counts("绿色崛起", lists, name=n, policy="longest_of_all")["n_hits"] for n in lists] == [1, 1]


def test_every_occurrence_counts_where_asked_but_covers_its_characters_once() -> None:
    row = counts("加强环境保护。", ["环境", "保护", "环境保护"], policy="every")
    assert (row["n_hits"], row["n_words_hit"], row["n_chars_hit"]) == (3, 3, 4)


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(ValueError, match="longest_of_all"):
        attention([], ["绿色"], overlap_policy="shortest")  # type: ignore[arg-type]


def test_latin_words_are_whole_words() -> None:
    assert counts("建设5G基站，装机15GW，部署5GA网络，5G+应用。", ["5G"])["n_hits"] == 2


def test_words_are_found_however_they_are_written() -> None:
    assert counts("ＰＭ２．５浓度下降，環境保護加强，生 态向好。", ["PM2.5", "环境保护", "生态"])["n_hits"] == 3


def test_a_word_across_a_broken_line_is_found_at_its_place() -> None:
    text = "过去一年，全县上下同心，办成了不少实事，道路更宽，校园更美，医院更近，群众的日子一天比一天更有盼头，" * 3
    text = f"{text}我们还努力加强环境保护工作，成效看得见。"
    text = text[text.index("保护") % 30 :]
    wrapped = "\n".join(text[i : i + 30] for i in range(0, len(text), 30))
    [row] = attention_hits([parse(wrapped)], ["环境保护"]).to_dict("records")
    assert (row["word"], row["text"]) == ("环境保护", "环境\n保护")
    assert wrapped[row["start"] : row["end"]] == row["text"]


def test_sentences_characters_and_words_are_counted() -> None:
    row = counts("我们加强环境保护。改善空气质量。全县的森林覆盖率提高。", ["环境保护", "空气"])
    # 我们 加强 环境保护 | 改善 空气质量 | 全县 的 森林 覆盖率 提高, of which 我们 and 的 are stop words
    assert (row["n_sentences"], row["n_sent_hit"], row["n_chars"]) == (3, 2, 27)
    assert (row["n_tokens"], row["n_tokens_nostop"]) == (10, 8)
    assert row["share_tokens"] == pytest.approx(2 / 10)
    assert row["share_chars"] == pytest.approx(6 / 27)


def test_plan_and_review_are_those_of_the_sections() -> None:
    report = parse(REPORT, year=2024)
    words = ["环境保护", "绿色", "生态"]
    assert [counts(report, words, scope)["n_hits"] for scope in ("all", "plan", "review")] == [6, 3, 3]
    assert [counts(report, words, scope)["scope_rule"] for scope in ("all", "plan", "review")] == [
        "body",
        "sections",
        "sections",
    ]


def test_the_glossary_is_left_out() -> None:
    assert counts(REPORT, ["工厂", "循环", "二氧化碳"])["n_hits"] == 0


def test_boilerplate_is_left_out() -> None:
    text = REPORT.split("名词解释")[0] + "版权所有：望朔县绿色环保网\n"
    report = parse(text, year=2024)
    assert report.boilerplate
    assert counts(report, ["环保"])["n_hits"] == 0


def test_where_no_section_tells_the_scope_nothing_is_counted_for_it() -> None:
    text = "各位代表：\n绿色发展。"
    plan = counts(text, ["绿色"], "plan")
    assert (plan["scope_rule"], plan["n_words"]) == ("unknown", 1)
    frame = attention([parse(text)], ["绿色"])
    assert frame.loc[frame.scope != "all", ["n_hits", "n_tokens", "share_tokens"]].isna().all().all()
    assert counts(text, ["绿色"])["n_hits"] == 1


def test_a_part_on_problems_closes_the_review() -> None:
    text = (
        "一、2023年工作回顾\n成绩很好。\n二、存在的困难和问题\n生态欠账较多。\n三、2024年工作安排\n"
        "（一）稳就业。开展就业服务，做好政策落实。\n（二）强生态。保护生态，修复湿地。"
    )
    assert [counts(text, ["生态"], scope)["n_hits"] for scope in ("all", "plan", "review")] == [3, 2, 1]


def test_a_file_that_cannot_be_read_is_one_row() -> None:
    error = EmptyInputError("a.txt", "the file holds no text", "send it again")
    [row] = attention([error], ["绿色"]).to_dict("records")
    assert (row["file"], row["scope_rule"], row["problem"]) == ("a.txt", "unreadable", "the file holds no text")
    assert attention_hits([error], ["绿色"]).empty


def test_the_tokenizer_knows_the_words_and_no_other_tokenizer_learns_them() -> None:
    word = "望朔黑头羊保种场"
    text = f"建好{word}。"
    before = list(jieba.cut(text))
    # 建好 望朔黑头羊保种场, or 建 好 and it
    assert counts(text, [word])["n_tokens"] < counts(text, ["绿色"])["n_tokens"]
    assert list(jieba.cut(text)) == before
    assert word not in before


def test_the_tokenizer_and_the_source_are_named() -> None:
    row = counts(REPORT, "environment", name="environment")
    assert row["tokenizer"] == f"jieba {importlib.import_module('jieba').__version__}"
    assert "陈诗一" in row["source"]


def test_files_may_be_lists(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("list,word\ngreen,绿色\nair,空气\n", encoding="utf-8")
    assert counts(REPORT, tmp_path / "mine.csv", name="green")["n_hits"] == 3
    assert counts(REPORT, word_lists(tmp_path / "mine.csv"), name="air")["n_hits"] == 1


@given(st.lists(st.text(alphabet="环境保护生态5G a", min_size=1), min_size=1), st.text(alphabet="环境保护生态5G a。"))
def test_longest_matches_never_overlap_and_are_what_they_say(words: list[str], text: str) -> None:
    end = 0
    for hit in Finder({"a": tuple(dict.fromkeys(words))}, "longest").hits(text):
        assert hit.start >= end
        assert text[hit.start : hit.end] == hit.word
        end = hit.end


@pytest.fixture(scope="module")
def corpus() -> tuple[Report, ...]:
    return Corpus(
        [str(file) for file in sorted(CORPUS.glob("*.*")) if file.suffix in (".txt", ".html", ".docx")]
    ).reports


def test_the_corpus_by_an_independent_count(corpus: tuple[Report, ...]) -> None:
    words = sorted(word_lists("environment").lists["environment"], key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, words)))
    frame = attention(corpus, "environment")
    for report in corpus:
        assert report.meta.file
        page = CORPUS.parent / "scripts" / "corpus" / f"{Path(report.meta.file).stem}.md"
        source = page.read_text(encoding="utf-8")
        text = re.sub(r"\s|[*#]", "", re.split(r"名词解释|名词说明|注释", source)[0])
        [row] = frame[(frame.file == report.meta.file) & (frame.scope == "all")].to_dict("records")
        assert row["n_hits"] == len(pattern.findall(text)), report.meta.file


def test_the_corpus_agrees_with_the_table_of_reports_and_with_itself(corpus: tuple[Report, ...]) -> None:
    frame = attention(corpus, {"odd": ["魑魅魍魉"], "green": ["绿色", "生态"]})
    hits = attention_hits(corpus, {"odd": ["魑魅魍魉"], "green": ["绿色", "生态"]})
    for report in corpus:
        rows = frame[frame.file == report.meta.file].set_index(["list", "scope"])
        own = hits[hits.file == report.meta.file]
        [known] = report.to_frame("reports").to_dict("records")
        whole = rows.loc[("odd", "all")]
        assert whole.n_hits == 0
        if not any(section.kind == "glossary" for section in report.sections):
            assert whole.n_chars == known["n_chars"]
            kept = sources.Source(report.text, "txt", "", boilerplate=report.boilerplate)
            assert whole.n_tokens == pytest.approx(n_tokens(sources.fold(kept).text), rel=0.002)
        assert whole.n_tokens_nostop < whole.n_tokens < whole.n_chars
        assert rows.loc[("green", "all")].n_hits == len(own)
        for scope in ("plan", "review"):
            part = rows.loc[("green", scope)]
            assert part.scope_rule == "sections"
            assert part.n_hits == (own.scope == scope).sum()
            assert 0 < part.n_tokens < whole.n_tokens
        for hit in own.itertuples():
            assert report.text[hit.start : hit.end] == hit.text
            assert hit.text in hit.sentence


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reports are not here")
def test_a_county_series() -> None:
    frame = attention(str(SHARED / "hailar-*.txt"), "environment")
    whole = frame[frame.scope == "all"].sort_values("year")
    assert whole.year.tolist() == [2012, 2013, 2014, 2016, 2018]
    assert whole.adcode.unique().tolist() == ["150702"]
    assert (whole.n_hits > 0).all()
    assert whole.share_tokens.between(0.0005, 0.02).all()
    assert (frame[frame.scope != "all"].scope_rule == "sections").all()
