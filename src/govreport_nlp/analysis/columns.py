"""The columns of what attention, diffusion and the projects over time give, declared as those of the tables are."""

from __future__ import annotations

from govreport_nlp.tables import Column, Table, table

_REPORT = table("slogans").columns[:5]
_LEVEL = Column("level", "string", "级别", "Level of the government that reports.")
_LIST = Column("list", "string", "词表", "Name of the word list.")
_SCOPE = Column(
    "scope",
    "string",
    "范围",
    "What is counted: `all` the body, `plan` what looks ahead, `review` what looks back.",
    values=("all", "plan", "review"),
)

ATTENTION = Table(
    "attention",
    "词频占比",
    "one report, one word list and one scope",
    (
        *_REPORT,
        _LEVEL,
        _LIST,
        _SCOPE,
        Column(
            "scope_rule",
            "string",
            "范围依据",
            "How the scope was found: `body` all of it; `sections` by what the sections' titles and texts tell; "
            "`unknown` no section tells it, and nothing is counted; `unreadable` the file could not be read.",
            values=("body", "sections", "unknown", "unreadable"),
        ),
        Column("n_words", "Int64", "词表词数", "Different words of the list.", "word"),
        Column("n_words_hit", "Int64", "命中词数", "Different words of the list that occur.", "word"),
        Column("n_hits", "Int64", "命中次数", "Occurrences of the list's words.", "occurrence"),
        Column("n_sent_hit", "Int64", "命中句数", "Sentences with an occurrence.", "sentence"),
        Column("n_chars_hit", "Int64", "命中字数", "Characters that the occurrences cover.", "character"),
        Column("n_chars", "Int64", "字数", "Characters of the scope, without white space.", "character"),
        Column("n_tokens", "Int64", "词数", "Words of the scope as `tokenizer` cuts it; punctuation is none.", "word"),
        Column("n_tokens_nostop", "Int64", "词数（去停用词）", "Those that are no stop words.", "word"),
        Column("n_sentences", "Int64", "句数", "Sentences of the scope.", "sentence"),
        Column("share_tokens", "float64", "词频占比", "`n_hits` / `n_tokens`."),
        Column("share_chars", "float64", "字数占比", "`n_chars_hit` / `n_chars`."),
        Column(
            "overlap_policy",
            "string",
            "重叠规则",
            "What became of words inside longer ones: `longest` the longest of its list counts; `longest_of_all` the "
            "longest of all lists counts; `every` all of them count.",
            values=("longest", "longest_of_all", "every"),
        ),
        Column(
            "tokenizer", "string", "分词器", "What cut the words, with its version: jieba, which knew all lists' words."
        ),
        Column("source", "string", "来源", "Where the list is from: the paper that a shipped one cites, or a file."),
        Column("problem", "string", "问题", "Why the file could not be read."),
    ),
)

ATTENTION_HITS = Table(
    "attention_hits",
    "词频命中",
    "one occurrence of a listed word",
    (
        *_REPORT,
        _LIST,
        Column("word", "string", "词", "The word of the list."),
        Column("scope", "string", "范围", "`plan` or `review`, where the section tells it.", values=("plan", "review")),
        *(c for c in table("slogans").columns if c.name in ("text", "section", "sentence", "start", "end")),
    ),
)

_SLOGAN = Column("slogan", "string", "口号", "The slogan; a known one under the name that the lexicon gives it.")
_KIND = Column("kind", "string", "类别", "Its kind, as in the table `slogans`.")
_REGION = _REPORT[2:4]
_YEAR = _REPORT[4]
_LAG = "years after"

