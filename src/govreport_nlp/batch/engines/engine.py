"""What an engine is, and the one table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Literal, Protocol

from govreport_nlp.batch.engines.local import local_engine

if TYPE_CHECKING:
    import pandas as pd

Name = Literal["local", "dask", "spark"]


class Engine(Protocol):
    """Runs a pure function from frame to frame over many parts."""

    def map(
        self, function: Callable[[pd.DataFrame], pd.DataFrame], parts: Iterable[pd.DataFrame]
    ) -> Iterator[pd.DataFrame]:
        """``function`` of every part, in the order of ``parts``; only a few parts are taken ahead of the results."""


ENGINES: dict[Name, Callable[[str | None, int | None], AbstractContextManager[Engine]]] = {"local": local_engine}


def open_engine(name: Name, scheduler: str | None, workers: int | None) -> AbstractContextManager[Engine]:
    """The engine of that name; ``scheduler`` is the cluster's address, ``workers`` how many processes of this machine.

    Raises ``ValueError`` for another name.
    """
    if name not in ENGINES:
        raise ValueError(f"the engine is {' or '.join(ENGINES)}, not {name!r}")
    return ENGINES[name](scheduler, workers)
