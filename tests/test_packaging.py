"""What is installed, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import govreport_nlp

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
HEAVY = (
    *("pandas", "numpy", "jieba", "rjieba", "rich", "docx", "click", "jinja2"),
    *("concurrent.futures.process", "multiprocessing"),
)
CLUSTERS = ("dask", "distributed", "pyspark", "py4j")


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_the_version_stands_in_one_place() -> None:
    assert PROJECT["project"]["dynamic"] == ["version"]
    assert metadata.version("govreport-nlp") == govreport_nlp.__version__


def test_dependencies_have_lower_bounds_only() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    for requirement in [*PROJECT["project"]["dependencies"], *(r for extra in extras.values() for r in extra)]:
        assert "<" not in requirement
        assert "==" not in requirement
        assert ">=" in requirement or requirement.startswith("govreport-nlp[")


def test_it_is_typed_and_brings_its_rules_and_pages() -> None:
    package = Path(govreport_nlp.__file__).parent
    assert (package / "py.typed").is_file()
    assert list((package / "rules").glob("*.toml"))
    assert {"page.html", "page.css", "page.js", "index.html"} <= {
        f.name for f in (package / "page" / "assets").iterdir()
    }


def test_the_public_names() -> None:
    assert {"Corpus", "GovReportError", "Report", "parse", "read"} <= set(govreport_nlp.__all__)
    assert all(hasattr(govreport_nlp, name) for name in govreport_nlp.__all__)


@pytest.mark.parametrize(
    ("work", "allowed"),
    [
        ("import govreport_nlp", set()),
        ("import govreport_nlp; govreport_nlp.parse('各位代表：增长5%。', year=2024)", set()),
        ("import govreport_nlp; govreport_nlp.Corpus('corpus').files", set()),
        ("import govreport_nlp.cli", {"click"}),
        ("import govreport_nlp; govreport_nlp.parse('增长5%。').to_frame('targets')", {"pandas", "numpy"}),
    ],
)
def test_what_is_large_is_loaded_where_it_is_used(work: str, allowed: set[str]) -> None:
    code = f"import sys; {work}; print(*(name for name in {HEAVY + CLUSTERS!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(done.stdout.split())
    if "pandas" in allowed:
        loaded -= {"multiprocessing", "concurrent.futures.process"}
    assert loaded <= allowed


def test_words_are_what_loads_a_tokenizer() -> None:
    code = "import sys, govreport_nlp; r = govreport_nlp.parse('各位代表：'); {}; print('rjieba' in sys.modules)"
    assert run(code.format("r.to_frame('sentences')")) == "False\n"
    assert run(code.format("r.to_frame('reports')")) == "True\n"


def test_importing_it_takes_no_longer_than_it_may() -> None:
    """0.3 s on a machine where importing pandas takes 0.21 s; the ratio holds on others too."""
    timed = "import time; start = time.process_time(); import {}; print(time.process_time() - start)"
    ours, theirs = (min(float(run(timed.format(name))) for _ in range(3)) for name in ("govreport_nlp", "pandas"))
    assert ours < theirs * 0.3 / 0.21