SLOGAN_FIRST = Table(
    "slogan_first",
    "口号首用",
    "one slogan: where it was first used, and how far it came",
    (
        _SLOGAN,
        _KIND,
        Column("first_year", "Int64", "首用年份", "The first year in which a report uses it.", "year"),
        Column("first_regions", "string", "首用地区", "Who used it in that year, parted by `|`."),
        Column("first_levels", "string", "首用级别", "Their levels, parted by `|`."),
        Column(
            "maybe_older",
            "bool",
            "可能更早",
            "True where the corpus begins with that use: no earlier report of one of `first_regions` shows it without.",
        ),
        Column("last_year", "Int64", "末用年份", "The last year in which a report uses it.", "year"),
        Column("n_regions", "int64", "地区数", "Places that use it.", "place"),
        Column("n_reports", "int64", "报告数", "Reports that use it.", "report"),
        Column("n_uses", "int64", "使用次数", "Occurrences, those in glossaries not counted.", "occurrence"),
    ),
)
SLOGAN_USES = Table(
    "slogan_uses",
    "口号使用",
    "one slogan in one report",
    (
        _SLOGAN,
        _KIND,
        _YEAR,
        _LEVEL,
        *_REGION,
        _REPORT[1],
        Column("n_uses", "int64", "使用次数", "Occurrences, those in the glossary not counted.", "occurrence"),
    ),
)
SLOGAN_YEARS = Table(
    "slogan_years",
    "口号逐年",
    "one slogan, one year and one level",
    (
        _SLOGAN,
        _KIND,
        _YEAR,
        _LEVEL,
        Column("n_uses", "int64", "使用次数", "Occurrences.", "occurrence"),
        Column("n_reports", "int64", "使用报告数", "Reports that use it.", "report"),
        Column("n_reports_all", "int64", "报告总数", "Reports of that year and level.", "report"),
        Column("share", "float64", "使用比例", "`n_reports` / `n_reports_all`."),
    ),
)
SLOGAN_LAGS = Table(
    "slogan_lags",
    "口号时滞",
    "one slogan and one place that uses it",
    (
        _SLOGAN,
        _KIND,
        *_REGION,
        _LEVEL,
        Column("first_year", "Int64", "首用年份", "The first year in which the place uses it.", "year"),
        Column(
            "year_before",
            "Int64",
            "此前报告年份",
            "The year of the place's report before that one, which does not use it; empty where there is none.",
            "year",
        ),
        Column("lag", "Int64", "总体时滞", f"{_LAG} the first use anywhere in the corpus.", "year"),
        Column("lag_national", "Int64", "对国家时滞", f"{_LAG} the first national use; negative where before.", "year"),
        Column(
            "lag_parent", "Int64", "对上级时滞", f"{_LAG} the first use of `parent`; negative where before.", "year"
        ),
        Column("parent", "string", "上级", "The nearest level above that uses it too."),
        Column(
            "followed",
            "Int64",
            "确定落后地区数",
            "Places that it surely took it up after: it had a report without, not earlier than their first use.",
            "place",
        ),
    ),
)
SLOGAN_FOLLOWS = Table(
    "slogan_follows",
    "口号跟随",
    "one place that took up slogans after another",
    (
        Column("leader", "string", "先行地区", "The place that used them first."),
        Column("leader_adcode", "string", "先行地区代码", "Its code."),
        Column("leader_level", "string", "先行级别", "Its level."),
        Column("follower", "string", "跟随地区", "The place that took them up later."),
        Column("follower_adcode", "string", "跟随地区代码", "Its code."),
        Column("follower_level", "string", "跟随级别", "Its level."),
        Column(
            "relation",
            "string",
            "关系",
            "What the leader is to the follower: of a level above it and over it, below and under it, or of its level.",
            values=("above", "below", "same_level", "other"),
        ),
        Column("n_shared", "int64", "共用口号数", "Slogans that both use.", "slogan"),
        Column("n_followed", "int64", "跟随数", "Those that the follower surely took up later.", "slogan"),
        Column("n_reverse", "int64", "反向跟随数", "Those that the leader surely took up later.", "slogan"),
        Column("n_same_year", "int64", "同年数", "Those that both first use in one year.", "slogan"),
        Column("mean_lag", "float64", "平均时滞", "Mean of the years between, over `n_followed`.", "year"),
    ),
)
SLOGAN_TURNOVER = Table(
    "slogan_turnover",
    "口号更替",
    "one slogan in two reports of a place, one after the other",
    (
        *_REGION,
        _LEVEL,
        Column("year_before", "Int64", "前一年份", "Year of the earlier report.", "year"),
        _YEAR,
        _SLOGAN,
        _KIND,
        Column(
            "change",
            "string",
            "变化",
            "`new`: only in the later; `kept`: in both; `dropped`: only in the earlier.",
            values=("new", "kept", "dropped"),
        ),
        Column("ever_before", "bool", "曾用", "True where a report of the place before both used it too."),
        Column("n_before", "int64", "前用次数", "Occurrences in the earlier.", "occurrence"),
        Column("n_after", "int64", "后用次数", "Occurrences in the later.", "occurrence"),
    ),
)

