"""The pieces of a slogan's meaning: what it counts, what an explanation lists, which sense is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_nlp.extract import quotes
from govreport_nlp.extract.slogan_count import counts
from govreport_nlp.extract.slogan_definition import beside
from govreport_nlp.extract.slogan_lexicon import key, lexicon
from govreport_nlp.extract.slogan_parts import itemize
from govreport_nlp.model import SloganKind
from govreport_nlp.rules import SHIPPED


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("三农", (3,)),
        ("双碳", (2,)),
        ("五位一体", (5,)),
        ("双一流", (2,)),
        ("七有五性", (12,)),
        ("三治三严三靠", (9, 3)),
        ("四水四定", (8, 4)),
        ("双随机一公开", (3,)),
        ("一老一小", (2,)),
        ("十二项任务", (12,)),
        ("五个一工程", (5,)),
        ("四张清单一张网", (5,)),
        ("清四乱", (4,)),
        ("8+4", (12,)),
        ("7个专项行动", (7,)),
        ("1+N", ()),
        ("一网通办", ()),
        ("一企一策", ()),
        ("百千万工程", ()),
        ("两百工程", ()),
        ("三年行动", ()),
        ("第三方", ()),
        ("放管服", ()),
        ("", ()),
    ],
)
def test_counts(term: str, expected: tuple[int, ...]) -> None:
    assert counts(term, SHIPPED) == expected


@given(st.text(alphabet="一二三四五六七八九十两双百千万个年8+4X、甲乙", max_size=30))
def test_counts_are_of_more_than_one_part(term: str) -> None:
    assert all(n > 1 for n in counts(term, SHIPPED) if "+" not in term and not term[:1].isdigit())


@pytest.mark.parametrize(
    ("explanation", "term", "kind", "expected"),
    [
        ("甲、乙、丙", "三件", "numeric", ("甲", "乙", "丙")),
        ("甲、乙和丙等。", "三件", "numeric", ("甲", "乙", "丙")),
        ("甲和乙", "两件", "numeric", ("甲", "乙")),
        ("修好路、通好水；种好树", "两件", "numeric", ("修好路、通好水", "种好树")),
        ("省、市（州）、县（市、区）", "三级", "numeric", ("省", "市（州）", "县（市、区）")),
        ("访民情、解民忧、帮民富", "访解帮", "abbreviation", ("访民情", "解民忧", "帮民富")),
        ("甲、乙", "三件", "numeric", ()),
        ("甲、乙、丙、丁", "三件", "numeric", ()),
        ("摸清底数、分类施策，让群众受益", "三件", "numeric", ()),
        ("甲、乙、丙", "枫桥经验", "model", ()),
        ("吃饭、穿衣、住房", "访解帮", "abbreviation", ()),
        ("", "三件", "numeric", ()),
    ],
)
def test_itemize(explanation: str, term: str, kind: SloganKind, expected: tuple[str, ...]) -> None:
    assert itemize(explanation, term, kind, SHIPPED) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("“三资”（即资金、资产、资源）", "numeric", "资金、资产、资源"),
        ("“三资”清查（资金、资产、资源）", "numeric", "资金、资产、资源"),
        ("“田长”是指管护一片耕地的责任人。", "figure", "管护一片耕地的责任人"),
        ("“田长”制度，即由村干部管护耕地的制度；另有", "phrase", "由村干部管护耕地的制度"),
        ("“两张表”——也就是任务表、责任表。", "numeric", "任务表、责任表"),
        ("“三资”即资金、资产、资源，全部入账。", "numeric", "资金、资产、资源"),
        ("“两篇文章”：种好田、养好牛。", "numeric", "种好田、养好牛"),
        ("“田长”（2024年设立）", "figure", None),
        ("“田长”（以下简称田长）", "figure", None),
        ("“田长”即将上岗。", "figure", None),
        ("“三项机制”包括很多内容。", "numeric", None),
        ("“三项机制”：狠抓落实。", "numeric", None),
        ("“田长”制度（", "phrase", None),
        ("“田长”", "figure", None),
    ],
)
def test_beside(text: str, kind: SloganKind, expected: str | None) -> None:
    found = beside(text, quotes.find(text)[0], kind, SHIPPED)
    assert (found.text if found else None) == expected


@pytest.mark.parametrize(
    ("plain", "after", "expected"),
    [
        ("放管服", "改革", "放管服"),
        ("放管服改革", "", "放管服"),
        ("新时代枫桥经验", "", "枫桥经验"),
        ("枫桥", "经验", "枫桥经验"),
        ("两新", "组织党建", "两新组织"),
        ("两新", "政策", "两新"),
        ("枫桥", "，", None),
        ("改革", "", None),
        ("甲" * 50, "", None),
    ],
)
def test_known_slogans_are_looked_up_with_what_is_about_them(plain: str, after: str, expected: str | None) -> None:
    senses = lexicon(SHIPPED).senses(plain, after)
    assert (senses[0].id if senses else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("落实两不愁三保障要求", ["两不愁三保障"]),
        ("双随机、一公开监管", ["双随机、一公开"]),
        ("双随机，一公开监管", ["双随机，一公开"]),
        ("做好三农工作", ["三农"]),
        ("三农公司", []),
        ("第四个全面", []),
        ("二十四个全面", []),
        ("推进一带一路建设和双碳工作", ["一带一路", "双碳"]),
    ],
)
def test_bare(text: str, expected: list[str]) -> None:
    assert [bare.term for bare in lexicon(SHIPPED).bare(text)] == expected


@given(st.text(max_size=20))
def test_keys_are_stable(term: str) -> None:
    assert key(key(term)) == key(term)
