"""Own targets against others': the parent's (层层加码), the nation's, and those of the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def gaps(frame: pd.DataFrame) -> pd.DataFrame:
    """Add to a long panel the numeric rows' distance to the parent level, the nation and the year before.

    Adds ``gap_parent``, ``gap_national`` and ``gap_previous``: own ``mid`` (in base units) less that of the same
    indicator and year of the parent level (county: its prefecture, else its province; prefecture: its province;
    province: the nation), of the nation, and of the same place a year before. Missing where either is missing.

    >>> import pandas as pd
    >>> rows = [
    ...     ("national", None, None, None, 2024, "gdp_growth", 5.0, "%"),
    ...     ("province", "岚江省", None, None, 2024, "gdp_growth", 6.0, "%"),
    ... ]
    >>> names = ["level", "province", "prefecture", "county", "year", "indicator_id", "mid", "unit_base"]
    >>> table = pd.DataFrame(rows, columns=names).assign(
    ...     form="numeric", adcode=None, region=None, value=lambda f: f.mid, value_base=lambda f: f.mid,
    ...     value_max_base=None)
    >>> gaps(table).gap_national.tolist()
    [nan, 1.0]
    """
    import pandas as pd

    rows = frame.to_dict("records")
    low, high = (pd.to_numeric(frame[c]) for c in ("value_base", "value_max_base"))
    middles = low.where(high.isna(), (low + high) / 2).tolist()
    known: dict[tuple[Any, ...], float] = {}
    for row, middle in zip(rows, middles, strict=True):
        if row["form"] == "numeric":
            known.setdefault((_place(row), row["year"], row["indicator_id"], row["unit_base"]), middle)
    columns: dict[str, list[float]] = {"gap_parent": [], "gap_national": [], "gap_previous": []}
    for row, middle in zip(rows, middles, strict=True):
        others: dict[str, float | None] = dict.fromkeys(columns)
        if row["form"] == "numeric":
            year, tail = row["year"], (row["indicator_id"], row["unit_base"])
            above = [known.get((place, year, *tail)) for place in _above(row)]
            others["gap_parent"] = next((m for m in above if m is not None), None)
            if row["level"] != "national":
                others["gap_national"] = known.get((_NATION, year, *tail))
            others["gap_previous"] = known.get((_place(row), year - 1, *tail))
        for column, other in others.items():
            columns[column].append(float("nan") if other is None else round(middle - other, 6))
    return frame.assign(**columns)


_NATION = ("national",)
_NAMES = {"national": (), "province": ("province",), "prefecture": ("province", "prefecture")}


def _place(row: dict[Any, Any]) -> tuple[Any, ...]:
    names = _NAMES.get(row["level"], ("province", "prefecture", "county"))
    return (row["level"], *(row[n] for n in names))


def _above(row: dict[Any, Any]) -> list[tuple[Any, ...]]:
    """The places whose targets a place's own are set against, the nearest first."""
    province, prefecture = row["province"], row["prefecture"]
    above: dict[str, list[tuple[Any, ...]]] = {
        "county": [("prefecture", province, prefecture), ("province", province)],
        "prefecture": [("province", province)],
        "province": [_NATION],
    }
    return above.get(row["level"], [])