_PROJECT_ID = Column("project_id", "string", "项目编号", "Identity of the project, made from its place and its name.")
_STAGES = ("planned", "started", "completed")

PROJECT_REPORTS = Table(
    "project_reports",
    "项目逐年",
    "one project in one report",
    (
        _PROJECT_ID,
        *_REPORT,
        Column("name", "string", "项目名称", "The name that this report gives it, the fullest of several."),
        Column(
            "match",
            "string",
            "识别依据",
            "How it was known again: `first` it is new here; `exact` by the same name, trimmed; `near` by a name that "
            "differs in words for works only; `short` by a shortened name that fits no other project.",
            values=("first", "exact", "near", "short"),
        ),
        Column("kind", "string", "类别", "`construction` or `programme`, as in the table `projects`."),
        Column("stage", "string", "阶段", "How far it is by this and the earlier reports.", values=_STAGES),
        Column("reached", "string", "已达阶段", "How far the report says that it is; empty where it only plans."),
        Column("promised", "string", "承诺阶段", "What the report plans for it, as in the table `projects`."),
        Column("n_mentions", "int64", "提及次数", "Rows of the table `projects`.", "row"),
        Column("action", "string", "动词", "The governing verbs as written, parted by `|`."),
        Column("group_size", "Int64", "声称个数", "How many projects the text says that its list has.", "project"),
        Column("n_listed", "Int64", "列名个数", "How many the list names.", "project"),
        Column(
            "group_mismatch",
            "bool",
            "个数不符",
            "True where more are named than claimed, or fewer without a word that leaves the list open.",
        ),
        Column("investment", "float64", "投资额", "The investment written beside it, in `investment_unit`."),
        Column("investment_unit", "string", "投资额单位", "The unit of `investment` as written."),
        *(c for c in table("projects").columns if c.name in ("section", "sentence", "start", "end")),
    ),
)
PROJECT_PATHS = Table(
    "project_paths",
    "项目路径",
    "one project over all reports of its place",
    (
        _PROJECT_ID,
        *_REGION,
        Column("name", "string", "项目名称", "The fullest name that it has."),
        Column("names", "string", "各处名称", "All names that it has, parted by `|`."),
        Column("kind", "string", "类别", "The kind that most of its rows have."),
        Column("first_year", "Int64", "首见年份", "Year of the first report that names it.", "year"),
        Column("last_year", "Int64", "末见年份", "Year of the last report that names it.", "year"),
        Column("n_reports", "int64", "报告数", "Reports that name it.", "report"),
        Column("path", "string", "路径", 'Stage by stage with the report\'s year, as "2023 planned > 2024 completed".'),
        Column("promises", "string", "历次承诺", 'What was planned year by year, as "2023 start; 2024 complete".'),
        Column("stage", "string", "阶段", "How far it is by the last report that names it.", values=_STAGES),
        Column("completed", "bool", "已完成", "True where a report says that it is completed."),
        Column(
            "stalled",
            "bool",
            "停滞",
            "True where a report planned its start or completion, and a later one that names it does not say that "
            "this was reached.",
        ),
        Column(
            "late",
            "bool",
            "延误",
            "True where the next report that names it after such a plan does not say that it was reached, even if "
            "a later one does.",
        ),
        Column(
            "vanished",
            "bool",
            "消失",
            "True where it is not completed and a later report of the place does not name it.",
        ),
        Column("vanished_year", "Int64", "消失年份", "Year of the first report that no longer names it.", "year"),
        Column("reopened", "bool", "重启", "True where a report plans it or builds on it after it was completed."),
        Column("weakest_match", "string", "最弱识别", "The weakest way in which it was known again (see `match`)."),
        Column("group_mismatch", "bool", "个数不符", "True where one of its lists names not as many as it claims."),
    ),
)

DIFFUSION = (SLOGAN_FIRST, SLOGAN_USES, SLOGAN_YEARS, SLOGAN_LAGS, SLOGAN_FOLLOWS, SLOGAN_TURNOVER)
PROJECTS = (PROJECT_REPORTS, PROJECT_PATHS)
