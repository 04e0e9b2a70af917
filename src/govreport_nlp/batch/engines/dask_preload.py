"""What the Dask workers that the library starts do first: Ctrl-C is for the main process, which then ends them."""

from __future__ import annotations

import signal
from typing import Any


def dask_setup(_: Any) -> None:
    """Called by Dask in every worker process that it starts or starts anew."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
