"""What the engines of other machines share: that somebody answers there, and that the library is the same."""

from __future__ import annotations

import importlib
import pkgutil
import platform
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from govreport_nlp.errors import EngineError

if TYPE_CHECKING:
    import pandas as pd

OUR_VERSION = "govreport_nlp:__version__"
"""What ``pkgutil.resolve_name`` is asked for: it finds this out on machines that may not have the library."""

_PATIENCE = 5.0  # seconds in which a scheduler must answer


def version() -> str:
    """The version of the library in this process."""
    return str(pkgutil.resolve_name(OUR_VERSION))


@dataclass(frozen=True)
class Checked:
    """``function`` for processes of other machines: one whose library has another version refuses it.

    >>> import pandas as pd
    >>> Checked(len)(pd.DataFrame({"job": [b"", b""]}))
    2
    """

    function: Callable[[pd.DataFrame], pd.DataFrame]
    version: str = field(default_factory=version)

    def __call__(self, part: pd.DataFrame) -> pd.DataFrame:
        if version() != self.version:
            raise other_version(platform.node(), version(), self.version)
        return self.function(part)


def other_version(where: str, there: str, here: str) -> EngineError:
    """The error of a machine where another version of the library is installed."""
    problem = f"govreport_nlp {there} is installed there, and {here} here"
    return EngineError(where, problem, f"install govreport-nlp {here} there")


def not_installed(where: str) -> EngineError:
    """The error of a machine where the library is not installed."""
    problem = "govreport_nlp cannot be imported there"
    return EngineError(where, problem, f"install govreport-nlp {version()} for the Python that works there")


def needed(module: str, engine: str) -> Any:
    """The module that the engine is made with. Raises ``EngineError`` where it is not installed.

    >>> needed("no_such_module", "dask")
    Traceback (most recent call last):
    govreport_nlp.errors.EngineError: engine dask: no_such_module, which it is made with, is not installed; \
run pip install 'govreport-nlp[dask]'.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        problem = f"{module}, which it is made with, is not installed"
        raise EngineError(f"engine {engine}", problem, f"run pip install 'govreport-nlp[{engine}]'") from error


def must_answer(address: str, what: str, example: str) -> None:
    """Raise ``EngineError`` unless something listens at ``address``; one without host and port cannot be asked.

    >>> must_answer("nowhere", "a Dask scheduler", "tcp://host:8786")
    Traceback (most recent call last):
    govreport_nlp.errors.EngineError: nowhere: it is no address of a Dask scheduler; give one like tcp://host:8786.
    """
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port:
        raise EngineError(address, f"it is no address of {what}", f"give one like {example}")
    try:
        socket.create_connection((host, port), timeout=_PATIENCE).close()
    except OSError as error:
        raise unanswered(address, what, error) from error


def unanswered(address: str, what: str, error: BaseException) -> EngineError:
    """The error of an address where nobody, or somebody else, answers."""
    return EngineError(address, f"{what} does not answer there ({error})", "start it, or correct the address")
