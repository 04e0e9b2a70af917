"""The generated codebook page is current."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_page_is_what_the_rules_say() -> None:
    check = [sys.executable, "scripts/make_codebook.py", "--check"]
    assert subprocess.run(check, cwd=ROOT, check=False, capture_output=True).returncode == 0
