"""Rules of the user's own for processes on other machines, where the user's directories do not exist."""

from __future__ import annotations

import hashlib
import io
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from govreport_nlp.batch import columns
from govreport_nlp.batch.work import Failure, Job, tabulate
from govreport_nlp.errors import RuleError
from govreport_nlp.rules import RuleDirectory, Ruleset
from govreport_nlp.source import encoding, html_page, pdf
from govreport_nlp.tables import TABLES

_ENDINGS = (".toml", ".csv")

# A report that leads through all that reading a text asks of the rules.
_TRIAL = """浦东新区政府工作报告
2024年1月5日在上海市浦东新区第十四届人民代表大会第三次会议上
各位代表：
一、2023年工作回顾
地区生产总值增长5%，“放管服”改革深入推进。建成城东水库工程。
二、2024年工作安排
（一）稳中求进
持续扩大内需。确保新增就业7200人以上，居民收入增长与经济增长同步。
加快城市更新。建设城东水库工程。
名词解释：
放管服：简政放权、放管结合、优化服务。
"""


@dataclass(frozen=True)
class FilesInMemory:
    """A directory of rule files with their contents: what a ``Ruleset`` takes in place of a path.

    Two are equal where their files are, so that a process that is sent it again and again reads them once.
    """

    label: str
    files: dict[str, bytes] = field(compare=False, repr=False)
    digest: str = ""

    def __truediv__(self, name: str, /) -> FileInMemory:
        return FileInMemory(f"{self.label}/{name}", self.files.get(name))


@dataclass(frozen=True)
class FileInMemory:
    """A rule file with its content, which is None where there is no such file."""

    label: str
    content: bytes | None

    def __str__(self) -> str:
        return self.label

    def is_file(self) -> bool:
        return self.content is not None

    def read_text(self, encoding: str) -> str:
        return io.TextIOWrapper(io.BytesIO(self.content or b""), encoding).read()


def portable(rules: Ruleset) -> Ruleset:
    """``rules`` with the contents of its directories in place of their paths: it can be sent to other machines.

    Every rule that reading a report depends on is tried here, before anything is sent. Raises ``RuleError`` for a
    file that cannot be read, breaks its schema, or makes the reading of a plain report fail.

    >>> import pickle
    >>> from govreport_nlp.rules import SHIPPED
    >>> portable(SHIPPED) == SHIPPED == pickle.loads(pickle.dumps(portable(SHIPPED)))
    True
    """
    if not rules.directories:
        return rules
    packed = Ruleset(tuple(map(_packed, rules.directories)))
    _try(packed)
    return packed


def digest_of(rules: Ruleset) -> str:
    """What tells the user's own rules from any others: by their names and contents; empty where there are none."""
    packed = [_packed(directory) for directory in rules.directories]
    return " ".join(one.digest for one in packed if isinstance(one, FilesInMemory) and one.files)


def _packed(directory: RuleDirectory) -> RuleDirectory:
    if not isinstance(directory, Path):
        return directory
    files: dict[str, bytes] = {}
    for path in sorted(directory.rglob("*")):
        if path.suffix in _ENDINGS and path.is_file():
            files[path.relative_to(directory).as_posix()] = _content(path)
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
    return FilesInMemory(os.fspath(directory), files, digest.hexdigest())


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
        content.decode("utf-8")
    except OSError as error:
        problem = f"it cannot be read ({error.strerror})"
        raise RuleError(str(path), problem, "make it readable, or take it away") from None
    except UnicodeDecodeError as error:
        raise RuleError(str(path), f"byte {error.start} is no UTF-8", "save it as UTF-8") from None
    return content


def _try(rules: Ruleset) -> None:
    """Read a report with the rules; raises ``RuleError`` where one of them does not allow it."""
    try:
        columns.field_of("年份", rules)
        for ask in (encoding.common_characters, html_page.region_words, pdf.bold_names):
            ask(rules)
    except (re.error, ValueError, LookupError) as error:
        raise _fails(rules, f"no file is read ({type(error).__name__}: {error})") from error
    result = tabulate(Job("a plain report", rules, {"year": 2024}, tuple(TABLES), _TRIAL.encode()))
    if isinstance(result, Failure):
        raise _fails(rules, f"a plain report is not read: {result.problem}")


def _fails(rules: Ruleset, problem: str) -> RuleError:
    where = ", ".join(str(getattr(directory, "label", directory)) for directory in rules.directories)
    return RuleError(where, f"with these rules {problem}", "correct the rule that was changed last")
