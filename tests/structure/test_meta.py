"""What a report says of itself."""

from __future__ import annotations

import pytest

from govreport_nlp.model import Meta
from tests.structure.trees import document

FRONT = """苇渡市人民政府工作报告
——2031年1月5日在苇渡市第九届人民代表大会第三次会议上
苇渡市人民政府市长　陆怀舟
来源：苇渡日报
各位代表：
现在，我代表市人民政府，向大会报告工作，请予审议。
一、2030年工作回顾
在省委、省政府和市委的坚强领导下，各县区齐心协力。
二、2031年工作安排
"""


def meta(text: str, name: str = "a.txt", **given: object) -> Meta:
    return document(text, name, **given).meta


def test_the_front_matter_is_read() -> None:
    found = meta(FRONT)
    assert found.title == "苇渡市人民政府工作报告"
    assert (found.region, found.level, found.prefecture) == ("苇渡市", "prefecture", "苇渡市")
    assert (found.year, found.date) == (2031, "2031-01-05")
    assert (found.session, found.speaker) == ("第九届人民代表大会第三次会议", "陆怀舟")
    assert (found.source, found.file) == ("苇渡日报", "a.txt")
    assert found.meta_source["year"] == "parts"
    assert found.meta_source["region"] == "title"


def test_the_caller_goes_first() -> None:
    found = meta(FRONT, year=2040, region="山南县", speaker="某某")
    assert (found.year, found.region, found.speaker) == (2040, "山南县", "某某")
    assert {found.meta_source[f] for f in ("year", "region", "speaker")} == {"caller"}


def test_what_the_caller_does_not_know_is_found() -> None:
    assert meta(FRONT, year=None, province="岚江省").year == 2031
    assert meta(FRONT, province="岚江省").province == "岚江省"


@pytest.mark.parametrize("given", [{"yeer": 2031}, {"meta_source": {}}, {"year": "2031"}, {"level": "village"}])
def test_a_wrong_detail_is_a_type_error_that_names_it(given: dict[str, object]) -> None:
    with pytest.raises(TypeError, match=r"yeer|meta_source|year|level"):
        meta("各位代表：", **given)


@pytest.mark.parametrize(
    ("text", "name", "year", "where"),
    [
        ("苇渡市2031年政府工作报告\n各位代表：", "a.txt", 2031, "title"),
        ("政府工作报告\n一、2030年工作回顾\n二、今年工作安排", "a.txt", 2031, "parts"),
        ("政府工作报告\n一、过去五年工作回顾\n二、今后五年的打算\n三、2031年重点工作", "a.txt", 2031, "parts"),
        ("（2030年12月28日在山南县第九届人民代表大会第三次会议上）\n各位代表：", "a.txt", 2031, "opening"),
        ("2031年政府工作报告\n发布时间：2032年3月1日\n各位代表：", "a.txt", 2031, "title"),
        ("各位代表：\n2031年全县经济社会发展主要预期目标是：增长6%。", "a.txt", 2031, "text"),
        ("各位代表：\n刚刚过去的2030年，全县丰收。", "a.txt", 2031, "text"),
        ("政府工作报告\n一、过去五年工作回顾\n二、到2035年的主要目标\n三、2031年重点工作", "a.txt", 2031, "parts"),
        ("政府工作报告\n一、过去五年工作回顾\n二、2050年远景目标\n各位代表：", "2031.txt", 2031, "path"),
        ("各位代表：\n全县丰收。", "reports/shannan-2031.txt", 2031, "path"),
        ("各位代表：\n全县丰收。", "reports/2031/shannan.txt", 2031, "path"),
    ],
)
def test_the_year_is_that_of_the_plan(text: str, name: str, year: int, where: str) -> None:
    found = meta(text, name)
    assert (found.year, found.meta_source["year"]) == (year, where)


def test_a_part_that_looks_further_does_not_tell_the_year() -> None:
    text = "政府工作报告\n（2031年2月8日在山南县第十六届人民代表大会第六次会议上）\n各位代表：\n"
    found = meta(
        text + "一、过去五年的工作\n产值增长5%。\n二、2036年的目标\n产值增长5%。\n三、今年工作安排\n办好学校。"
    )
    assert (found.year, found.meta_source["year"]) == (2031, "opening")


def test_a_publishing_date_is_neither_date_nor_year() -> None:
    found = meta("政府工作报告\n发布时间：2032年3月1日\n各位代表：\n全县丰收。")
    assert (found.year, found.date) == (None, None)


