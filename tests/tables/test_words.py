"""How characters and words are counted."""

from __future__ import annotations

import logging
from importlib import metadata
from pathlib import Path

import jieba
import pytest
import rjieba

from govreport_nlp.tables import words

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@pytest.mark.parametrize(
    ("boilerplate", "left"),
    [([], "首页正文打印"), ([(0, 2)], "正文打印"), ([(4, 6), (0, 2)], "正文"), ([(0, 3), (1, 2)], "文打印")],
)
def test_the_body_is_what_is_no_boilerplate(boilerplate: list[tuple[int, int]], left: str) -> None:
    assert words.body("首页正文打印", boilerplate) == left


def test_white_space_is_no_character() -> None:
    assert words.n_chars("政 府\u3000工作\n报告 2024") == 10


def test_words_are_as_jieba_cuts_them_without_punctuation() -> None:
    text = "城镇新增就业7260人，调查失业率控制在5.3%以内。"
    assert words.n_tokens(text) == len([w for w in jieba.lcut(text) if w not in "，。"])
    assert words.n_tokens("。！\n ") == 0


def test_layout_does_not_cut_words() -> None:
    assert words.n_tokens("政 府 工 作 报 告") == words.n_tokens("政府工作报告")
    assert words.n_tokens("经济社\n会发展") == words.n_tokens("经济社会发展")


def test_the_count_is_jiebas_on_whole_reports() -> None:
    for file in sorted(CORPUS.glob("*.txt")):
        text = file.read_text(encoding="utf-8", errors="ignore")
        counted = sum(any(map(str.isalnum, token)) for token in jieba.lcut(words._LAYOUT.sub("", text)))
        assert words.n_tokens(text) == pytest.approx(counted, rel=0.001)


def test_words_that_a_user_adds_change_nothing() -> None:
    before, listed = words.n_tokens("岚江望朔霁川"), list(words.tokenizer_with(("霁川",)).cut("岚江望朔霁川"))
    jieba.add_word("岚江望朔霁川")
    rjieba.add_word("岚江望朔霁川", 100000, None)
    try:
        assert rjieba.cut("岚江望朔霁川") == ["岚江望朔霁川"]
        assert words.n_tokens("岚江望朔霁川") == before > 1
        assert list(words.tokenizer_with(("霁川",)).cut("岚江望朔霁川")) == listed
    finally:
        jieba.del_word("岚江望朔霁川")


def test_each_tokenizer_is_named_with_its_version() -> None:
    assert words.tokenizer_name() == f"rjieba {metadata.version('rjieba')}"
    assert words.list_tokenizer_name() == f"jieba {metadata.version('jieba')}"


def test_loading_says_nothing_and_leaves_the_log_as_it_was(capfd: pytest.CaptureFixture[str]) -> None:
    words._tokenizer.cache_clear()
    words.tokenizer_with.cache_clear()
    level = logging.getLogger("jieba").level
    words.tokenizer_with(("新词",)).cut("词")
    assert capfd.readouterr().err == ""
    assert logging.getLogger("jieba").level == level
