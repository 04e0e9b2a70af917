"""What a report says of itself: title, session, date, speaker, region, level and year."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any, Literal, NamedTuple

import msgspec

from govreport_nlp.model import Meta
from govreport_nlp.rules import Rule, Ruleset
from govreport_nlp.source.document import Source, View
from govreport_nlp.structure import opening, regions, years
from govreport_nlp.structure.opening import Opening
from govreport_nlp.structure.paragraphs import Paragraph
from govreport_nlp.structure.patterns import compiled
from govreport_nlp.structure.regions import Region

Where = Literal["front", "written", "opening", "news", "text", "title", "page", "path"]
_SHORTHANDS = {"{name}": "[\u4e00-\u9fff]{2,24}?", "{cn}": "[一二三四五六七八九十百零〇]{1,5}"}
_FRONT, _TEXT, _PAGE = 1600, 8000, 1200
_HAN = re.compile(r"[\u4e00-\u9fff]{2,24}")
_NO_NAME = re.compile(r"[\s?？]+")  # space, and what a wrong decoding made of it
_FIELDS = tuple(f for f in Meta.__struct_fields__ if f not in ("meta_source", "region_candidates"))
NATION = "全国"


class MetaRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a report tells one thing of itself; the keys are explained at the head of rules/meta.toml."""

    finds: Literal[
        "session", "date", "speaker", "region", "national", "level", "year", "year_past", "source", "page_title"
    ]
    where: Where
    pattern: str


class _Told(NamedTuple):
    """What a rule found."""

    rule: MetaRule
    match: re.Match[str]


@functools.lru_cache(maxsize=8)
def _compiled(rules: Ruleset) -> tuple[tuple[MetaRule, re.Pattern[str]], ...]:
    return tuple((rule, pattern_of(rule)) for rule in rules.load("meta.toml", MetaRule))


def pattern_of(rule: MetaRule) -> re.Pattern[str]:
    """The rule's pattern with {name}, {cn} and {sp} written out."""
    return compiled("meta.toml", rule.id, rule.pattern, _SHORTHANDS)


def read(
    source: Source,
    view: View,
    paragraphs: Sequence[Paragraph],
    front: Opening,
    parts: Sequence[str],
    rules: Ruleset,
    given: dict[str, Any],
) -> Meta:
    """The meta data of a report; ``parts`` are the titles of its main parts.

    What the caller has ``given`` goes before all that is found. Raises ``TypeError`` for a field that ``Meta`` does
    not have, or for a value of the wrong type.
    """
    known = _checked(given)
    texts = _texts(source, view, paragraphs, front, rules)
    texts["path"] = file = known.pop("file", source.name)
    kinds = ("session", "date", "speaker", "level", "national", "source")
    told = {kind: list(_tell(kind, texts, rules)) for kind in kinds}
    found: dict[str, tuple[Any, str]] = {}
    if texts["title"]:
        found["title"] = texts["title"], "title"
    for field in ("session", "speaker", "source"):
        for hit in told[field][:1]:
            found[field] = _NO_NAME.sub("", hit.match[field]), "opening"
    for hit in told["date"][:1]:
        if (day := years.iso_date(hit.match["y"], hit.match["m"], hit.match["d"])) is not None:
            found["date"] = day, "opening"
    found |= _year(parts, texts, found, rules)
    year = known.get("year", found.get("year", (None, ""))[0])
    found |= _place(known, told, texts, year, rules)
    found |= {field: (value, "caller") for field, value in known.items()}
    candidates = found.pop("region_candidates", ((), ""))[0]
    return Meta(
        **{field: value for field, (value, _) in found.items() if value is not None},
        file=file,
        region_candidates=candidates,
        meta_source={field: where for field, (value, where) in sorted(found.items()) if value is not None},
    )


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    for field in given:
        if field not in _FIELDS:
            raise TypeError(f"a report has no {field!r}; what may be given is {', '.join(_FIELDS)}")
    known = {field: value for field, value in given.items() if value is not None}
    try:
        return {field: getattr(msgspec.convert(known, Meta), field) for field in known}
    except msgspec.ValidationError as error:
        raise TypeError(f"what is given of the report does not fit: {error}") from error


def _texts(
    source: Source, view: View, paragraphs: Sequence[Paragraph], front: Opening, rules: Ruleset
) -> dict[Where, str]:
    """The passages in which the rules look."""
    text = view.text
    body = paragraphs[front.body].start if front.body < len(paragraphs) else len(text)
    first = paragraphs[min(front.body + 1, len(paragraphs) - 1)].end if paragraphs else 0
    begin = max(body - _FRONT, 0)
    title = "" if front.title is None else opening.title_of(text, paragraphs[front.title], rules)
    opens = text[begin : max(body, min(first, body + _FRONT))]
    return {
        "front": text[begin:body],
        "written": view.original(begin, body) if begin < body else "",
        "opening": opens,
        "news": "" if front.addressed else opens,
        "text": text[body : body + _TEXT],
        "title": title,
        "page": source.text[:_PAGE],
        "path": source.name,
    }


