"""How far a project is in a report, what became of plans, and lists that claim more than they name."""

from __future__ import annotations

import msgspec
import pytest

from govreport_nlp import parse
from govreport_nlp.analysis.project_stages import Appearance, Group, appearance, followed, groups
from govreport_nlp.model import Project, Stage, Status


def mention(stage: Stage | None, status: Status, action: str = "") -> tuple[Project, bool]:
    return project(stage, status, action), False


def project(stage: Stage | None, status: Status, action: str = "") -> Project:
    nothing: dict[str, None] = dict.fromkeys(("group_size", "investment", "investment_unit", "capacity"))
    return Project(
        start=0, end=4, text="石湾水库", sentence="", section="", name="石湾水库", head="水库", kind="construction",
        stage=stage, action=action, status=status, rule="", confidence=1.0, **nothing,
    )  # fmt: skip


def said(*mentions: tuple[Project, bool]) -> tuple[Stage | None, Stage | None]:
    seen = appearance(2024, mentions)
    return seen.reached, seen.promised


def test_the_review_tells_what_is_reached_and_the_plan_what_is_promised() -> None:
    assert said(mention("start", "achievement")) == ("start", None)
    assert said(mention("start", "target")) == (None, "start")
    assert said(mention("start", "achievement"), mention("complete", "target")) == ("start", "complete")
    assert said(mention("complete", "reference")) == (None, None)
    assert said(mention(None, "achievement")) == (None, None)


def test_the_furthest_of_several_counts() -> None:
    assert said(mention("start", "achievement"), mention("complete", "achievement")) == ("complete", None)


def test_a_completion_that_is_not_one_is_under_way() -> None:
    assert said(mention("complete", "achievement", "主体封顶")) == ("ongoing", None)
    assert said((project("complete", "achievement", "完成"), True)) == ("ongoing", None)
    assert said(mention("complete", "achievement", "完成"), mention("complete", "target", "投用"))[0] == "ongoing"
    assert said(mention("complete", "achievement", "投用"), mention("ongoing", "target"))[0] == "complete"


def test_to_go_on_with_a_work_tells_that_it_has_begun() -> None:
    assert said(mention("ongoing", "target", "续建")) == ("ongoing", "ongoing")
    assert said(mention("ongoing", "target", "实施")) == (None, "ongoing")


def way(*appearances: tuple[Stage | None, Stage | None]) -> tuple[str, str]:
    course = followed([Appearance(2020 + i, *one) for i, one in enumerate(appearances)])
    flags = ("completed", "stalled", "late", "reopened")
    return " ".join(course.stages), " ".join(flag for flag in flags if getattr(course, flag))


@pytest.mark.parametrize(
    ("appearances", "stages", "flags"),
    [
        ([(None, "start")], "planned", ""),
        ([(None, "start"), ("start", None)], "planned started", ""),
        ([(None, "start"), ("start", "complete"), ("complete", None)], "planned started completed", "completed"),
        ([(None, "start"), (None, "start")], "planned planned", "stalled late"),
        ([(None, "complete"), ("ongoing", "complete")], "planned started", "stalled late"),
        ([(None, "complete"), ("ongoing", None), ("complete", None)], "planned started completed", "completed late"),
        # What was to start and is now to be completed has started, though no report says so.
        ([(None, "start"), (None, "complete")], "planned started", ""),
        ([(None, "planned"), (None, "planned")], "planned planned", ""),
        ([("start", None), (None, None)], "started started", ""),
        ([("complete", None), ("ongoing", None)], "completed completed", "completed reopened"),
        ([("complete", None), (None, "start")], "completed completed", "completed reopened"),
        ([("complete", None), ("complete", None)], "completed completed", "completed"),
        ([(None, None)], "planned", ""),
    ],
)  # fmt: skip
def test_ways(appearances: list[tuple[Stage | None, Stage | None]], stages: str, flags: str) -> None:
    assert way(*appearances) == (stages, flags)


def listed(text: str, claimed: int | None, *names: str) -> list[Group]:
    """The lists of a report that is this one sentence, with projects of these names."""
    made = [
        msgspec.structs.replace(project("complete", "target", "建成"), start=at, end=at + len(name), group_size=claimed)
        for name in names
        for at in [text.index(name)]
    ]
    return groups(msgspec.structs.replace(parse(text), projects=tuple(made)))


def test_a_list_that_claims_what_it_names() -> None:
    text = "建成石湾大桥、云台大桥2个项目。"
    assert listed(text, 2, "石湾大桥", "云台大桥") == [Group(2, 2, False)] * 2


def test_a_list_that_is_left_open_may_name_fewer_even_if_not_all_were_found() -> None:
    text = "开工石湾大桥、云台大桥、老码头等12个项目。"
    assert listed(text, 12, "石湾大桥", "云台大桥") == [Group(12, 2, False)] * 2


def test_a_list_without_a_count_claims_nothing() -> None:
    found = listed("建成石湾大桥、云台大桥。", None, "石湾大桥", "云台大桥")
    assert [group.claimed for group in found] == [None, None]
    assert not any(group.mismatch for group in found)


@pytest.mark.parametrize(
    "text", ["建成石湾大桥、云台大桥、望河大桥2个项目。", "建成石湾大桥、云台大桥、望河大桥等2个项目。"]
)
def test_a_list_that_names_more_than_it_claims_is_a_mismatch(text: str) -> None:
    assert listed(text, 2, "石湾大桥", "云台大桥", "望河大桥") == [Group(2, 3, True)] * 3


def test_a_closed_list_that_names_fewer_is_a_mismatch() -> None:
    assert listed("建成石湾大桥、云台大桥5个项目。", 5, "石湾大桥", "云台大桥") == [Group(5, 2, True)] * 2


def test_a_word_for_openness_in_the_next_clause_does_not_count() -> None:
    text = "建成石湾大桥、云台大桥5个项目，推进学校等建设。"
    assert listed(text, 5, "石湾大桥", "云台大桥") == [Group(5, 2, True)] * 2
