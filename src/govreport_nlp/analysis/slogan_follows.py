"""Which places take up slogans after which: counted for every pair of places at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from govreport_nlp.analysis.places import Place, Ranks
from govreport_nlp.tables import Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counts = NDArray[np.int32]

_NEVER = -1


class FirstUse(Protocol):
    """A place's first use of a slogan, and the year of its report before that one, if it has one."""

    @property
    def place(self) -> Place: ...
    @property
    def year(self) -> int: ...
    @property
    def before(self) -> int | None: ...


def follow_rows(places: Sequence[Place], slogans: Sequence[Sequence[FirstUse]], ranks: Ranks) -> Iterator[Row]:
    """One row per pair of places of which one surely took up a slogan of ``slogans`` after the other.

    It is sure where the follower has a report without the slogan that is not older than the leader's first use: a
    place whose reports begin later, or have a gap there, may have been first.
    """
    import numpy as np

    at = {place.key: i for i, place in enumerate(places)}
    shared, followed, same, lags = (np.zeros((len(places), len(places)), dtype=np.int32) for _ in range(4))
    for firsts in slogans:
        if len(firsts) < 2:
            continue
        who = np.array([at[first.place.key] for first in firsts])
        year = np.array([first.year for first in firsts])
        before = np.array([_NEVER if first.before is None else first.before for first in firsts])
        cells = np.ix_(who, who)  # rows are leaders, columns followers
        sure = before[None, :] >= year[:, None]
        shared[cells] += 1
        followed[cells] += sure
        same[cells] += year[None, :] == year[:, None]
        lags[cells] += np.where(sure, year[None, :] - year[:, None], 0)
    above = [set(ranks.above(place)) for place in places]
    for i, j in zip(*np.nonzero(followed), strict=True):
        yield _row(places, above, (int(i), int(j)), (shared, followed, same, lags))


def _row(
    places: Sequence[Place], above: Sequence[set[tuple[str, ...]]], pair: tuple[int, int], counted: Sequence[Counts]
) -> Row:
    i, j = pair
    leader, follower = places[i], places[j]
    shared, followed, same, lags = counted
    n = int(followed[i, j])
    return (
        *(leader.region, leader.adcode, leader.level, follower.region, follower.adcode, follower.level),
        _relation(leader, follower, above[i], above[j]),
        *(int(shared[i, j]), n, int(followed[j, i]), int(same[i, j]), int(lags[i, j]) / n),
    )


def _relation(
    leader: Place, follower: Place, over_leader: set[tuple[str, ...]], over_follower: set[tuple[str, ...]]
) -> str:
    if leader.key in over_follower:
        return "above"
    if follower.key in over_leader:
        return "below"
    return "same_level" if leader.level and leader.level == follower.level else "other"
