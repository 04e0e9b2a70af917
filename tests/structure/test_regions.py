"""Names of regions: by the table, by their endings, and never by a guess."""

from __future__ import annotations

import pytest

from govreport_nlp.rules import SHIPPED
from govreport_nlp.structure.regions import Chain, Region, resolve, take_apart


@pytest.mark.parametrize(
    ("name", "chain"),
    [
        ("岚江省", Chain(province="岚江省")),
        ("岚江省泽阳市望朔县", Chain("岚江省", "泽阳市", "望朔县")),
        ("泽阳市砺石区", Chain(None, "泽阳市", "砺石区")),
        ("泽阳市苇渡市", Chain(None, "泽阳市", "苇渡市")),
        ("砺石区石桥镇", Chain(None, None, "砺石区", "石桥镇")),
        ("霁川自治州", Chain(None, "霁川自治州")),
        ("望朔自治县", Chain(None, None, "望朔自治县")),
        ("县", Chain()),
        ("政府工作", Chain()),
        ("", Chain()),
    ],
)
def test_a_name_is_taken_apart_by_its_endings(name: str, chain: Chain) -> None:
    assert take_apart(name, SHIPPED) == chain


def test_the_table_knows_what_lies_above() -> None:
    found = resolve(["海拉尔区"], 2014, (), "", SHIPPED)
    assert (found.province, found.prefecture, found.adcode) == ("内蒙古自治区", "呼伦贝尔市", "150702")


def test_an_ambiguous_name_stays_open_until_a_hint_settles_it() -> None:
    found = resolve(["鼓楼区"], 2020, (), "", SHIPPED)
    assert (found.name, found.level, found.adcode) == ("鼓楼区", "county", None)
    assert len(found.candidates) > 1
    assert resolve(["鼓楼区"], 2020, ("福建", "福州"), "", SHIPPED).adcode == "350102"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("在省委、省政府和市委的坚强领导下，各县区团结奋斗。", "prefecture"),
        ("在岚州市委、市政府和苇渡市委的领导下，各镇街团结奋斗。", "county"),
        ("全市上下团结奋斗。", None),
    ],
)
def test_an_unknown_city_is_of_the_level_that_its_parts_show(text: str, level: str | None) -> None:
    assert resolve(["苇渡市"], 2031, (), text, SHIPPED).level == level


def test_no_name_is_no_region() -> None:
    assert resolve([], 2031, (), "", SHIPPED) == Region()
    assert resolve(["市", "自治区", "国务院"], 2031, (), "", SHIPPED) == Region()
