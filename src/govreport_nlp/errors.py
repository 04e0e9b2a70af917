"""What goes wrong, in plain words: every error names the file and the remedy."""

from __future__ import annotations


class GovReportError(Exception):
    """Root of all errors that the library raises on purpose.

    ``str(error)`` is one sentence that names the file and what to do. ``cause`` is a short
    stable word for tables of failures (``"encoding"``, ``"empty"``, ...).

    >>> str(EmptyInputError("a.txt", "the file holds no text", "check that the download finished"))
    'a.txt: the file holds no text; check that the download finished.'
    """

    cause = "error"

    def __init__(self, file: str, problem: str, remedy: str) -> None:
        super().__init__(file, problem, remedy)
        self.file = file
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.file}: {self.problem}; {self.remedy}."


class InputNotFoundError(GovReportError):
    """The path does not exist, cannot be read, or is no ordinary file."""

    cause = "not_found"


class EmptyInputError(GovReportError):
    """The file holds no text."""

    cause = "empty"


class NotAReportError(GovReportError):
    """The file was read, but what it holds is no government work report."""

    cause = "not_a_report"


class EncodingError(GovReportError):
    """The bytes are in no encoding that the library knows, or are damaged."""

    cause = "encoding"


class FormatError(GovReportError):
    """The file's format is unknown, broken, encrypted or unsafe."""

    cause = "format"


class LimitError(GovReportError):
    """The input is larger or deeper than the library reads (see the message for the limit)."""

    cause = "limit"


class RuleError(GovReportError):
    """A rule file breaks its schema."""

    cause = "rules"


class OutputError(GovReportError):
    """Results cannot be written where they were asked for."""

    cause = "output"


class EngineError(GovReportError):
    """A cluster cannot be reached or used, or what it needs is not installed; ``file`` names the engine or address."""

    cause = "engine"
