"""Which rows of many reports of one place are one project."""

from __future__ import annotations

from collections.abc import Sequence

from govreport_nlp.analysis.project_identity import Identity, Size, alike, may_shorten, shortens
from govreport_nlp.rules import SHIPPED, Ruleset


def clusters(identities: Sequence[Identity], rules: Ruleset = SHIPPED) -> list[int]:
    """For each identity the index of the first one that is the same project.

    Names that are the same but for words for works are one project, if their phase is the same and their sizes do
    not contradict each other. A shortened name joins where it shortens the names of one project only.

    >>> from govreport_nlp.analysis.project_identity import Names
    >>> from govreport_nlp.model import Meta
    >>> names = Names(Meta(region="望河县"))
    >>> clusters([names.read(n) for n in ("石湾抽水蓄能电站", "望河桥", "石湾项目", "望河桥改造", "望河桥二期")])
    [0, 1, 0, 1, 4]
    """
    heads: list[int] = []
    open_: dict[tuple[str, str], list[tuple[int, list[Size]]]] = {}
    # Names with a size first, so that one without joins the project whose name has one.
    for i in sorted(range(len(identities)), key=lambda i: (not identities[i].sizes, i)):
        one = identities[i]
        same = open_.setdefault((one.near, one.phase), [])
        # Of names without a size one that fits several joins none of them, but others like it.
        fitting = [head for head in same if not (one.sizes or head[1])] or [h for h in same if alike(one.sizes, h[1])]
        if fitting and (one.sizes or len(fitting) == 1):
            fitting[0][1].extend(one.sizes)
            heads.append(fitting[0][0])
        else:
            same.append((i, list(one.sizes)))
            heads.append(i)
    order = sorted(range(len(identities)), key=lambda i: (not identities[i].sizes, i))
    found = [0] * len(identities)
    for i, head in zip(order, heads, strict=True):
        found[i] = head
    return _first_of_each(_with_short(found, identities, rules))


def _with_short(found: list[int], identities: Sequence[Identity], rules: Ruleset) -> list[int]:
    """Projects that have shortened names only, each joined to the one project whose names it shortens."""
    members: dict[int, dict[Identity, None]] = {}
    for head, identity in zip(found, identities, strict=True):
        members.setdefault(head, {})[identity] = None
    by_end: dict[str, list[int]] = {}
    for head, own in members.items():
        for identity in own:
            by_end.setdefault(identity.near[-1:], []).append(head)
    joined: dict[int, int] = {}
    for head, own in members.items():
        bare = any(identity.bare for identity in own)
        others = members if bare else dict.fromkeys(h for i in own for h in by_end[i.near[-1:]])
        longer = [o for o in others if o != head and any(may_shorten(i, j) for i in own for j in members[o])]
        if len(longer) == 1 and all(any(shortens(i, j, rules) for j in members[longer[0]]) for i in own):
            joined[head] = longer[0]
    return [_end(head, joined) for head in found]


def _end(head: int, joined: dict[int, int]) -> int:
    """Shortening makes names longer at every step, so that the chain ends."""
    while head in joined:
        head = joined[head]
    return head


def _first_of_each(found: Sequence[int]) -> list[int]:
    first: dict[int, int] = {}
    for i, head in enumerate(found):
        first.setdefault(head, i)
    return [first[head] for head in found]
