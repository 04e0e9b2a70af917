"""Libraries that only one kind of output needs: loaded when it is asked for, named with the remedy where absent."""

from __future__ import annotations

import importlib
from typing import Any

from govreport_nlp.errors import OutputError


def library(module: str, extra: str, path: str) -> Any:
    """The module that writes ``path``. Raises ``OutputError`` where it is not installed.

    >>> library("no_such_module", "xlsx", "out.xlsx")
    Traceback (most recent call last):
    govreport_nlp.errors.OutputError: out.xlsx: no_such_module, which writes it, is not installed; run pip install \
'govreport-nlp[xlsx]', or name a directory to get CSV files.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        problem = f"{module}, which writes it, is not installed"
        remedy = f"run pip install 'govreport-nlp[{extra}]', or name a directory to get CSV files"
        raise OutputError(path, problem, remedy) from error
