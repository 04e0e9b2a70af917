"""The table of divisions: its form, its counts by year, and facts that are known for sure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from govreport_nlp.errors import RuleError
from govreport_nlp.rules import SHIPPED, Rule, Ruleset
from govreport_nlp.structure.divisions import Alias, Division, Words, divisions
from govreport_nlp.structure.gazetteer import Zone, gazetteer

FIRST, LAST = 1984, 2026
ROWS = SHIPPED.table("regions.csv", Division)


def span(division: Division) -> range:
    """The years at whose ends the division stood, within the table."""
    return range(division.valid_from or FIRST, division.valid_to or LAST + 1)


def standing(year: int) -> list[Division]:
    return [d for d in ROWS if year in span(d)]


def by_code() -> dict[str, list[Division]]:
    rows = defaultdict(list)
    for division in ROWS:
        rows[division.adcode].append(division)
    return rows


def test_codes_and_levels_have_their_form() -> None:
    for d in ROWS:
        assert len(d.adcode) == 6
        assert d.adcode.isdigit()
        assert d.level == ("province" if d.adcode[2:] == "0000" else "prefecture" if d.adcode[4:] == "00" else "county")
        assert 2 <= len(d.name) <= 20
        assert len(d.short) != 1
        assert d.name.startswith(d.short[:2])


def test_no_code_has_two_names_in_a_year() -> None:
    for rows in by_code().values():
        years = Counter(year for d in rows for year in span(d))
        assert max(years.values()) == 1, rows


def test_parents_stand_in_the_same_years() -> None:
    years = {code: {year for d in rows for year in span(d)} for code, rows in by_code().items()}
    for d in ROWS:
        assert (d.parent == "") == (d.level == "province")
        assert not d.parent or set(span(d)) <= years[d.parent], d


def test_successors_stand_when_the_division_ends() -> None:
    rows = by_code()
    for d in ROWS:
        assert not d.successors or d.valid_to is not None
        for code in d.successors:
            assert any(d.valid_to in span(heir) for heir in rows[code]), d


def test_most_that_ended_have_successors() -> None:
    ended = [d for d in ROWS if d.valid_to and d.valid_to >= 1990 and d.level == "county"]
    assert sum(bool(d.successors) for d in ended) / len(ended) > 0.95


@pytest.mark.parametrize(
    ("year", "prefectures", "counties"),
    # The yearbooks' counts of the mainland at the end of the year.
    [
        (1995, 334, 2849),
        (2000, 333, 2861),
        (2005, 333, 2862),
        (2008, 333, 2859),
        (2010, 333, 2856),
        (2012, 333, 2852),
        (2014, 333, 2854),
        (2016, 334, 2851),
        (2018, 333, 2851),
        (2019, 333, 2846),
        (2020, 333, 2844),
        (2021, 333, 2843),
        (2022, 333, 2843),
        (2023, 333, 2844),
    ],
)
def test_counts_are_those_of_the_yearbooks(year: int, prefectures: int, counties: int) -> None:
    levels = Counter(d.level for d in standing(year))
    assert levels == {"province": 34, "prefecture": prefectures, "county": counties} or (
        year == 1995 and levels["prefecture"] == prefectures and levels["county"] == counties
    )


def test_kinds_of_2023_are_those_of_the_yearbook() -> None:
    kinds = Counter(d.kind for d in standing(2023) if d.level != "province")
    assert kinds == {
        "地级市": 293,
        "地区": 7,
        "自治州": 30,
        "盟": 3,
        "市辖区": 977,
        "县级市": 397,
        "县": 1299,
        "自治县": 117,
        "旗": 49,
        "自治旗": 3,
        "特区": 1,
        "林区": 1,
    }


FACTS = """
152101 海拉尔市 -2001 152100 | 150702 海拉尔区 2001- 150700 | 152100 呼伦贝尔盟 -2001 150000
150700 呼伦贝尔市 2001- 150000
610481 兴平市 1993- 610400
469003 儋州市 2002-2015 460000 | 460400 儋州市 2015- 460000
540422 米林县 2015-2023 540400 | 540481 米林市 2023- 540400
540530 错那县 2016-2023 540500 | 540581 错那市 2023- 540500
330181 萧山市 1990-2001 330100 | 330109 萧山区 2001- 330100
330184 余杭市 1994-2001 330100 | 330110 余杭区 2001- 330100
330185 临安市 1996-2017 330100 | 330112 临安区 2017- 330100
330103 下城区 -2021 330100 | 330104 江干区 -2021 330100 | 330102 上城区 - 330100 | 330105 拱墅区 - 330100
330113 临平区 2021- 330100 | 330114 钱塘区 2021- 330100
110222 顺义县 -1998 110000 | 110113 顺义区 1998- 110000
110223 通县 -1997 110000 | 110112 通州区 1997- 110000
310108 闸北区 -2015 310000 | 310106 静安区 - 310000 | 310103 卢湾区 -2011 310000 | 310101 黄浦区 - 310000
310119 南汇区 2001-2009 310000 | 310115 浦东新区 1992- 310000
310230 崇明县 -2016 310000 | 310151 崇明区 2016- 310000
320508 姑苏区 2012- 320500 | 320502 沧浪区 -2012 320500 | 320584 吴江市 1992-2012 320500 | 320509 吴江区 2012- 320500
341400 巢湖市 1999-2011 340000 | 340181 巢湖市 2011- 340100 | 341402 居巢区 1999-2011 341400
371200 莱芜市 1992-2018 370000 | 370116 莱芜区 2018- 370100 | 370117 钢城区 2018- 370100
510200 重庆市 -1997 510000 | 500000 重庆市 1997- -
460300 三沙市 2012- 460000 | 460302 西沙区 2020- 460300
522400 毕节地区 -2011 520000 | 520500 毕节市 2011- 520000 | 522401 毕节市 1993-2011 522400
522200 铜仁地区 -2011 520000 | 520600 铜仁市 2011- 520000
542400 那曲地区 -2017 540000 | 540600 那曲市 2017- 540000
542200 山南地区 -2016 540000 | 540500 山南市 2016- 540000
542600 林芝地区 -2015 540000 | 540400 林芝市 2015- 540000
542100 昌都地区 -2014 540000 | 540300 昌都市 2014- 540000
542300 日喀则地区 -2014 540000 | 540200 日喀则市 2014- 540000
652100 吐鲁番地区 -2015 650000 | 650400 吐鲁番市 2015- 650000
652200 哈密地区 -2016 650000 | 650500 哈密市 2016- 650000
420600 襄樊市 -2010 420000 | 420600 襄阳市 2010- 420000
532700 思茅地区 -2003 530000 | 530800 思茅市 2003-2007 530000 | 530800 普洱市 2007- 530000
320800 淮阴市 -2000 320000 | 320800 淮安市 2000- 320000
110103 崇文区 -2010 110000 | 110104 宣武区 -2010 110000
440181 番禺市 1992-2000 440100 | 440113 番禺区 2000- 440100
130581 南宫市 1993- 130500 | 329012 昆山市 1989-1990 320500 | 320583 昆山市 1990- 320500
440306 宝安区 1992- 440300 | 441900 东莞市 1988- 440000 | 460000 海南省 1988- -
130533 威县 1993- 130500 | 810000 香港特别行政区 1997- - | 820000 澳门特别行政区 1999- -
659011 新星市 2021- 650000 | 659012 白杨市 2023- 650000
410306 吉利区 -2021 410300 | 410308 孟津区 2021- 410300
"""


def facts() -> Iterator[tuple[str, str, str, str]]:
    for line in FACTS.split("\n"):
        for fact in filter(None, (part.strip() for part in line.split("|"))):
            code, name, years, parent = fact.split()
            yield code, name, years, "" if parent == "-" else parent


@pytest.mark.parametrize(("code", "name", "years", "parent"), list(facts()))
def test_facts(code: str, name: str, years: str, parent: str) -> None:
    rows = [d for d in by_code()[code] if d.name == name]
    assert [(f"{d.valid_from or ''}-{d.valid_to or ''}", d.parent) for d in rows] == [(years, parent)]


@pytest.mark.parametrize(
    ("old", "year", "new"),
    [
        ("152101", 2001, "150702"),
        ("330185", 2017, "330112"),
        ("310108", 2015, "310106"),
        ("310103", 2011, "310101"),
        ("330103", 2021, "330105"),
        ("330104", 2021, "330102"),
        ("469003", 2015, "460400"),
        ("540422", 2023, "540481"),
        ("522400", 2011, "520500"),
        ("622301", 2001, "620602"),
    ],
)
def test_what_became_of_them(old: str, year: int, new: str) -> None:
    (row,) = (d for d in by_code()[old] if d.valid_to == year)
    assert row.successors == (new,)


def test_aliases_add_what_the_table_has_not() -> None:
    table = divisions(SHIPPED)
    names = {d.name for d in ROWS}
    forms = names | {d.short for d in ROWS} | {d.short + d.name[-1] for d in ROWS if d.short}
    aliases = SHIPPED.table("region_aliases.csv", Alias)
    assert len({(a.alias, a.name) for a in aliases}) == len(aliases)
    for entry in aliases:
        assert entry.name in names
        assert entry.alias not in forms or entry.alias == "巴州", entry
        assert any(d.name == entry.name for d in table.named(entry.alias))


def test_zones_lie_in_divisions_of_their_time() -> None:
    zones = SHIPPED.table("zones.csv", Zone)
    assert len({zone.name for zone in zones}) == len(zones)
    table = divisions(SHIPPED)
    for zone in zones:
        year = zone.valid_from or zone.valid_to or 2000
        assert table.at(zone.parent, year) is not None, zone
        found = gazetteer(SHIPPED).resolve(zone.name, (zone.valid_to or LAST) - 1 if zone.valid_to else LAST)
        assert (found.adcode, found.level, found.region) == (None, "county", zone.name)


def words(key: str) -> Words:
    (rule,) = (rule for rule in SHIPPED.load("region_words.toml", Words) if rule.id == key)
    return rule


@pytest.mark.parametrize(("key", "level"), [("zone", "county"), ("town", "town")])
def test_endings_tell_zones_and_towns(key: str, level: str) -> None:
    places = gazetteer(SHIPPED)
    for example in words(key).examples:
        assert places.resolve(example, 2020).level == level
    for counterexample in words(key).counterexamples:
        assert places.resolve(counterexample, 2020).level is None


def test_offices_are_taken_off() -> None:
    for text in words("office").examples:
        assert text.endswith(words("office").words)
    assert gazetteer(SHIPPED).resolve("兴平市人民政府", 2020).region == "兴平市"


def test_loose_words_are_no_mentions() -> None:
    for text in words("loose").examples:
        assert any(word in text for word in words("loose").words)
        assert divisions(SHIPPED).mentions(text, 2020) == ()


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    key: str
    year: int | None = None
    others: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("key,year\na,1\n", "columns"),
        ("key,year,others,more\na,1,,\n", "columns"),
        ("", "columns"),
        ("key,year,others\na,1\n", "line 2 has 2 cells"),
        ("key,year,others\na,x,\n", "does not fit"),
        ("key,year,others\n,1,\n", "does not fit"),
    ],
)
def test_a_table_is_strict(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "t.csv").write_text(text, "utf-8")
    with pytest.raises(RuleError, match=problem):
        Ruleset((tmp_path,)).table("t.csv", Row)


def test_a_table_reads_lists_and_empty_cells(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("key,year,others\na,,b|c\nd,5,\n", "utf-8")
    rows = Ruleset((tmp_path,)).table("t.csv", Row)
    assert rows == (Row(key="a", others=("b", "c")), Row(key="d", year=5))
    assert Ruleset().table("t.csv", Row) == ()


def test_a_table_is_no_rule_file() -> None:
    assert not issubclass(Division, Rule)
