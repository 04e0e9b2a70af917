"""Decoding is right or refused."""

from __future__ import annotations

import pytest

from govreport_nlp import source as sources
from govreport_nlp.errors import EncodingError, LimitError
from govreport_nlp.source import encoding
from govreport_nlp.source.encoding import decode

TEXT = (
    "各位代表：\n现在，我代表县人民政府向大会报告工作，请予审议。过去一年，全县地区生产总值增长6.3%，"
    "新建农村公路120公里，城镇新增就业3260人，城乡居民收入稳步提高，各项社会事业全面发展。\n"
)
OLD = "各位代表：\n國務院向大會報告工作，國民經濟得到恢復和發展，工農業總產值增長百分之三十六，人民生活逐步改善。\n"


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_simplified_text(name: str) -> None:
    assert decode(TEXT.encode(name), "a.txt") == TEXT


@pytest.mark.parametrize("name", ["utf-8", "gb18030", "big5", "cp950", "big5hkscs", "utf-16-le"])
def test_traditional_text(name: str) -> None:
    assert decode(OLD.encode(name), "a.txt") == OLD


@pytest.mark.parametrize("text", ["就业增长", "联通", "政府工作报告", "各位代表：", "增长5%"])
@pytest.mark.parametrize("name", ["utf-8", "gb18030"])
def test_very_short_texts(text: str, name: str) -> None:
    assert decode(text.encode(name), "a.txt") == text


def test_gb18030_of_four_bytes() -> None:
    text = TEXT + "㑇㐂𠀀€"
    assert decode(text.encode("gb18030"), "a.txt") == text


def test_ascii_in_utf16_without_mark() -> None:
    assert decode("GDP 5%\n".encode("utf-16-be"), "a.txt") == "GDP 5%\n"


def test_the_first_bad_byte_is_named() -> None:
    data = TEXT.encode("utf-8")
    at = len(TEXT[:20].encode())
    broken = data[:at] + b"\xff" + data[at:]
    with pytest.raises(EncodingError, match=rf"^a\.txt: byte {at} \(0xff\) is not valid UTF-8; "):
        decode(broken, "a.txt")


def test_the_first_bad_byte_of_a_gb18030_file() -> None:
    data = TEXT.encode("gb18030") * 3
    at = len(TEXT[:50].encode("gb18030"))
    broken = data[:at] + b"\xff\xff" + data[at:]
    with pytest.raises(EncodingError, match=rf"byte {at} \(0xff\) is not valid GB18030"):
        decode(broken, "a.txt")


@pytest.mark.parametrize(("name", "label"), [("utf-8", "UTF-8"), ("gb18030", "GB18030"), ("utf-8-sig", "UTF-8")])
def test_a_file_cut_inside_its_last_character(name: str, label: str) -> None:
    data = (TEXT + "稳").encode(name)[:-1]
    with pytest.raises(EncodingError, match=f"the {label} text breaks off in the middle of a character at byte"):
        decode(data, "a.txt")


def test_a_lost_byte_that_garbles_what_follows() -> None:
    data = (TEXT * 6).replace("\n", "，").encode("gb18030")
    at = next(
        i
        for i in range(400, 500)
        if data[i] >= 0xB0 and data[:i].decode("gb18030", "ignore").encode("gb18030") == data[:i]
    )
    with pytest.raises(EncodingError):
        decode(data[:at] + data[at + 1 :], "a.txt")


def test_two_encodings_in_one_file() -> None:
    with pytest.raises(EncodingError):
        decode(TEXT.encode("gb18030") * 2 + TEXT.encode("utf-8") * 2, "a.txt")


def test_an_unknown_encoding() -> None:
    data = bytes(range(128, 256)) * 20
    with pytest.raises(EncodingError, match=r"no encoding that is known here|is not valid"):
        decode(data, "a.txt")


def test_control_and_zero_bytes_stay_in_the_text_and_out_of_the_view() -> None:
    source = sources.read((TEXT[:30] + "\x00\x07" + TEXT[30:] + "\x00\x00").encode())
    assert source.text.count("\x00") == 3
    view = sources.fold(source)
    assert "\x00" not in view.text
    assert view.text == sources.fold(sources.from_text(TEXT)).text


def test_a_replacement_character_of_the_file_itself_stays() -> None:
    assert decode((TEXT + "\ufffd").encode(), "a.txt").endswith("\ufffd")


def test_text_without_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "MAX_TEXT", 100)
    with pytest.raises(LimitError, match=r"a\.txt"):
        decode(TEXT.encode(), "a.txt")


def test_plain_text_is_the_file_itself() -> None:
    given = " \u3000各位代表：\r\n\r\n现在\t报告工作，新增就业１２ 人。\r推进  改革。\n\n"
    source = sources.read(("\ufeff" + given).encode())
    assert source.text == given.replace("\r\n", "\n").replace("\r", "\n")
    assert (source.format, source.bold) == ("txt", None)
