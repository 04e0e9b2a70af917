"""Reports of the shipped corpus, packed as archives and data sets."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
PLACES = ("wangshuo", "weidu", "zeyang", "jichuan")


def text(name: str) -> str:
    data = (CORPUS / f"{name}.txt").read_bytes()
    try:
        found = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        found = data.decode("gb18030")
    return found.replace("\r\n", "\n")


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    """The plain text reports by name, as ``wangshuo-2023``."""
    return {f"{place}-{year}": text(f"{place}-{year}") for place in PLACES for year in (2023, 2024)}


@pytest.fixture(scope="session")
def rows() -> list[dict[str, Any]]:
    """Two counties, two years each, as a data set has them."""
    found = []
    for place, name in (("wangshuo", "望朔县"), ("weidu", "渭渡区")):
        for year in (2023, 2024):
            found.append({"年份": year, "省份": "岚江省", "县": name, "gdp": 5.5, "正文": text(f"{place}-{year}")})
    return found


def must_have(module: str, *, java: bool = False) -> None:
    """Skip where the package or Java is absent; on the machine that decides they must not be."""
    if os.environ.get("CI") == "true":
        return
    pytest.importorskip(module)
    if java and not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("there is no Java here")
