"""What the tests of the source room share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def shared() -> Path:
    """The directory of real reports beside the repository; without it the test is skipped."""
    path = Path(__file__).parents[2].parent / "shared"
    if not path.is_dir():
        pytest.skip("no real reports beside the repository")
    return path
