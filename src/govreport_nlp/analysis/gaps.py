"""Own targets against others': the parent's (层层加码), the nation's, and those of the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

    numeric = frame[frame["form"] == "numeric"].copy()
    high = pd.to_numeric(numeric["value_max_base"])
    base = pd.to_numeric(numeric["value_base"])
    numeric["_mid"] = base.where(high.isna(), (base + high) / 2)
    lookup: dict[tuple[object, ...], float] = {}
    for row in numeric.itertuples():
        lookup.setdefault((_key(row), row.year, row.indicator_id, row.unit_base), float(numeric.at[row.Index, "_mid"]))
    out = frame.copy()
    for column in ("gap_parent", "gap_national", "gap_previous"):
        out[column] = float("nan")
    for row in numeric.itertuples():
        own = float(numeric.at[row.Index, "_mid"])
        tail = (row.indicator_id, row.unit_base)
        parents = [lookup.get((k, row.year, *tail)) for k in _parents(row)]
        parent = next((p for p in parents if p is not None), None)
        nation = lookup.get((("national",), row.year, *tail)) if row.level != "national" else None
        previous = lookup.get((_key(row), row.year - 1, *tail))
        for column, other in (("gap_parent", parent), ("gap_national", nation), ("gap_previous", previous)):
            if other is not None:
                out.loc[row.Index, column] = round(own - other, 6)
    return out


def _key(row: object) -> tuple[object, ...]:
    level = getattr(row, "level", None)
    names = {"national": (), "province": ("province",), "prefecture": ("province", "prefecture")}
    fields = names.get(str(level), ("province", "prefecture", "county"))
    return (level, *(getattr(row, f) for f in fields))


def _parents(row: object) -> list[tuple[object, ...]]:
    province, prefecture = getattr(row, "province", None), getattr(row, "prefecture", None)
    above: dict[str, list[tuple[object, ...]]] = {
        "county": [("prefecture", province, prefecture), ("province", province)],
        "prefecture": [("province", province)],
        "province": [("national",)],
    }
    return above.get(str(getattr(row, "level", None)), [])
