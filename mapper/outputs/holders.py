"""By holder: in which armed organisation's colours each township is drawn."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from mapper.outputs import shares, style

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mapper.control import Actor, Assessment, Report
    from mapper.geo import Boundaries
    from mapper.tables import Package
    from mapper.timeline import Timeline

BY_HOLDER: Final = frozenset({"nug.reported", "eao.reported"})
"""The classes that are drawn by their holders; every other looks as it does by status."""

WITH: Final = "+"
"""Between the two parts of a look in stripes."""

KINDS: Final = {
    "junta": "junta.reported",
    "militia": "junta.reported",
    "nug": "nug.reported",
    "pdf": "nug.reported",
}
"""The class whose fill stands for an actor that has no colour of its own, by its kind; for others that of the EAOs."""


Looks = dict[tuple[str, tuple[str, ...]], str]
"""Class and holders to their look, where it differs from the class: ``{("eao.reported", ("AA",)): "AA"}``."""


def look_of(found: Assessment, *, actors: Mapping[str, Actor]) -> str:
    """Give the look of a township by its holders; see :func:`look`."""
    return look(style.class_of(found), found.holders, actors)


def look(plain: str, holders: Sequence[str], actors: Mapping[str, Actor]) -> str:
    """Give the look of what has the class ``plain`` and these holders, on a map by holder.

    One holder with a colour: its id. Several of one family: the id of the one that leads it. Several families:
    two of them in stripes, such as ``KIA+nug.reported``; those with a colour first, then the ethnic armed
    organisations, then by the leaders' ids. Who has no colour has the fill of its kind; where none has one, ``plain``.

    >>> from mapper.control import Actor
    >>> actors = {name: Actor(name, name, "", "eao", (), "3BHA", "#006B3C", "#30A070") for name in ("AA", "3BHA")}
    >>> look("eao.reported", ("AA",), actors), look("contested.reported", ("AA",), actors)
    ('AA', 'contested.reported')
    """
    if plain not in BY_HOLDER:
        return plain
    families: dict[str, list[str]] = {}
    for name in holders:
        if name in actors:
            families.setdefault(actors[name].family or name, []).append(name)
    part = {lead: _part(lead, members, actors) for lead, members in families.items()}
    order = sorted(part, key=lambda lead: (part[lead] in style.CLASSES, actors[lead].kind != "eao", lead))
    parts = list(dict.fromkeys(part[lead] for lead in order))
    return plain if not parts or parts[0] in style.CLASSES else WITH.join(parts[:2])


def _part(lead: str, members: Sequence[str], actors: Mapping[str, Actor]) -> str:
    one = actors[members[0] if len(members) == 1 else lead]
    return one.actor_id if one.colour else KINDS.get(one.kind, "eao.reported")


def looks(timeline: Timeline, package: Package, reports: Mapping[str, Sequence[Report]]) -> Looks:
    """Give the looks of all assessments up to the last slice, and of what the reports say."""
    last = timeline.dates[-1]
    assessed = [
        (style.class_of(stretch.assessment), stretch.assessment.holders)
        for _, stretches in sorted(timeline.stretches.items())
        for stretch in stretches
        if stretch.valid_from <= last
    ]
    reported = [(f"{report.status}.reported", report.holders) for found in reports.values() for report in found]
    found = {(plain, names): look(plain, names, package.actors) for plain, names in sorted({*assessed, *reported})}
    return {key: name for key, name in found.items() if name != key[0]}


def names(held: Looks, actors: Mapping[str, Actor]) -> list[str]:
    """Give the looks that are no classes, in the order of the legend: family by family, the one that leads first."""
    return sorted(set(held.values()), key=lambda name: _place(name, actors))


def coloured(palette: Mapping[str, Any], held: Looks, actors: Mapping[str, Actor], *, night: bool) -> dict[str, Any]:
    """Give a palette with the fills of the looks, and under ``stripes`` the second colour of those that have two."""
    fills = dict(palette["fills"])
    stripes: dict[str, str] = {}
    for name in names(held, actors):
        first, *second = [fills.get(part) or _colour(actors[part], night=night) for part in name.split(WITH)]
        fills[name] = first
        if second:
            stripes[name] = second[0]
    return {**palette, "fills": fills, "stripes": stripes}


def columns(
    held: Looks, timeline: Timeline, boundaries: Boundaries, package: Package, *, actor: Callable[[str], int]
) -> dict[str, Any]:
    """Give what the page needs to draw by holder; nothing to do with a package whose actors have no colours.

    ``names``: the looks, numbered behind the classes. ``looks``: the number of a look by class and holders,
    written as in the columns of assessments. ``groups``: the numbers of those that occur in a slice, family by
    family, as the legend has them. ``sets``: by number, who holds the townships of a look that stands for several.
    ``shares``: as :func:`shares.packed`, in the order of the legend.
    """
    actors = package.actors
    every = names(held, actors)
    number = {name: i for i, name in enumerate((*style.CLASSES, *every))}
    for name in every:
        for part in name.split(WITH):
            if part in actors:
                actor(part)
    found = {
        f"{style.CLASSES.index(plain)}{';'.join(str(actor(one)) for one in holders)}": number[name]
        for (plain, holders), name in held.items()
    }
    if not every:
        return {"names": [], "looks": {}, "groups": [], "sets": {}, "shares": {}}
    drawn: dict[str, set[tuple[str, ...]]] = {}
    slices = timeline.each(lambda one: (look_of(one, actors=actors), one.holders))
    for name, who in set(chain.from_iterable(slices)):
        drawn.setdefault(name, set()).add(who)
    order = sorted(drawn, key=lambda name: _place(name, actors))
    groups: dict[tuple[int, str], list[int]] = {}
    for name in order:
        groups.setdefault(_place(name, actors)[:2], []).append(number[name])
    told = shares.shares(timeline, boundaries, package, classes=order, class_of=partial(look_of, actors=actors))
    return {
        "names": every,
        "looks": found,
        "groups": list(groups.values()),
        "sets": {
            str(number[name]): ", ".join(" + ".join(some) for some in sorted(drawn[name]))
            for name in order
            if name in every and drawn[name] != {tuple(name.split(WITH))}
        },
        "shares": {name: shares.packed(rows) for name, rows in told.items()},
    }


def _place(name: str, actors: Mapping[str, Actor]) -> tuple[int, str, bool, str]:
    """Give where a look stands in the legend: the junta, contests, the families, the other classes."""
    status = name.partition(".")[0]
    if name in style.CLASSES:
        return {"junta": 0, "contested": 1}.get(status, 3), status, False, str(style.CLASSES.index(name))
    first = name.partition(WITH)[0]
    lead = actors[first].family or first
    return 2, lead, name != lead, "~" * (WITH in name) + name


def _colour(actor: Actor, *, night: bool) -> str:
    return actor.colour_dark if night else actor.colour
