"""The gazetteer: names to divisions of a year, and no guesses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_nlp.rules import SHIPPED, Ruleset
from govreport_nlp.structure.divisions import divisions
from govreport_nlp.structure.gazetteer import Gazetteer, Resolution, gazetteer


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return gazetteer(SHIPPED)


@pytest.mark.parametrize(
    ("name", "year", "adcode", "region", "prefecture", "province"),
    [
        ("海拉尔市", 1995, "152101", "海拉尔市", "呼伦贝尔盟", "内蒙古自治区"),
        ("海拉尔", 1995, "152101", "海拉尔市", "呼伦贝尔盟", "内蒙古自治区"),
        ("海拉尔市", 2001, "152101", "海拉尔市", "呼伦贝尔盟", "内蒙古自治区"),
        ("海拉尔区", 2001, "150702", "海拉尔区", "呼伦贝尔市", "内蒙古自治区"),
        ("海拉尔区", 2014, "150702", "海拉尔区", "呼伦贝尔市", "内蒙古自治区"),
        ("兴平", 2022, "610481", "兴平市", "咸阳市", "陕西省"),
        ("儋州市", 2014, "469003", "儋州市", None, "海南省"),
        ("儋州市", 2016, "460400", "儋州市", "儋州市", "海南省"),
        ("米林县", 2022, "540422", "米林县", "林芝市", "西藏自治区"),
        ("米林市", 2023, "540481", "米林市", "林芝市", "西藏自治区"),
        ("望城", 2008, "430122", "望城县", "长沙市", "湖南省"),
        ("望城区", 2015, "430112", "望城区", "长沙市", "湖南省"),
        ("临安市", 2017, "330185", "临安市", "杭州市", "浙江省"),
        ("临安区", 2017, "330112", "临安区", "杭州市", "浙江省"),
        ("襄樊市", 2005, "420600", "襄樊市", "襄樊市", "湖北省"),
        ("襄阳市", 2015, "420600", "襄阳市", "襄阳市", "湖北省"),
        ("巢湖市", 2009, "341400", "巢湖市", "巢湖市", "安徽省"),
        ("巢湖市", 2013, "340181", "巢湖市", "合肥市", "安徽省"),
        ("重庆市", 1995, "510200", "重庆市", "重庆市", "四川省"),
        ("重庆市", 2005, "500000", "重庆市", None, "重庆市"),
        ("浦东新区", 2010, "310115", "浦东新区", None, "上海市"),
        ("济源市", 2015, "419001", "济源市", None, "河南省"),
        ("互助县", 2018, "630223", "互助土族自治县", "海东市", "青海省"),
        ("恩施自治州", 2012, "422800", "恩施土家族苗族自治州", "恩施土家族苗族自治州", "湖北省"),
        ("黔东南州", 2012, "522600", "黔东南苗族侗族自治州", "黔东南苗族侗族自治州", "贵州省"),
        ("科右前旗", 2012, "152221", "科尔沁右翼前旗", "兴安盟", "内蒙古自治区"),
        ("广西", 2012, "450000", "广西壮族自治区", None, "广西壮族自治区"),
        ("陕", 2012, "610000", "陕西省", None, "陕西省"),
        ("内蒙古呼伦贝尔市海拉尔区", 2014, "150702", "海拉尔区", "呼伦贝尔市", "内蒙古自治区"),
        ("陕西咸阳兴平市", 2022, "610481", "兴平市", "咸阳市", "陕西省"),
        ("北京朝阳区", 2022, "110105", "朝阳区", None, "北京市"),
        ("江苏省-南京市-鼓楼区", 2022, "320106", "鼓楼区", "南京市", "江苏省"),
        ("兴平市人民政府", 2022, "610481", "兴平市", "咸阳市", "陕西省"),
        ("兴 平 市", 2022, "610481", "兴平市", "咸阳市", "陕西省"),
        ("新疆生产建设兵团第一师阿拉尔市", 2022, "659002", "阿拉尔市", None, "新疆维吾尔自治区"),
        ("第八师石河子市", 2022, "659001", "石河子市", None, "新疆维吾尔自治区"),
    ],
)
def test_a_name_gives_the_division_of_its_year(
    places: Gazetteer, name: str, year: int, adcode: str, region: str, prefecture: str | None, province: str
) -> None:
    found = places.resolve(name, year)
    assert (found.adcode, found.region, found.prefecture, found.province) == (adcode, region, prefecture, province)
    assert found.candidates == ()


@pytest.mark.parametrize(
    ("name", "year", "adcode"),
    [
        ("海拉尔市", 2012, "150702"),
        ("望城区", 2005, "430122"),
        ("闸北区", 2018, "310106"),
        ("卢湾区", 2015, "310101"),
        ("南汇区", 2012, "310115"),
        ("普兰店市", 2019, "210214"),
        ("静海区", 2010, "120223"),
        ("江干区", 2023, "330102"),
    ],
)
def test_a_name_of_another_time_is_followed(places: Gazetteer, name: str, year: int, adcode: str) -> None:
    found = places.resolve(name, year)
    assert (found.adcode, found.settled_by) == (adcode, "lineage")


@pytest.mark.parametrize(
    ("name", "year", "codes"),
    [
        ("鼓楼区", 2020, {"320106", "320302", "350102", "410204"}),
        ("朝阳区", 2020, {"110105", "220104"}),
        ("城关区", 2020, {"540102", "620102"}),
        ("朝阳", 2020, {"110105", "220104", "211300", "211321"}),
        ("通州", 2005, {"110112", "320683"}),
        ("朝阳区", None, {"110105", "220104"}),
    ],
)
def test_an_ambiguous_name_is_never_guessed(places: Gazetteer, name: str, year: int | None, codes: set[str]) -> None:
    found = places.resolve(name, year)
    assert found.adcode is None
    assert set(found.codes) == codes


def test_candidates_share_what_they_share(places: Gazetteer) -> None:
    found = places.resolve("鼓楼区", 2020, hints=["江苏"])
    assert (found.adcode, set(found.codes)) == (None, {"320106", "320302"})
    assert (found.region, found.province, found.prefecture, found.level) == ("鼓楼区", "江苏省", None, "county")


@pytest.mark.parametrize(
    ("name", "adcode"),
    [("吉林", "220000"), ("吉林市", "220200"), ("海南", "460000"), ("长沙", "430100"), ("长沙县", "430121")],
)
def test_a_bare_name_is_first_the_province_and_the_city_before_its_own_county(
    places: Gazetteer, name: str, adcode: str
) -> None:
    assert places.resolve(name, 2020).adcode == adcode


@pytest.mark.parametrize(
    ("hints", "adcode"),
    [
        (["江苏省", "南京市"], "320106"),
        (["/data/江苏/南京/2020.txt"], "320106"),
        (["福建"], "350102"),
        (["开封2020年政府工作报告"], "410204"),
        (["江苏", "福建"], None),
        (["岚江省"], None),
    ],
)
def test_hints_settle_what_they_speak_for(places: Gazetteer, hints: list[str], adcode: str | None) -> None:
    assert places.resolve("鼓楼区", 2020, hints=hints).adcode == adcode


@pytest.mark.parametrize("parent", ["福州市", "福州", "福建省", "350100", "350000"])
def test_a_parent_settles(places: Gazetteer, parent: str) -> None:
    found = places.resolve("鼓楼区", 2020, parent=parent)
    assert (found.adcode, found.settled_by) == ("350102", "parent")


def test_nothing_is_found_under_a_parent_that_it_is_not_under(places: Gazetteer) -> None:
    assert places.resolve("兴平市", 2020, parent="岚江省") == Resolution()
    assert places.resolve("岚江省新华区", 2020) == Resolution()
    assert places.resolve("望朔县", 2020) == Resolution()


@pytest.mark.parametrize(
    ("text", "adcode"),
    [
        ("我区地处首都东部，与海淀区、通州区相接。北京市委作出部署，服务北京发展大局。", "110105"),
        ("在长春市委领导下，长春南部加快建设，与南关区、宽城区联动，服务吉林振兴。", "220104"),
        ("我们赴北京学习。", None),
        ("北京、北京、北京；长春、长春、长春。", None),
        ("我们加强了基层治理。", None),
    ],
)
def test_the_text_settles_only_where_it_is_clear(places: Gazetteer, text: str, adcode: str | None) -> None:
    found = places.resolve("朝阳区", 2020, text=text)
    assert found.adcode == adcode
    assert found.settled_by == ("text" if adcode else None)


def test_the_text_tells_a_city_from_a_district_by_the_full_name(places: Gazetteer) -> None:
    assert places.resolve("西安", 2020).adcode is None
    assert places.resolve("西安", 2020, text="西安市的发展，西安市的改革，西安市的开放").adcode == "610100"


@pytest.mark.parametrize(
    ("name", "year", "region", "level", "county", "prefecture", "province"),
    [
        ("昆山高新区", 2020, "昆山高新区", "county", "昆山高新区", "苏州市", "江苏省"),
        ("陕西省西咸新区", 2020, "西咸新区", "county", "西咸新区", None, "陕西省"),
        ("西咸新区管委会", 2020, "西咸新区", "county", "西咸新区", None, "陕西省"),
        ("雄安新区", 2020, "雄安新区", "county", "雄安新区", None, "河北省"),
        ("滨海新区", 2005, "滨海新区", "county", "滨海新区", None, "天津市"),
        ("加格达奇区", 2015, "加格达奇区", "county", "加格达奇区", "大兴安岭地区", "黑龙江省"),
        ("长春净月高新技术产业开发区", 2015, "长春净月高新技术产业开发区", "county", None, "长春市", "吉林省"),
        ("高碑店市白沟镇", 2015, "白沟镇", "town", "高碑店市", "保定市", "河北省"),
        ("南京市鼓楼区湖南路街道", 2015, "湖南路街道", "town", "鼓楼区", "南京市", "江苏省"),
        ("白沟镇", 2015, "白沟镇", "town", None, None, None),
        ("泽阳高新区", 2015, "泽阳高新区", "county", "泽阳高新区", None, None),
    ],
)
def test_zones_and_towns_have_parents_and_no_code(
    places: Gazetteer,
    name: str,
    year: int,
    region: str,
    level: str,
    county: str | None,
    prefecture: str | None,
    province: str | None,
) -> None:
    found = places.resolve(name, year)
    assert found.adcode is None
    assert (found.region, found.level) == (region, level)
    assert (found.prefecture, found.province) == (prefecture, province)
    assert county is None or found.county == county


def test_a_zone_that_became_a_district_has_its_code(places: Gazetteer) -> None:
    assert places.resolve("滨海新区", 2015).adcode == "120116"
    assert places.resolve("两江新区", 2020).adcode is None
    assert places.resolve("两江新区", 2026).adcode == "500157"


def test_a_town_of_a_given_parent(places: Gazetteer) -> None:
    found = places.resolve("白沟镇", 2015, parent="高碑店市")
    assert (found.county, found.prefecture, found.level) == ("高碑店市", "保定市", "town")
    assert places.resolve("湖南路街道", 2015, hints=["南京"], parent="鼓楼区").prefecture == "南京市"


@pytest.mark.parametrize(("name", "year"), [("", 2020), ("　", 2020), ("的" * 500, 2020), ("中国", 2020), ("市", None)])
def test_no_name_no_region(places: Gazetteer, name: str, year: int | None) -> None:
    assert places.resolve(name, year) == Resolution()


def test_lookup_gives_all_that_a_name_may_mean(places: Gazetteer) -> None:
    assert {(d.adcode, d.valid_to) for d in places.lookup("望城")} == {("430122", 2011), ("430112", None)}
    assert [d.adcode for d in places.lookup("望城", 2020)] == ["430112"]
    assert places.lookup("望城区", 2005) == ()
    assert [d.name for d in places.lookup("鄂", 2020)] == ["湖北省"]


def test_a_code_gives_its_parents_in_the_year() -> None:
    table = divisions(SHIPPED)
    district = table.at("150702", 2015)
    assert district is not None
    assert [d.name for d in table.above(district, 2015)] == ["呼伦贝尔市", "内蒙古自治区"]
    county = table.at("420624", 2005)
    assert county is not None
    assert [d.name for d in table.above(county, 2005)] == ["襄樊市", "湖北省"]
    assert [d.name for d in table.above(county, 2015)] == ["襄阳市", "湖北省"]
    assert table.at("150702", 1990) is None


def test_a_prefix_gives_all_under_it() -> None:
    table = divisions(SHIPPED)
    assert [d.name for d in table.under("6504", 2020)] == ["吐鲁番市", "高昌区", "鄯善县", "托克逊县"]
    assert {d.adcode[:2] for d in table.under("50", 1990)} == set()


def test_mentions_are_the_longest_names_and_no_words_of_every_day() -> None:
    text = "海南藏族自治州与海南省、吉林市一道，城区治理迈向长治久安，破除文山会海。"
    found = divisions(SHIPPED).mentions(text, 2020)
    assert [m.name for m in found] == ["海南藏族自治州", "海南省", "吉林市"]
    assert all(text[m.start : m.end] == m.name for m in found)


def test_mentions_know_the_year() -> None:
    table = divisions(SHIPPED)
    assert [m.name for m in table.mentions("萧山市、萧山区", 1998)] == ["萧山市"]
    assert [m.name for m in table.mentions("萧山市、萧山区", 2010)] == ["萧山区"]


def test_a_user_adds_zones_of_his_own(tmp_path: Path) -> None:
    (tmp_path / "zones.csv").write_text("name,parent,valid_from,valid_to,note\n岚江新区,610100,2015,,\n", "utf-8")
    found = gazetteer(Ruleset((tmp_path,))).resolve("岚江新区", 2020)
    assert (found.region, found.prefecture) == ("岚江新区", "西安市")


@given(
    st.text(alphabet="江苏南京市鼓楼区西安高新海朝阳县镇街道州 政府", max_size=60), st.none() | st.integers(1900, 2100)
)
def test_any_name_gives_one_division_or_candidates(name: str, year: int | None) -> None:
    found = gazetteer(SHIPPED).resolve(name, year, hints=[name], text=name)
    assert found.adcode is None or (not found.candidates and found.province and found.region)
    assert len(found.candidates) != 1 or found.level == "town"
    if found.adcode and year is not None:
        division = divisions(SHIPPED).at(found.adcode, year)
        assert division is not None


def test_the_table_is_read_only_when_asked_for() -> None:
    code = "import sys, govreport_nlp.structure.gazetteer as g; assert not g.gazetteer.cache_info().currsize"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("name", ["新区", "市区"])
def test_a_common_word_is_not_followed_to_what_became_of_a_namesake(places: Gazetteer, name: str) -> None:
    assert places.resolve(name, 2024).adcode is None
