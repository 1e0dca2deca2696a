"""The graph of a page: which cell reads from which, in what order they run, and what forbids it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from cells.page.names import Names
from cells.page.words import say


@dataclass(frozen=True)
class Problem:
    """Why a cell cannot be part of the page's program: what is wrong, and what to do about it."""

    message: str
    hint: str
    line: int | None = None


@dataclass(frozen=True)
class Graph:
    """``parents[id]`` are the cells that a cell reads from; ``order`` has every sound cell after its parents."""

    parents: Mapping[str, frozenset[str]]
    order: tuple[str, ...]
    owners: Mapping[str, str]
    """The cell that defines each public name of the page."""
    problems: Mapping[str, Problem]

    def ancestors(self, ids: Iterable[str]) -> set[str]:
        """All cells that these need, near and far."""
        return _reach(ids, self.parents)

    def descendants(self, ids: Iterable[str]) -> set[str]:
        """All cells that read from these, near and far."""
        children: dict[str, set[str]] = {}
        for child, parents in self.parents.items():
            for parent in parents:
                children.setdefault(parent, set()).add(child)
        return _reach(ids, children)


def build_graph(cells: Mapping[str, Names], owners: Mapping[str, str] | None = None) -> Graph:
    """Join the cells of a page, given in the page's order, by the names they define and read.

    An exercise is somebody else's to fill in, so nothing that it calls its values can be a problem: where a name is
    another cell's, the exercise has one of its own that nobody else sees, and it may change what it is given. What a
    check imports is its own as well.

    Parameters
    ----------
    cells
        The names of each cell, by the cell's id.
    owners
        Who defined each name before an edit. Where a name is now defined twice, the cell that had it keeps it and
        the newcomer has the problem.
    """
    problems: dict[str, Problem] = {}
    asked = {cell: reads for cell in cells if (reads := _checked(cell, cells))}
    checks = {f"{cell}-check" for cell in asked}
    owned = _owners({cell: names for cell, names in cells.items() if cell not in checks}, owners or {}, asked, problems)
    for cell, names in cells.items():
        for name, line in names.changes.items():
            if cell not in asked and name in owned and owned[name] != cell:
                problems.setdefault(cell, _changed(name, owned[name], line))
    parents = {
        cell: frozenset(owned[name] for name in names.reads | names.early if owned.get(name, cell) != cell)
        for cell, names in cells.items()
    }
    for cycle in _cycles(parents):
        for cell in cycle:
            problems.setdefault(cell, _cyclic(cell, cycle, cells))
    return Graph(parents, tuple(_order(parents)), owned, problems)


def _checked(cell: str, cells: Mapping[str, Names]) -> frozenset[str]:
    """What the check of an exercise reads; nothing where the cell is no exercise."""
    check = cells.get(f"{cell}-check")
    return check.reads if check is not None and "_verdict" in check.reads else frozenset()


def _owners(
    cells: Mapping[str, Names],
    before: Mapping[str, str],
    asked: Mapping[str, frozenset[str]],
    problems: dict[str, Problem],
) -> dict[str, str]:
    """An exercise keeps what its check asks for; of all else it owns what no other cell defines."""
    owned = {
        name: cell
        for name, cell in before.items()
        if cell in cells and name in cells[cell].defines and name in asked.get(cell, {name})
    }
    for cell in sorted(cells, key=lambda cell: cell in asked):
        for name in sorted(cells[cell].defines):
            owner = owned.setdefault(name, cell)
            meaning = cells[cell].imports.get(name)
            is_same = meaning is not None and meaning == cells[owner].imports.get(name)
            if owner != cell and cell not in asked and not is_same:
                problems.setdefault(cell, _twice(name, owner, cells[cell].lines.get(name)))
    return owned


def _twice(name: str, owner: str, line: int | None) -> Problem:
    return Problem(
        say("'{name}' is defined in cell \"{owner}\" already", name=name, owner=owner),
        say(
            "On a page each name belongs to one cell. Choose another name, or '_{name}' to keep it inside this cell.",
            name=name,
        ),
        line,
    )


def _changed(name: str, owner: str, line: int) -> Problem:
    return Problem(
        say("'{name}' belongs to cell \"{owner}\" and cannot be changed here", name=name, owner=owner),
        say("Copy it first and change the copy: {code}", code=f"my_{name} = {name}.copy()"),
        line,
    )


def _cyclic(cell: str, cycle: list[str], cells: Mapping[str, Names]) -> Problem:
    turned = cycle[cycle.index(cell) :] + cycle[: cycle.index(cell)] + [cell]
    steps = []
    for reader, definer in pairwise(turned):
        shared = sorted(cells[reader].reads & cells[definer].defines)
        steps.append(
            say('"{reader}" reads \'{name}\' from "{definer}"', reader=reader, name=shared[0], definer=definer)
        )
    return Problem(
        say("the cells need each other in a circle: {steps}", steps=", ".join(steps)),
        say("Break the circle: let one of them define what it needs itself, or join them into one cell."),
    )


def _reach(start: Iterable[str], edges: Mapping[str, Iterable[str]]) -> set[str]:
    seen: set[str] = set()
    todo = list(start)
    while todo:
        for node in edges.get(todo.pop(), ()):
            if node not in seen:
                seen.add(node)
                todo.append(node)
    return seen


def _order(parents: Mapping[str, frozenset[str]]) -> list[str]:
    """Parents first, otherwise the page's order."""
    position = {cell: i for i, cell in enumerate(parents)}
    done: dict[str, None] = {}
    entered: set[str] = set()
    stack = [(cell, False) for cell in reversed(list(parents))]
    while stack:
        cell, leaving = stack.pop()
        if leaving:
            done.setdefault(cell)
        elif cell not in entered:
            entered.add(cell)
            stack.append((cell, True))
            stack.extend((p, False) for p in sorted(parents[cell], key=position.__getitem__, reverse=True))
    return list(done)


def _cycles(parents: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """One cycle through each cell that lies on one, each cycle once."""
    cycles: list[list[str]] = []
    for cell in parents:
        if any(cell in cycle for cycle in cycles):
            continue
        came_from: dict[str, str] = {}
        todo = [cell]
        while todo and cell not in came_from:
            node = todo.pop(0)
            for parent in sorted(parents[node]):
                if parent not in came_from:
                    came_from[parent] = node
                    todo.append(parent)
        if cell in came_from:
            cycle = [cell]
            while came_from[cycle[0]] != cell:
                cycle.insert(0, came_from[cycle[0]])
            cycles.append(cycle[-1:] + cycle[:-1])
    return cycles
