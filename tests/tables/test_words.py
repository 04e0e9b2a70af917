"""How characters and words are counted."""

from __future__ import annotations

import logging

import jieba
import pytest

from govreport_nlp.tables import words


@pytest.mark.parametrize(
    ("boilerplate", "left"),
    [([], "首页正文打印"), ([(0, 2)], "正文打印"), ([(4, 6), (0, 2)], "正文"), ([(0, 3), (1, 2)], "文打印")],
)
def test_the_body_is_what_is_no_boilerplate(boilerplate: list[tuple[int, int]], left: str) -> None:
    assert words.body("首页正文打印", boilerplate) == left


def test_white_space_is_no_character() -> None:
    assert words.n_chars("政 府\u3000工作\n报告 2024") == 10


def test_words_are_jiebas_without_punctuation() -> None:
    text = "城镇新增就业7260人，调查失业率控制在5.3%以内。"
    assert words.n_tokens(text) == len([w for w in jieba.lcut(text) if w not in "，。"])
    assert words.n_tokens("。！\n ") == 0


def test_layout_does_not_cut_words() -> None:
    assert words.n_tokens("政 府 工 作 报 告") == words.n_tokens("政府工作报告")
    assert words.n_tokens("经济社\n会发展") == words.n_tokens("经济社会发展")


def test_words_that_a_user_adds_to_jieba_change_nothing() -> None:
    before = words.n_tokens("岚江望朔霁川")
    jieba.add_word("岚江望朔霁川")
    try:
        assert words.n_tokens("岚江望朔霁川") == before > 1
    finally:
        jieba.del_word("岚江望朔霁川")


def test_loading_says_nothing_and_leaves_the_log_as_it_was(capfd: pytest.CaptureFixture[str]) -> None:
    words._tokenizer.cache_clear()
    level = logging.getLogger("jieba").level
    words.n_tokens("词")
    assert capfd.readouterr().err == ""
    assert logging.getLogger("jieba").level == level
