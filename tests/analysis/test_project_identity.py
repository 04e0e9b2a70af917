"""Names that are one project: trimmed, told apart by phase and size, and against a reading of the corpus by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_nlp.analysis.project_groups import clusters
from govreport_nlp.analysis.project_identity import Names
from govreport_nlp.model import Meta

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "corpus" / "gold"
NAMES = Names(Meta(region="望河县", county="望河县", prefecture="云桥市", province="岚江省"))
REGIONS = {
    "jichuan": "霁川区",
    "lanjiang": "岚江省",
    "lanzhou-shi": "岚州市",
    "lishi": "砺石区",
    "songping": "松屏县",
    "wangshuo": "望朔县",
    "weidu": "苇渡市",
    "zeyang": "泽阳市",
}


def one(*names: str) -> bool:
    return len(set(clusters([NAMES.read(name) for name in names]))) == 1


def exact(*names: str) -> bool:
    return len({NAMES.read(name)[:1] + NAMES.read(name)[2:4] for name in names}) == 1


def test_generic_words_spaces_brackets_and_the_own_region_make_no_difference() -> None:
    assert exact(
        "石湾水库", "石湾水库工程", "石湾水库建设项目", "石 湾 水库", "“石湾水库”工程", "望河县石湾水库", "县石湾水库"
    )
    assert exact("石湾风电（一期）项目", "石湾风电一期", "石湾一期风电项目", "石湾风电第一期", "石湾风电1期工程")
    assert exact("石湾、云台综合体项目", "石湾云台综合体")


def test_phases_tell_projects_apart() -> None:
    assert not one("石湾风电一期", "石湾风电二期")
    assert not one("石湾风电", "石湾风电二期")
    assert not one("石湾风电一期、二期", "石湾风电一期")


def test_sizes_tell_projects_apart_unless_they_are_about_the_same_or_not_said() -> None:
    assert one("石湾15万千瓦风电", "石湾风电")
    assert one("石湾6万平方米商场", "石湾5.7万平方米商场")
    assert one("石湾2×35万千瓦热电项目", "石湾70万千瓦热电")
    assert not one("石湾35万千瓦热电", "石湾66万千瓦热电")
    assert not one("石湾220千伏变电站", "石湾110千伏变电站")
    assert len(set(clusters([NAMES.read(f"石湾{size}热电") for size in ("35万千瓦", "66万千瓦", "", "")]))) == 3


def test_words_for_works_make_no_difference_but_the_rest_of_the_name_does() -> None:
    assert one("石湾桥", "石湾桥改造工程", "石湾桥除险加固")
    assert not one("石湾桥", "石湾桥至云台桥连接线", "石湾桥头公园")
    assert not one("石湾大道", "石湾大道东延")
    assert not one("石湾小学", "石湾中学")


def test_a_shortened_name_joins_what_it_fits_alone() -> None:
    assert one("石湾抽水蓄能电站", "石湾项目")
    assert len(set(clusters([NAMES.read(n) for n in ("石湾抽水蓄能电站", "石湾光伏", "石湾项目")]))) == 3
    assert one("明远生物兽用疫苗基地", "兽用疫苗基地")
    assert one("红星岭城市商贸综合体", "红星岭商贸综合体")
    assert not one("城东体育公园", "体育公园")
    assert not one("石湾湖公园", "石湾湖东岸公园")
    assert not one("石湾镇污水处理厂", "污水处理厂")
    assert not one("一号工程", "码头一号泊位")


def test_a_proper_name_that_begins_with_a_word_for_works_keeps_it() -> None:
    assert not one("建设街小学", "石湾街小学")
    assert NAMES.read("建设街小学").near == "建设街小学"


def test_the_own_name_is_kept_where_little_is_left_or_a_river_bears_it() -> None:
    assert NAMES.read("望河大桥").exact == "望河大桥"
    assert NAMES.read("望河湖湿地公园").exact == "望河湖湿地公园"
    assert NAMES.read("望河县第二水厂").exact == "第二水厂"


@given(st.lists(st.text(alphabet="石湾望河县桥改造一二期项目工程15万千瓦（）第新", max_size=12), max_size=12))
def test_any_names_fall_into_groups_whose_heads_are_their_first(names: list[str]) -> None:
    found = clusters([NAMES.read(name) for name in names])
    assert len(found) == len(names)
    assert all(head <= i and found[head] == head for i, head in enumerate(found))
    for i, name in enumerate(names):
        assert found[i] == found[names.index(name)]


@pytest.mark.parametrize("words", ["石湾桥改造", "石湾桥", "石湾项目", "云台水库", "云台水库大坝", "石湾桥二期"])
def test_the_order_of_names_does_not_matter(words: str) -> None:
    names = ["石湾桥改造", "石湾桥", "石湾项目", "云台水库", "云台水库大坝", "石湾桥二期"]
    at = names.index(words)
    turned = names[at:] + names[:at]
    assert groups(names) == groups(turned)


def groups(names: list[str]) -> set[frozenset[str]]:
    found: dict[int, set[str]] = {}
    for name, head in zip(names, clusters([NAMES.read(n) for n in names]), strict=True):
        found.setdefault(head, set()).add(name)
    return {frozenset(own) for own in found.values()}


def wanted() -> dict[str, set[tuple[str, str]]]:
    pairs: dict[str, set[tuple[str, str]]] = {}
    for line in (Path(__file__).parent / "same_projects.txt").read_text(encoding="utf-8").splitlines():
        if line in REGIONS:
            own = pairs.setdefault(line, set())
        elif line and not line.startswith("#"):
            before, _, after = line.partition(" = ")
            own.add((before, after or before))
    return pairs


def gold(place: str, year: int) -> list[str]:
    projects = json.loads((GOLD / f"{place}-{year}.json").read_text(encoding="utf-8"))["projects"]
    return list(dict.fromkeys(p["name"][0] if isinstance(p["name"], list) else p["name"] for p in projects))


@pytest.mark.parametrize("place", REGIONS)
def test_projects_of_the_corpus_are_known_again_as_a_person_knows_them(place: str) -> None:
    names = Names(Meta(region=REGIONS[place]))
    before, after = gold(place, 2023), gold(place, 2024)
    found = clusters([names.read(name) for name in (*before, *after)])
    heads, later = found[: len(before)], found[len(before) :]
    pairs = {(a, b) for a, i in zip(before, heads, strict=True) for b, j in zip(after, later, strict=True) if i == j}
    listed = {(a, b) for a, b in wanted()[place] if a in before and b in after}
    assert pairs == listed


def test_the_reading_by_hand_names_what_the_gold_has() -> None:
    unknown = {
        name
        for place, pairs in wanted().items()
        for a, b in pairs
        for name, year in ((a, 2023), (b, 2024))
        if name not in gold(place, year)
    }
    assert unknown == set()