@pytest.mark.parametrize(
    ("text", "level", "region"),
    [
        ("各位代表：\n现在，我代表国务院，向大会报告政府工作。", "national", "全国"),
        ("各位代表：\n现在，我代表中央人民政府作工作报告。", "national", "全国"),
        ("2031年广西政府工作报告\n各位代表：", "province", "广西壮族自治区"),
        ("（2031年1月5日在上海市第十七届人民代表大会第三次会议上）\n各位代表：", "province", "上海市"),
        ("各位代表：\n现在，我代表海北藏族自治州人民政府报告工作。", "prefecture", "海北藏族自治州"),
        ("望朔县人民政府县长　马某\n各位代表：", "county", "望朔县"),
        ("各位代表：\n现在，我代表县人民政府报告工作。", "county", None),
        ("石桥镇2031年政府工作报告\n各位代表：", "town", "石桥镇"),
        ("锡林郭勒盟行政公署2031年工作报告\n各位代表：", "prefecture", "锡林郭勒盟"),
        ("各位代表：\n现在，我代表大兴安岭地区行署报告工作。", "prefecture", "大兴安岭地区"),
        ("各位代表：\n现在，我代表盟行署报告工作。", "prefecture", None),
        ("第八师石河子市2031年政府工作报告\n各位代表：", "county", "石河子市"),
    ],
)
def test_the_level_is_that_of_the_own_government(text: str, level: str, region: str | None) -> None:
    found = meta(text)
    assert (found.level, found.region) == (level, region)


def test_the_path_may_name_the_nation_or_a_region() -> None:
    assert meta("各位代表：\n全国丰收。", "reports/national-2031.txt").level == "national"
    assert meta("各位代表：\n全县丰收。", "岚江省/泽阳市/望朔县2031.txt").county == "望朔县"
    assert meta("各位代表：\n全县丰收。", "international-2031.txt").level is None


@pytest.mark.parametrize(
    ("path", "region"),
    [("2019-江苏-徐州-鼓楼.txt", "鼓楼区"), ("江苏_南京_2019.txt", "南京市"), ("徐州市/鼓楼_2019.txt", "鼓楼区")],
)
def test_of_the_words_of_a_file_name_the_last_is_the_own(path: str, region: str) -> None:
    assert meta("各位代表：\n粮食丰收。", path).region == region


def test_a_city_that_the_caller_names_is_not_the_district_that_speaks() -> None:
    text = (
        "政府工作报告\n——2024年1月5日在鼓楼区第十八届人民代表大会第三次会议上\n各位代表：\n我代表区人民政府报告工作。"
    )
    found = meta(text, prefecture="徐州市")
    assert (found.region, found.level, found.adcode) == ("鼓楼区", "county", "320302")
    found = meta("各位代表：\n现在，我代表区人民政府报告工作。", prefecture="徐州市")
    assert (found.region, found.level, found.prefecture, found.province) == (None, "county", "徐州市", "江苏省")
    found = meta("各位代表：\n现在，我代表区人民政府报告工作。", "鼓楼区.txt", prefecture="徐州市")
    assert (found.region, found.adcode) == ("鼓楼区", "320302")
    found = meta("各位代表：\n现在，我代表市人民政府报告工作。", prefecture="徐州市")
    assert (found.region, found.level) == ("徐州市", "prefecture")


def test_the_caller_may_name_the_file() -> None:
    found = meta("各位代表：\n全县丰收。", "<text>", file="岚江省/望朔县2031.txt")
    assert (found.file, found.region, found.year) == ("岚江省/望朔县2031.txt", "望朔县", 2031)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("苇渡市市长　陆怀舟", "陆怀舟"),
        ("省长　高 远", "高远"),
        ("国务院总理\n周某某", "周某某"),
        ("自治区主席 阿布都·某某", "阿布都·某某"),
        ("2031年1月5日在岚江省第九届人民代表大会第三次会议上代省长方知行作政府工作报告。", "方知行"),
        ("（县长 李四）", "李四"),
    ],
)
def test_the_speaker_stands_behind_the_post(line: str, name: str) -> None:
    assert meta(f"政府工作报告\n{line}\n各位代表：\n现在报告工作。").speaker == name


def test_chinese_dates_are_read() -> None:
    text = "——二〇三一年一月二十七日在岚江省第九届人民代表大会第三次会议上\n各位代表："
    assert meta(text).date == "2031-01-27"


def test_a_session_that_the_body_mentions_is_not_the_own() -> None:
    text = "各位代表：\n现在，我代表县人民政府报告工作。\n县第九届人民代表大会第二次会议确定的目标全面完成。"
    assert meta(text).session is None


