"""All tables and their columns, declared once: what frames, CSV files and docs/tables.md are made from."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from govreport_nlp import model

Dtype = Literal["string", "Int64", "int64", "float64", "bool"]
Heads = Literal["en", "zh"]


class Column(NamedTuple):
    """One column.

    ``dtype`` is the pandas dtype; ``string``, ``Int64`` and ``float64`` columns may hold missing values.
    ``unit`` is what a number counts, ``values`` the closed list of what a text may be.
    """

    name: str
    dtype: Dtype
    zh: str
    description: str
    unit: str = ""
    values: tuple[str, ...] = ()


class Table(NamedTuple):
    """One table: what a row of it is, and its columns in order."""

    name: str
    zh: str
    row: str
    columns: tuple[Column, ...]

    def heads(self, language: Heads = "en") -> list[str]:
        """What stands above the columns: their names, or their Chinese labels."""
        return [column.zh if language == "zh" else column.name for column in self.columns]


# What every table of reports begins with.
_REPORT = (
    Column(
        "report_id", "string", "报告编号", "Identity of the report, made from its text: the same text has the same id."
    ),
    Column("file", "string", "文件", "The file that the report was read from, as it was named."),
    Column("region", "string", "地区", "The place whose government reports."),
    Column("adcode", "string", "行政区划代码", "Six-digit code of the place (GB/T 2260), as of the report's year."),
    Column("year", "Int64", "年份", "The report's own year: the one that its plan is for.", "year"),
)

_TEXT = Column("text", "string", "原文", "The words as they stand in the report: `report.text[start:end]`.")

# What every record ends with: where it stands, and what made it.
_PLACE = (
    Column("section", "string", "章节", "Path of the section that holds it, from the part down, parted by `/`."),
    Column("sentence", "string", "句子", "The whole sentence that it stands in."),
    Column("start", "int64", "起点", "Offset of its first character in the report's text.", "character"),
    Column("end", "int64", "终点", "Offset after its last character in the report's text.", "character"),
)
_MAKER = (
    Column("rule", "string", "规则", "Id of the rule that made the row; it names one entry of one rule file."),
    Column(
        "confidence",
        "float64",
        "把握度",
        "From 0 to 1; low where a rule had to guess, so that a person can check those first.",
    ),
)

_INDICATOR = (
    Column(
        "indicator",
        "string",
        "指标",
        "What is measured: the shortest noun phrase as written, restored where several numbers share it.",
    ),
    Column("indicator_id", "string", "指标代码", "Id of the standard indicator, where it is one."),
)
_STATUS = Column(
    "status",
    "string",
    "性质",
    "`target`: promised or planned for the report's year or later; `achievement`: reached in a period before; "
    "`reference`: neither (a baseline, a rule's parameter, the size of what exists).",
    values=get_args(model.Status),
)
_PERIOD = (
    Column("period_start", "Int64", "起始年", "First year that it is for.", "year"),
    Column("period_end", "Int64", "截止年", "Last year that it is for.", "year"),
)

_QUANTITY = (
    *_REPORT,
    *_INDICATOR,
    _TEXT,
    Column("value", "float64", "数值", "The number as written, in `unit`; the lower one of a range."),
    Column("value_max", "float64", "数值上限", "The upper number of a range, in `unit`."),
    Column("unit", "string", "单位", "The unit as written, with 万 and 亿 where they are written after the digits."),
    Column("value_base", "float64", "基本数值", "The number in `unit_base`, with 十百千万亿 multiplied out."),
    Column("value_max_base", "float64", "基本数值上限", "The upper number of a range in `unit_base`."),
    Column("unit_base", "string", "基本单位", "The unit without 万 and 亿."),
    Column(
        "bound",
        "string",
        "界限",
        "How the number bounds what is measured; `~` is about, `range` is from `value` to `value_max`.",
        values=get_args(model.Bound),
    ),
    Column("modifier", "string", "修饰语", "The word behind `bound`, as written."),
    Column(
        "measure",
        "string",
        "口径",
        "`growth`: a rate against an earlier period; `change`: an amount added or removed; `level`: all else.",
        values=get_args(model.Measure),
    ),
    Column(
        "direction", "string", "方向", "Whether it rises or falls; empty for a level.", values=get_args(model.Direction)
    ),
    _STATUS,
    *_PERIOD,
    Column("annual_average", "bool", "年均", "True where the number is meant for each year of the period."),
    Column(
        "commitment",
        "string",
        "承诺强度",
        "How firmly it is promised: `firm` (must), `aim` (strive), `plain` (neither word).",
        values=get_args(model.Commitment),
    ),
    *_PLACE,
    *_MAKER,
)

_RELATIVE = (
    *_REPORT,
    *_INDICATOR,
    _TEXT,
    Column(
        "relation",
        "string",
        "关系",
        "How it is to stand to the reference; `assigned` is a task set from above, `positive` growth above zero.",
        values=get_args(model.Relation),
    ),
    Column("reference", "string", "参照", "What it is measured against, as written."),
    Column("reference_id", "string", "参照代码", "Id of the reference, where it is a standard indicator."),
    _STATUS,
    *_PERIOD,
    *_PLACE,
    *_MAKER,
)

_SLOGAN = (
    *_REPORT,
    _TEXT,
    Column(
        "kind",
        "string",
        "类别",
        "What the expression is: `numeric` counts its parts, `abbreviation` is clipped words, `phrase` a maxim or "
        "principle, `model` a named experience or campaign, `plan` a plan period, `name` a product, place or event, "
        "`figure` a metaphor or technical term, `quotation` quoted speech.",
        values=get_args(model.SloganKind),
    ),
    Column("is_slogan", "bool", "是否口号", "True for `numeric`, `abbreviation`, `phrase` and `model`."),
    Column("quoted", "bool", "是否带引号", "False for a known slogan that is written without quotation marks."),
    Column("definition", "string", "释义", "What it means, where the report's glossary or the lexicon says so."),
    Column("definition_source", "string", "释义来源", "Where the definition is from."),
    Column("parts", "string", "构成", "What it stands for, part by part, parted by `|`."),
    *_PLACE,
    *_MAKER,
)

_PROJECT = (
    *_REPORT,
    Column("name", "string", "项目名称", "Full name, with the head that several names share restored."),
    _TEXT,
    Column("head", "string", "中心词", "The shared or own head as written."),
    Column(
        "kind",
        "string",
        "类别",
        "`construction`: works, investment, plant, line, park; `programme`: a named plan, action or campaign.",
        values=get_args(model.ProjectKind),
    ),
    Column("stage", "string", "阶段", "How far it is.", values=get_args(model.Stage)),
    Column("action", "string", "动词", "The governing verb as written."),
    Column("group_size", "Int64", "组内个数", "How many projects the text says that its list has.", "project"),
    Column("investment", "float64", "投资额", "The investment written beside it, in `investment_unit`."),
    Column("investment_unit", "string", "投资额单位", "The unit of `investment` as written."),
    Column("capacity", "string", "规模", "The capacity or size written beside it."),
    _STATUS,
    *_PLACE,
    *_MAKER,
)

_SECTIONS = (
    *_REPORT,
    Column("index", "int64", "序号", "Place of the section among all of the report, from 0."),
    Column(
        "kind",
        "string",
        "类别",
        "`part`: opens a main part; `area`: a numbered task area; `subsection`: an unnumbered lead; "
        "`glossary`: the appended explanations and their terms.",
        values=tuple(kind for kind in get_args(model.SectionKind) if kind != "root"),
    ),
    Column("number", "Int64", "编号", "Its number, where it has one."),
    Column("marker", "string", "编号原文", "Its number as written."),
    Column("title", "string", "标题", "Its title without marker and closing full stop."),
    Column("depth", "int64", "层级", "1 for a main part, 2 for what is in it, and so on."),
    Column("parent", "Int64", "上级序号", "`index` of the section around it; empty for a main part."),
    Column("path", "string", "路径", "Titles or numbers from the main part down, parted by `/`."),
    Column("scope", "string", "范围", "`review`: looks back; `plan`: looks ahead; empty where that is not known."),
    Column("start", "int64", "起点", "Offset of the marker or, without one, of the title.", "character"),
    Column("end", "int64", "终点", "Offset of the end of all that it holds.", "character"),
)

_SENTENCES = (
    *_REPORT,
    Column("index", "int64", "序号", "Place of the sentence in the report, from 0."),
    _TEXT,
    _PLACE[0],
    *_PLACE[2:],
)

_REPORTS = (
    *_REPORT,
    Column("title", "string", "标题", "The report's title."),
    Column("province", "string", "省", "The province that the place is in."),
    Column("prefecture", "string", "地市", "The prefecture that the place is in."),
    Column("county", "string", "区县", "The county or district, where the report is one's."),
    Column("level", "string", "级别", "Level of the government that reports.", values=get_args(model.Level)),
    Column("session", "string", "会议", "The session of the people's congress, as written."),
    Column("speaker", "string", "报告人", "Who gave the report."),
    Column("date", "string", "日期", "The day that it was given (ISO 8601)."),
    Column("source", "string", "来源", "Where the file says that it is from."),
    Column("region_candidates", "string", "候选地区", "What an ambiguous name may be, parted by `|`."),
    Column("meta_source", "string", "信息出处", "Where each of these was found, as `field=place`, parted by `|`."),
    Column("n_chars", "int64", "字数", "Characters of the body, without white space and boilerplate.", "character"),
    Column("n_tokens", "int64", "词数", "Words of the body, as `tokenizer` cuts it; punctuation is none.", "word"),
    Column(
        "tokenizer",
        "string",
        "分词器",
        "What cut the words, with its version: rjieba, which has the dictionary of jieba.",
    ),
    Column("n_sentences", "int64", "句数", "Sentences.", "sentence"),
    Column("n_sections", "int64", "章节数", "Sections.", "section"),
    Column("n_quantities", "int64", "数量数", "Rows in `quantities`.", "row"),
    Column("n_targets", "int64", "目标数", "Rows in `targets`.", "row"),
    Column("n_relative_targets", "int64", "相对目标数", "Rows in `relative_targets`.", "row"),
    Column("n_slogans", "int64", "口号数", "Rows in `slogans`.", "row"),
    Column("n_projects", "int64", "项目数", "Rows in `projects`.", "row"),
)

_ERRORS = (
    Column("file", "string", "文件", "The file that could not be read."),
    Column("cause", "string", "原因类别", "A short stable word for the kind of failure."),
    Column("problem", "string", "问题", "What is wrong with it."),
    Column("remedy", "string", "办法", "What to do about it."),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table("reports", "报告", "one report: what is known of it, and how much was found in it", _REPORTS),
        Table("targets", "量化目标", "one promised number: a row of `quantities` with status `target`", _QUANTITY),
        Table("quantities", "数量", "one number with a unit that measures something", _QUANTITY),
        Table("relative_targets", "相对目标", "one promise without a number, of one indicator", _RELATIVE),
        Table("slogans", "口号与引语", "one quoted expression, or one known slogan without quotes", _SLOGAN),
        Table("projects", "项目", "one named project or programme", _PROJECT),
        Table("sections", "章节", "one section of the tree, in order of appearance", _SECTIONS),
        Table("sentences", "句子", "one sentence, in order of appearance", _SENTENCES),
    )
}
ERRORS = Table("errors", "错误", "one file that could not be read (batches only)", _ERRORS)

# A report with all that it holds as one cell: what a file of JSON lines is made from. No table for people.
WHOLE = Table(
    "json", "整份报告", "one report", (*_REPORT, Column("json", "string", "JSON", "All of it as one object."))
)


def table(name: str) -> Table:
    """The table of that name. Raises ``ValueError`` where there is none.

    >>> [column.name for column in table("sentences").columns][:4]
    ['report_id', 'file', 'region', 'adcode']
    """
    if name == WHOLE.name:
        return WHOLE
    if name not in TABLES:
        raise ValueError(f"there is no table {name!r}; the tables are {', '.join(TABLES)}")
    return TABLES[name]