def _tell(kind: str, texts: dict[Where, str], rules: Ruleset) -> Iterator[_Told]:
    """What the rules that find ``kind`` find, the first match of each, in the order of the file."""
    for rule, pattern in _compiled(rules):
        if rule.finds == kind and (match := pattern.search(texts[rule.where])):
            yield _Told(rule, match)


def _year(
    parts: Sequence[str], texts: dict[Where, str], found: dict[str, tuple[Any, str]], rules: Ruleset
) -> dict[str, tuple[int, str]]:
    """The year by the first of its witnesses that speaks: parts, title, day of the session, text, path."""
    date = found["date"][0] if "date" in found else None
    told = next(_tell("year", texts, rules), None)
    past = next(_tell("year_past", texts, rules), None)
    witnesses = (
        (years.of_parts(parts, rules), "parts"),
        (years.of_title(texts["title"]), "title"),
        (years.of_date(date) if date else None, "opening"),
        (years.of_title(_page_title(texts, rules)), "page"),
        (int(told.match["y"]) if told else None, "text"),
        (years.of_path(texts["path"]), "path"),
        (int(past.match["y"]) + 1 if past else None, "text"),
    )
    told_years = [(year, where) for year, where in witnesses if year is not None]
    # A year that is at odds with the day on which the report was given is of something else.
    fitting = [(year, where) for year, where in told_years if date is None or years.fits(year, date)]
    return {"year": (fitting or told_years)[0]} if told_years else {}


def _place(
    known: dict[str, Any], told: dict[str, list[_Told]], texts: dict[Where, str], year: int | None, rules: Ruleset
) -> dict[str, tuple[Any, str]]:
    """Region and level, from the names that the report gives itself, else from those in its path."""
    bare = regions.level_of_bare(told["level"][0].match["level"], rules) if told["level"] else None
    given = [f for f in ("region", "county", "prefecture", "province") if f in known]
    # 区人民政府 speaks of itself: where the caller only says in which city, that is not the place.
    around = [f for f in given if f != "region" and regions.is_finer(bare, f)] if "region" not in given else []
    names = [(known[f], "caller") for f in given if f not in around]
    for kind, where in (("region", ""), ("session", "opening"), ("speaker", "opening")):
        names += [(h.match["region"], where or h.rule.where) for h in _tell(kind, texts, rules) if h.match["region"]]
    names += [(name, "page") for name in _in_titles(_page_title(texts, rules), rules)]
    hints = [str(known[f]) for f in ("province", "prefecture", "county") if f in known]
    hints += [part for part in PurePath(texts["path"]).parts if _HAN.search(part)]
    names += [(known[f], "caller") for f in around]
    place = regions.resolve([name for name, _ in names], year, hints, texts["text"], rules) if names else Region()
    if around and bare is not None and regions.is_finer(bare, place.level or ""):
        place = place._replace(name=None, level=None, adcode=None)
    elif place.name is None and told["national"]:
        where = told["national"][0].rule.where
        return {"region": (NATION, where), "level": ("national", where)}
    if place.name is None and (in_path := _names_in_path(texts["path"], rules)):
        in_its_path = regions.resolve(in_path, year, hints, texts["text"], rules)
        if bare is None or in_its_path.level == bare:
            place, names = in_its_path, [(name, "path") for name in in_path]
    origin = next((where for name, where in names if place.name and place.name in name), names[0][1] if names else "")
    found: dict[str, tuple[Any, str]] = {
        "region": (place.name, origin),
        "province": (place.province, origin),
        "prefecture": (place.prefecture, origin),
        "county": (place.county, origin),
        "adcode": (place.adcode, origin),
        "level": (place.level or bare, origin if place.level else "opening"),
        "region_candidates": (place.candidates, origin),
    }
    return found


def _page_title(texts: dict[Where, str], rules: Ruleset) -> str:
    """The title that a collector of pages wrote above the text, or ""."""
    told = next(_tell("page_title", texts, rules), None)
    return told.match["title"] if told else ""


def _in_titles(title: str, rules: Ruleset) -> list[str]:
    """What may be the name of a region in a title."""
    titles = [pattern for rule, pattern in _compiled(rules) if rule.finds == "region" and rule.where == "title"]
    return [match["region"] for pattern in titles if (match := pattern.search(title))]


def _names_in_path(path: str, rules: Ruleset) -> list[str]:
    """What may be the names of regions in a path, the file's own name first."""
    found: list[str] = []
    for part in reversed(PurePath(path).parts):
        found += _in_titles(part, rules)
        # 江苏-徐州-鼓楼 is one place, taken together or by its last word, never by its first.
        words = _HAN.findall(part)
        found += [*(["".join(words)] if len(words) > 1 else []), *reversed(words)]
    return found
