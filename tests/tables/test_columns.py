"""The declared columns are those of the model and of the contract."""

from __future__ import annotations

import types
import typing

import msgspec
import pytest

from govreport_nlp import model
from govreport_nlp.tables import ERRORS, TABLES, table

RECORDS = {
    "quantities": model.Quantity,
    "targets": model.Quantity,
    "relative_targets": model.RelativeTarget,
    "slogans": model.Slogan,
    "projects": model.Project,
}
OF_REPORT = ["report_id", "file", "region", "adcode", "year"]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_begins_with_the_report(name: str) -> None:
    names = [column.name for column in table(name).columns]
    assert names[:5] == OF_REPORT
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", RECORDS)
def test_a_table_has_every_field_of_its_record_and_nothing_else(name: str) -> None:
    names = [column.name for column in table(name).columns[5:]]
    assert sorted(names) == sorted(field.name for field in msgspec.structs.fields(RECORDS[name]))


@pytest.mark.parametrize("name", RECORDS)
def test_types_and_closed_lists_are_those_of_the_model(name: str) -> None:
    hints = typing.get_type_hints(RECORDS[name])
    for column in table(name).columns[5:]:
        hint = hints[column.name]
        nullable = isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union
        base = next(arg for arg in typing.get_args(hint) if arg is not type(None)) if nullable else hint
        if typing.get_origin(base) is typing.Literal:
            assert column.values == typing.get_args(base), column.name
            base = str
        if typing.get_origin(base) is tuple:
            base = str
        wanted = {str: "string", bool: "bool", float: "float64", int: "Int64" if nullable else "int64"}[base]
        assert column.dtype == wanted, column.name
        assert wanted != "bool" or not nullable


@pytest.mark.parametrize("made", [*TABLES.values(), ERRORS], ids=lambda made: made.name)
def test_every_column_says_what_it_is(made: typing.Any) -> None:
    for column in made.columns:
        assert column.description.endswith("."), column.name
        assert 0 < len(column.zh) <= 80
        assert column.name.isascii()
        assert len(column.name) <= 32


def test_labels_are_unambiguous_within_a_table() -> None:
    for made in TABLES.values():
        labels = [column.zh for column in made.columns]
        assert len(labels) == len(set(labels)), made.name


def test_an_unknown_table_is_refused_with_the_names_of_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"no table 'target'; the tables are reports, targets"):
        table("target")
