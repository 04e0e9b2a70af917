"""Pages saved as one file."""

from __future__ import annotations

from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from govreport_nlp import source as sources
from govreport_nlp.errors import FormatError

BODY = "过去一年，全县上下同心协力，地区生产总值增长6.3%，新建农村公路120公里，城镇新增就业3260人，发展势头良好。"


def saved(*pages: tuple[str, str]) -> bytes:
    message: Message = MIMEMultipart("related")
    message["From"] = "<Saved by a browser>"
    for markup, charset in pages:
        message.attach(MIMEText(markup, "html", charset))  # type: ignore[attr-defined]
    return message.as_bytes()


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_saved_page(charset: str) -> None:
    source = sources.read(saved((f"<p><b>稳增长。</b>{BODY}</p>", charset)))
    assert source.format == "mhtml"
    assert source.text == "稳增长。" + BODY
    assert source.bold == ((0, 4),)


def test_the_frame_with_the_report_is_taken() -> None:
    assert BODY in sources.read(saved(("<p>首页</p>", "utf-8"), (f"<p>{BODY}</p>", "utf-8"))).text


def test_a_page_as_the_only_part() -> None:
    message = EmailMessage()
    message.set_content(f"<p>{BODY}</p>", subtype="html")
    assert sources.read(message.as_bytes()).text == BODY


def test_without_a_page() -> None:
    message = MIMEMultipart("related")
    message.attach(MIMEText("x", "css"))
    with pytest.raises(FormatError, match="holds no HTML"):
        sources.read(message.as_bytes())
