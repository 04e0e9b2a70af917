"""The verb that governs a place for names: which stage it tells, and of what it makes a project."""

from __future__ import annotations

from govreport_nlp.extract.project_clauses import Slot
from govreport_nlp.extract.project_lexicon import AND_SO_ON, LISTED, QUOTED, Governor, Lexicon
from govreport_nlp.extract.project_rules import HeadRule
from govreport_nlp.model import ProjectKind, Stage

BUILDING = "建设"

DONE = "了"
"""Behind a verb it tells that the deed is done."""

WORKS = ("项目", "工程")
"""What a list of projects ends with."""

_BEFORE: dict[Stage | None, Stage] = {"start": "planned", "complete": "ongoing"}


def governing(masked: str, slot: Slot, lex: Lexicon) -> Governor | None:
    """The verb that tells the stage: the strongest of those before and behind the name, of equals the last.

    What is about to be is a stage behind (即将通车); what tells none is as far as one strives for it (争取…获批).
    """
    best: Governor | None = None
    aim: Governor | None = None
    force, eve = -1, False
    if slot.before is not None:
        if slot.before.words and slot.before.words[-1].verb.scope == "none":
            # 抢抓双塔新区建设机遇
            return slot.before.words[-1]
        for governor in () if _told_before(masked, slot) else slot.before.words:
            verb = governor.verb
            aim = governor if verb.aim else aim
            if verb.side != "after" and verb.force >= force:
                best, force = _on_the_eve(governor) if eve else governor, verb.force
            eve = verb.eve
        if best is not None and (best.verb.act or best.verb.makes) and masked.startswith(DONE, slot.before.end):
            # 改造了柳塘路
            best = best._replace(achieved="complete")
    if slot.after is not None:
        eve = False
        for governor in slot.after.words:
            verb = governor.verb
            if verb.side == "before" and slot.last and slot.before is None and (verb.cause or verb.aim or verb.urges):
                # …等项目力促开工
                continue
            if verb.side == "before" or (verb.final and not slot.last and not _settles(slot, masked, lex)):
                break
            if verb.listed and lex.shapes["shape.into_plan"].match(masked, slot.after.end) is None:
                continue
            if verb.force >= force:
                best, force = _on_the_eve(governor) if eve else governor, verb.force
            eve = verb.eve
        if best is not None and best.verb.partly and _of_a_part(slot, masked, lex):
            best = _on_the_eve(best)
        if best is not None and best.verb.scope == "programme" and len(slot.after.words) == 1:
            # 做好柳塘水库建设
            (only,) = slot.after.words
            best = only if only.verb.inner and not only.verb.act and only.verb.side == "both" else best
        elif best is not None and best.verb.scope == "programme" and slot.after.words and slot.after.words[-1].verb.act:
            # 对柳塘旧址开展修复
            best = slot.after.words[-1]
    return best._replace(stage=aim.stage) if best is not None and aim is not None and best.stage is None else best


def governs(
    governor: Governor | None, rule: HeadRule | None, kind: ProjectKind, whole: str, *, works: bool, many: bool
) -> bool:
    """Whether this verb makes a project of such a thing; ``works`` where the list is one of 项目 or 工程.

    ``many`` of them that are named are projects whatever is said of them (围绕〔A〕、〔B〕等项目).
    """
    quoted = kind == "programme" and QUOTED in whole
    if governor is None:
        return quoted
    verb = governor.verb
    if verb.scope == "none" or quoted:
        return quoted and verb.scope != "none"
    if verb.weak:
        if many and verb.side == "before" and verb.force > 0:
            return True
        return rule is not None and (rule.bare or rule.act) and verb.force > 0 and verb.side == "after"
    return verb.scope == "all" or kind == "programme" or works


def builds(slot: Slot, rule: HeadRule | None) -> bool:
    """Whether a verb before or behind says that something is built, and none that it is but strengthened.

    For works that a province has many of it has to be one that is said of nothing else (开工, 投用).
    """
    words = [word for chain in (slot.before, slot.after) if chain is not None for word in chain.words]
    if any(word.verb.service for word in words):
        return False
    body = rule is not None and rule.body
    return any(
        word.verb.built or (body and (word.verb.makes or word.verb.act or word.text.endswith(BUILDING)))
        for word in words
    )


def _told_before(masked: str, slot: Slot) -> bool:
    """Whether the verb before is the predicate of the name before it: 一期建成、〔二期〕开工."""
    before, after = slot.before, slot.after
    if before is None or after is None or before.end != slot.start:
        return False
    return masked[slot.start] == LISTED and bool(after.words)


def _settles(slot: Slot, masked: str, lex: Lexicon) -> bool:
    """Whether what stands behind the predicate is but where the projects before it settle: …等项目落户〔望朔〕."""
    if slot.before is not None or slot.after is None:
        return slot.before is not None
    if not masked.startswith(WORKS, slot.end - 2) or masked.find(AND_SO_ON, slot.start, slot.end) < 0:
        return False
    return lex.shapes["shape.settled"].match(masked, slot.after.end) is not None


def _of_a_part(slot: Slot, masked: str, lex: Lexicon) -> bool:
    """Whether what is told of a name as finished is but a part of it: …征地基本完成, …完成路基填筑."""
    after = slot.after
    if slot.before is not None and after is not None:
        return after.part and not after.words
    if slot.before is not None or after is None or sum(word.stage == "complete" for word in after.words) > 1:
        return False
    return after.part or lex.shapes["shape.part_done"].match(masked, after.end) is not None


def _on_the_eve(governor: Governor) -> Governor:
    return governor._replace(stage=_BEFORE.get(governor.stage, governor.stage), achieved=None)
