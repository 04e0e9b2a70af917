"""Word lists from files, from the shipped rules and from the caller."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govreport_nlp.analysis import word_lists
from govreport_nlp.analysis.word_lists import shipped, together
from govreport_nlp.errors import EncodingError, InputNotFoundError, RuleError


def write(directory: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    file = directory / name
    file.write_bytes(text.encode(encoding))
    return file


def test_a_csv_of_two_columns_holds_several_lists(tmp_path: Path) -> None:
    file = write(tmp_path, "a.csv", "list,word\ngreen,绿色\nred,红色\ngreen,低碳\n")
    found = word_lists(file)
    assert found.lists == {"green": ("绿色", "低碳"), "red": ("红色",)}
    assert found.sources == {"green": str(file), "red": str(file)}


def test_columns_may_come_in_any_order_beside_others(tmp_path: Path) -> None:
    assert word_lists(write(tmp_path, "a.csv", "note,word,list\n,绿色,green\n")).lists == {"green": ("绿色",)}
    assert word_lists(write(tmp_path, "b.csv", "word\n绿色\n")).lists == {"b": ("绿色",)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_word_a_line_is_one_list_in_whatever_encoding(tmp_path: Path, encoding: str) -> None:
    text = "绿色发展\r\n低碳生活\r\n\r\n环境保护和生态文明建设\r\n"
    assert word_lists(write(tmp_path, "green.csv", text, encoding)).lists == {
        "green": ("绿色发展", "低碳生活", "环境保护和生态文明建设")
    }
    assert list(word_lists(write(tmp_path, "mine.txt", text, encoding)).lists) == ["mine"]


def test_yaml_maps_names_to_words_or_is_one_list(tmp_path: Path) -> None:
    file = write(tmp_path, "a.yaml", "green:\n  - 绿色\n  - 低碳\nred: [红色]\n")
    assert word_lists(file).lists == {"green": ("绿色", "低碳"), "red": ("红色",)}
    assert word_lists(write(tmp_path, "b.yml", "- 绿色\n- 低碳\n")).lists == {"b": ("绿色", "低碳")}


def test_yaml_words_that_look_like_numbers_or_truth_values_stay_words(tmp_path: Path) -> None:
    file = write(tmp_path, "a.yaml", "odd: [on, 5e3, 2024, 1.50, no, null]\n")
    assert word_lists(file).lists == {"odd": ("on", "5e3", "2024", "1.50", "no", "null")}


def test_words_are_read_as_the_text_is_and_counted_once() -> None:
    assert word_lists({"a": ["ＰＭ２.５", "PM2.5", "環境 保護", "环境保护"]}).lists == {"a": ("PM2.5", "环境保护")}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("empty.csv", ""),
        ("blank.csv", "\n\n"),
        ("head.csv", "list,word\n"),
        ("cells.csv", "绿色,低碳\n环保,生态\n"),
        ("short.csv", "list,word\ngreen\n"),
        ("gap.csv", "list,word\ngreen, \ngreen,绿色\n"),
        ("broken.yaml", "green: [绿色\n"),
        ("text.yaml", "绿色\n"),
        ("deep.yaml", "green:\n  dark: [墨绿]\n"),
        ("object.yaml", "green: [!!python/object/apply:os.system [id]]\n"),
        ("nothing.yaml", ""),
        ("list.xlsx", "PK"),
    ],
)
def test_a_file_that_is_no_word_list_is_refused_by_name(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(RuleError, match=re.escape(name)):
        word_lists(write(tmp_path, name, text))


def test_a_file_that_cannot_be_read_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputNotFoundError, match=r"gone\.csv"):
        word_lists(tmp_path / "gone.csv")
    (tmp_path / "torn.csv").write_bytes("绿色发展与环境保护".encode() + b"\xff\xfe\xfa")
    with pytest.raises(EncodingError, match=r"torn\.csv"):
        word_lists(tmp_path / "torn.csv")


def test_an_unknown_name_is_answered_with_the_shipped_ones() -> None:
    with pytest.raises(RuleError, match="environment"):
        word_lists("enviroment")


def test_no_words_are_refused() -> None:
    for nothing in ([], {}, {"a": []}, {"a": [""]}):
        with pytest.raises(ValueError, match=r"no word|empty word"):
            word_lists(nothing)  # type: ignore[arg-type]


def test_every_shipped_list_says_whose_it_is() -> None:
    assert {"environment", "digital_economy", "digital_transformation"} <= set(shipped())
    for lists in shipped().values():
        for rule in lists:
            assert rule.source
            assert rule.note
            assert len(set(rule.words)) == len(rule.words)


def test_several_dictionaries_are_counted_together() -> None:
    found = together(["environment", "digital_economy", {"mine": ["红色"]}])
    assert {"environment", "digital_technology", "mine"} <= set(found.lists)
    assert found.sources["mine"] == ""
    with pytest.raises(RuleError, match="environment"):
        together(["environment", "environment"])
