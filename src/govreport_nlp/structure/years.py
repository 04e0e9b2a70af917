"""The report's own year: the one that its plan is for; and days as ISO dates."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import PurePath

from govreport_nlp.rules import Ruleset
from govreport_nlp.structure import scopes
from govreport_nlp.structure.markers import CHINESE

_FIGURES = str.maketrans("〇○零一二三四五六七八九", "000123456789")
# 到2025年的主要目标 and 2035年远景目标 tell how far the plan looks.
_IN_TITLE = re.compile(r"(?<![0-9到至])((?:19|20)[0-9]{2})年(?!远景)")
_IN_PATH = re.compile(r"(?<![0-9])((?:19[4-9]|20[0-9])[0-9])(?![0-9])")
_LATE = 11  # a report given in November or December plans the year that follows


def iso_date(year: str, month: str, day: str) -> str | None:
    """A day in Arabic or Chinese figures as an ISO date; None where there is no such day.

    >>> iso_date("二〇三一", "一", "二十五"), iso_date("2031", "2", "30")
    ('2031-01-25', None)
    """
    try:
        return datetime.date(_figure_year(year), _figure(month), _figure(day)).isoformat()
    except ValueError:
        return None


def _figure_year(year: str) -> int:
    return int(year.translate(_FIGURES))


def _figure(number: str) -> int:
    return CHINESE.get(number) or int(number)


def of_parts(titles: Sequence[str], rules: Ruleset) -> int | None:
    """The year that the titles of the main parts tell: that of the plan, or the one after the review's.

    >>> from govreport_nlp.rules import SHIPPED
    >>> of_parts(["2031年工作回顾", "今年工作安排"], SHIPPED)
    2032
    """
    reviewed: int | None = None
    planned: int | None = None
    for title in titles:
        found = [int(y) for y in _IN_TITLE.findall(title)]
        scope = scopes.of_title(title, None, rules)
        if not found or len(found) > 1:
            continue
        if scope == "plan" and planned is None:
            planned = found[0]
        if scope == "review":
            reviewed = found[0] + 1
    return planned or reviewed


def of_title(title: str) -> int | None:
    """The year in a report's title ("苇渡市2031年政府工作报告")."""
    found = {int(y) for y in _IN_TITLE.findall(title)}
    return found.pop() if len(found) == 1 else None


def of_date(date: str) -> int:
    """The year that a report plans for which was given on ``date``.

    >>> of_date("2031-01-25"), of_date("2031-12-28")
    (2031, 2032)
    """
    year, month = int(date[:4]), int(date[5:7])
    return year + (month >= _LATE)


def fits(year: int, date: str) -> bool:
    """Whether a report given on ``date`` may be that of ``year``: its plan is for the year itself or the next.

    >>> fits(2031, "2030-12-28"), fits(2035, "2031-01-25")
    (True, False)
    """
    return 0 <= year - int(date[:4]) <= 1


def of_path(path: str) -> int | None:
    """The year in a file's name, else in the nearest directory above it that has one; None where there are several.

    >>> of_path("reports/2030/weidu-2031.txt"), of_path("reports/2030/weidu.txt"), of_path("2030-2034.dta")
    (2031, 2030, None)
    """
    for part in reversed(PurePath(path).parts):
        found = set(_IN_PATH.findall(part))
        if found:
            return int(found.pop()) if len(found) == 1 else None
    return None
