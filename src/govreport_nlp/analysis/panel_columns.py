"""The columns of the panel and of the outcomes, declared as those of the tables are."""

from __future__ import annotations

from typing import get_args

from govreport_nlp import model
from govreport_nlp.tables import Column, Table, table

_QUANTITY = {column.name: column for column in table("quantities").columns}
_RELATIVE = {column.name: column for column in table("relative_targets").columns}

PANEL = Table(
    "panel",
    "指标面板",
    "one report and one standard indicator: its headline target",
    (
        _QUANTITY["file"],
        _QUANTITY["report_id"],
        _QUANTITY["region"],
        Column("province", "string", "省", "The province-level place that it lies in, or is."),
        Column("prefecture", "string", "市州", "The prefecture-level place that it lies in, or is."),
        Column("county", "string", "区县", "The county-level place that it is."),
        _QUANTITY["adcode"],
        Column("level", "string", "级别", "Level of the government that reports.", values=get_args(model.Level)),
        _QUANTITY["year"],
        _QUANTITY["indicator_id"],
        _QUANTITY["indicator"],
        Column(
            "form",
            "string",
            "目标形式",
            "`numeric`: a number; `relative`: set against something else; `assigned`: as set from above; "
            "`stated_absent`: the report says that none is set; `not_found`; `unreadable`: the file is.",
            values=("numeric", "relative", "assigned", "stated_absent", "not_found", "unreadable"),
        ),
        _QUANTITY["value"],
        _QUANTITY["value_max"],
        Column("mid", "float64", "中值", "The middle of a range, else the value, in `unit`."),
        *(_QUANTITY[n] for n in ("unit", "value_base", "value_max_base", "unit_base", "bound", "modifier")),
        *(_QUANTITY[n] for n in ("commitment", "annual_average", "period_start", "period_end")),
        _RELATIVE["relation"],
        _RELATIVE["reference_id"],
        Column(
            "constraint",
            "string",
            "约束类型",
            "How hard the target binds, by the words of `constraint_scheme`.",
            values=("hard", "soft", "interval"),
        ),
        Column("constraint_scheme", "string", "约束划分", "The scheme that `constraint` is by; see docs/codebook.md."),
        _QUANTITY["sentence"],
        _QUANTITY["start"]._replace(dtype="Int64"),
        _QUANTITY["end"]._replace(dtype="Int64"),
        Column("path", "string", "章节", "Path of the section that holds it, from the part down, parted by `/`."),
        _QUANTITY["rule"],
        _QUANTITY["confidence"],
    ),
)

OUTCOMES = Table(
    "outcomes",
    "目标完成",
    "one place, one standard indicator and one year: its target and what became of it",
    (
        _QUANTITY["region"],
        _QUANTITY["adcode"],
        _QUANTITY["indicator_id"],
        Column("year", "Int64", "年份", "The year that the target was for.", "year"),
        Column("target_file", "string", "目标文件", "The file of the report that set the target."),
        Column("target_value_base", "float64", "目标值", "The target, or the lower end of its range, in `unit_base`."),
        Column("target_value_max_base", "float64", "目标上限", "The upper end of a range, in `unit_base`."),
        Column("target_bound", "string", "目标界限", "How the target bounds.", values=get_args(model.Bound)),
        Column("outcome_file", "string", "完成文件", "The file of the report of the next year."),
        Column("outcome_value_base", "float64", "完成值", "What was reached that year; a fall is negative growth."),
        Column("outcome_bound", "string", "完成界限", "How that number bounds.", values=get_args(model.Bound)),
        _QUANTITY["unit_base"],
        Column(
            "verdict",
            "string",
            "完成情况",
            "Whether what was reached keeps the target; `not_reported`: the next report does not say; `no_target`.",
            values=("met", "missed", "not_reported", "no_target"),
        ),
        Column("target_sentence", "string", "目标句", "The sentence of the target."),
        Column("outcome_sentence", "string", "完成句", "The sentence of the outcome."),
    ),
)
