"""Named projects and programmes: clauses, the lists in them, the names in those."""

from __future__ import annotations

from govreport_nlp.extract.place import Places
from govreport_nlp.extract.project_clauses import mask, slots
from govreport_nlp.extract.project_lexicon import lexicon
from govreport_nlp.extract.project_members import Find, finds
from govreport_nlp.extract.project_parts import capacity, investment
from govreport_nlp.extract.timeline import Timeline
from govreport_nlp.model import Project
from govreport_nlp.structure.outline import Document


def extract(doc: Document) -> tuple[Project, ...]:
    """All named projects and programmes of a document, in order of appearance.

    A glossary explains words and names no projects. ``text`` is a name's own span, ``name`` the name with the head
    that it shares with others of its list. ``rule`` names the verb's rule and the head's ("verb.built+head.water"),
    ``confidence`` is low where only a little told a name from a common phrase.

    >>> from govreport_nlp import parse
    >>> report = parse("建成柳塘大桥，启动青石路、双塔路等道路改造工程。", year=2024)
    >>> [(p.name, p.stage) for p in report.projects]
    [('柳塘大桥', 'complete'), ('青石路道路改造工程', 'start'), ('双塔路道路改造工程', 'start')]
    """
    lex = lexicon(doc.rules)
    text = doc.view.text
    masked = mask(text, lex)
    found: dict[int, Find] = {}
    for find in finds(text, masked, slots(masked, lex), lex):
        found.setdefault(find.start, find)
    places, timeline = Places.of(doc), Timeline.of(doc)
    records = []
    glossary = any(node.kind == "glossary" for node in doc.nodes)
    for start, find in sorted(found.items()):
        if glossary and (node := places.node(start)) is not None and doc.nodes[node].kind == "glossary":
            continue
        status = timeline.at(start).status
        money = investment(text, *find.told, lex) if find.told is not None else None
        records.append(
            Project(
                **places.place(start, find.end),
                name=find.name,
                head=find.head,
                kind=find.kind,
                stage=(find.achieved if status == "achievement" else None) or find.stage,
                action=find.action,
                group_size=find.group_size,
                investment=money.value if money else None,
                investment_unit=money.unit if money else None,
                capacity=capacity(find.name, lex),
                status=status,
                rule=find.rule,
                confidence=find.confidence,
            )
        )
    return tuple(records)