@pytest.mark.parametrize(
    ("text", "region", "level", "session"),
    [
        ("在苇渡市九届人大第三次会议上\n市长　陆怀舟\n各位代表：", "苇渡市", None, "九届人大第三次会议"),
        ("（2031年1月5日在望朔县第十届人代会第一次会议上）\n各位代表：", "望朔县", "county", "第十届人代会第一次会议"),
        (
            "望朔县第九届人民代表大会第三次会议在县会堂隆重开幕\n全县粮食总产12万吨。",
            "望朔县",
            "county",
            "第九届人民代表大会第三次会议",
        ),
        ("岚江省九届人大三次会议昨日开幕，省长作政府工作报告。", "岚江省", "province", "九届人大三次会议"),
        ("1月5日上午，望朔县第九届人代会第三次会议召开。", "望朔县", "county", "第九届人代会第三次会议"),
        ("县九届人大三次会议昨开幕\n5日，望朔县第九届人大第三次会议开幕。", "望朔县", "county", "第九届人大第三次会议"),
        ("县九届人大三次会议昨日开幕。", None, "county", "九届人大三次会议"),
        (
            "政府工作报告\n——2031年1月5日在望朔县\n第九届人民代表大会第三次会议上\n各位代表：",
            "望朔县",
            "county",
            "第九届人民代表大会第三次会议",
        ),
        ("各位代表：\n县九届人大三次会议召开以来，全县丰收。", None, None, None),
        ("各位代表：\n全面完成县九届人大三次会议确定的任务。", None, None, None),
    ],
)
def test_short_forms_and_the_news_of_a_session_name_the_region(
    text: str, region: str | None, level: str | None, session: str | None
) -> None:
    found = meta(text)
    assert (found.region, found.level, found.session) == (region, level, session)


def test_an_ambiguous_name_in_the_news_stays_open() -> None:
    found = meta("鼓楼区第十八届人民代表大会第三次会议开幕\n全区生产总值增长5%。")
    assert (found.region, found.adcode) == ("鼓楼区", None)
    assert len(found.region_candidates) > 1


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("望朔县人民政府关于印发2031年民生实事的通知\n各乡镇人民政府：", "望朔县"),
        ("关于望朔县2030年国民经济和社会发展计划执行情况的报告\n各位代表：", "望朔县"),
        ("2031年岚江省\n国民经济和社会发展计划\n一、主要目标", "岚江省"),
        ("国务院关于加强水利建设的意见\n一、总体要求", None),
    ],
)
def test_notices_and_plans_name_the_region(text: str, region: str | None) -> None:
    assert meta(text).region == region


@pytest.mark.parametrize(
    ("line", "name", "region"),
    [
        ("望朔县常务副县长　李怀舟", "李怀舟", "望朔县"),
        ("望朔县人民政府代县长 高　　　　远", "高远", "望朔县"),
        ("望朔县人民政府县长?? 李怀舟", "李怀舟", "望朔县"),
        ("望朔县人民政府县长 高?? 远", "高远", "望朔县"),
    ],
)
def test_deputies_speak_and_names_are_set_wide(line: str, name: str, region: str) -> None:
    found = meta(f"政府工作报告\n{line}\n各位代表：\n现在报告工作。")
    assert (found.speaker, found.region) == (name, region)


def test_the_news_names_the_speaker_and_is_no_title() -> None:
    found = meta("望朔县九届人大三次会议开幕\n县长周行代表县人民政府向大会作政府工作报告\n粮食总产12万吨。")
    assert (found.title, found.speaker) == (None, "周行")


def test_a_title_may_share_its_line_with_the_occasion() -> None:
    found = meta("政府工作报告（摘要）——2031年1月5日在望朔县第九届人民代表大会第三次会议上\n各位代表：")
    assert (found.title, found.date) == ("政府工作报告（摘要）", "2031-01-05")


def test_a_date_in_brackets_on_its_own_line_is_the_day() -> None:
    text = "政府工作报告\n——在望朔县第九届人民代表大会第三次会议上\n（{}）\n县长\n高远\n各位代表：\n现在报告工作。"
    assert meta(text.format("2031年1月5日")).date == "2031-01-05"
    assert meta(text.format("2031年1月5日印发")).date is None


def test_occasion_and_speaker_are_front_matter_without_a_salutation_too() -> None:
    text = (
        "政府工作报告\n——2031年1月5日在望朔县第九届人民代表大会第三次会议上\n县长　高远\n一、2030年工作回顾\n全县丰收。"
    )
    found = meta(text)
    assert (found.region, found.speaker, found.date) == ("望朔县", "高远", "2031-01-05")


def test_a_title_that_a_collector_wrote_above_names_region_and_year() -> None:
    above = "标题：苇渡市2031年政府工作报告\n发布机构：苇渡市人民政府\n正文：\n"
    found = meta(above + "政府工作报告\n各位代表：\n一、稳增长\n实现2040年奋斗目标。\n")
    assert (found.title, found.region, found.year) == ("政府工作报告", "苇渡市", 2031)
    assert (found.meta_source["region"], found.meta_source["year"]) == ("page", "page")


def test_a_day_right_above_the_salutation_is_the_day() -> None:
    found = meta("政府工作报告\n2031年2月16日　张三\n各位代表：\n实现2040年奋斗目标，办好实事。\n")
    assert (found.date, found.year) == ("2031-02-16", 2031)
    above = meta("2031年2月16日\n政府工作报告\n目录\n各项工作\n附表\n各位代表：\n办好实事。\n")
    assert above.date is None
