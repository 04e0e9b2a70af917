"""The kinds of entries in the project rule files."""

from __future__ import annotations

from typing import Literal

from govreport_nlp.model import Stage
from govreport_nlp.rules import Rule

Side = Literal["before", "after", "both"]
Role = Literal["manner", "time", "here", "tail", "part", "inert", "particle"]
Naming = Literal["proper", "common", "placed", "quoted", "never"]


class VerbRule(Rule, frozen=True, kw_only=True):
    """Verbs that tell one stage (``rules/project_verbs.toml``, whose head explains the keys)."""

    words: tuple[str, ...]
    stage: Stage | None = None
    achieved: Stage | None = None
    force: int
    side: Side
    inner: bool = False
    act: bool = False
    weak: bool = False
    cause: bool = False
    built: bool = False
    final: bool = False
    object: bool = False
    partly: bool = False
    listed: bool = False
    eve: bool = False
    aim: bool = False
    urges: bool = False
    makes: bool = False
    deed: bool = False
    service: bool = False
    scope: Literal["all", "programme", "none"] = "all"


class FillRule(Rule, frozen=True, kw_only=True):
    """Words around a name that belong neither to it nor to the verb (``rules/project_fill.toml``)."""

    words: tuple[str, ...]
    role: Role


class HeadRule(Rule, frozen=True, kw_only=True):
    """Nouns that the name of a project ends with (``rules/project_heads.toml``)."""

    words: tuple[str, ...]
    naming: Naming
    kind: Literal["construction", "programme", "sort"]
    act: bool = False
    shared: bool = False
    bare: bool = False
    out: bool = False
    road: bool = False
    body: bool = False
    phase: bool = False
    part: bool = False
    degree: bool = False
    single: bool = False


class CommonRule(Rule, frozen=True, kw_only=True):
    """Words that name nothing (``rules/project_common.toml``, ``rules/project_sorts.toml``)."""

    words: tuple[str, ...]
    sorts: bool = False
    lead: bool = False
    rank: bool = False
    social: bool = False
    physical: bool = False
    where: bool = False


class KnownRule(Rule, frozen=True, kw_only=True):
    """Names that identify a project wherever they stand in it (``rules/project_known.toml``)."""

    words: tuple[str, ...]
    place: bool = False


class PatternRule(Rule, frozen=True, kw_only=True):
    """A shape around a name that is no single word (``rules/project_patterns.toml``)."""

    pattern: str
