"""The drawing of the rooms in `site/behind/rooms.md`: who imports whom, as the code is. `make rooms` writes it anew."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from tools.base import files, places

Rooms = dict[str, set[str]]
"""By its name, which others a room imports from."""

PAGE = places.ROOT / "site" / "behind" / "rooms.md"
_IMPORT = re.compile(r'(?:from|import\(|import) ?"(\.[^"]+)"')
_BOX, _GAP, _STEP, _HIGH = 98, 12, 52, 26
"""Units of a drawing: a box and what is beside it, from one row to the next, and a box's height."""


def javascript() -> Rooms:
    """Give the rooms of site/runtime; types count, too."""
    runtime = places.RUNTIME.resolve()
    rooms: Rooms = {}
    for path in sorted(runtime.rglob("*.mjs")):
        targets = ((path.parent / target).resolve() for target in _IMPORT.findall(path.read_text(encoding="utf-8")))
        names = [one.relative_to(runtime).parts[0].removesuffix(".mjs") for one in (path, *targets)]
        rooms.setdefault(names[0], set()).update(set(names[1:]) - {names[0]})
    return rooms


def python() -> Rooms:
    """Give the rooms below py, but those that only keep older names."""
    py = places.ROOT / "py"
    rooms: Rooms = {}
    for path in sorted(py.rglob("*.py")):
        room = _room(path.relative_to(py).with_suffix("").parts)
        if room and room != "primer/moved":
            others = {_room(tuple(name.split("."))) for name in _imported(path)} - {None, room}
            rooms.setdefault(room, set()).update(other for other in others if other)
    return rooms


def _room(parts: tuple[str, ...]) -> str | None:
    """Say in which room a module is; what lies in the library's own folder is the room that all others stand on."""
    inner = parts[:2] if len(parts) > 1 and (places.ROOT / "py" / parts[0] / parts[1]).is_dir() else parts[:1]
    return "/".join(inner) if parts[0] == "primer" or (parts[0] in ("cells", "tools") and len(inner) > 1) else None


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def reduced(rooms: Rooms) -> Rooms:
    """Leave out the arrows that others imply: what a room reaches by another is not drawn twice."""

    @cache
    def reached(room: str) -> frozenset[str]:
        return frozenset(rooms[room]).union(*map(reached, rooms[room]))

    return {room: {one for one in to if not any(one in reached(other) for other in to)} for room, to in rooms.items()}


def _rows(rooms: Rooms) -> list[list[str]]:
    """Put each room below all that import from it; an arrow that passes rows has a place in each, its ends' names."""

    @cache
    def row(room: str) -> int:
        return max((row(other) + 1 for other, to in rooms.items() if room in to), default=0)

    rows: list[list[str]] = [[] for _ in range(max(map(row, rooms)) + 1)]
    for room, to in sorted(rooms.items()):
        rows[row(room)].append(room)
        for other in sorted(to):
            for between in range(row(room) + 1, row(other)):
                rows[between].append(f"{room} {other}")
    return rows


def _ways(rooms: Rooms, rows: list[list[str]]) -> list[list[tuple[int, str]]]:
    """List the places that each arrow goes through, its ends among them, each with its row."""
    return [
        [(i, place) for i, row in enumerate(rows) for place in (room, f"{room} {other}", other) if place in row]
        for room, to in sorted(rooms.items())
        for other in sorted(to)
    ]


def _places(rooms: Rooms) -> dict[tuple[int, str], float]:
    """Find where in its row each stands: near what it is joined with in the row above."""
    rows = _rows(rooms)
    above: dict[tuple[int, str], list[tuple[int, str]]] = {}
    for way in _ways(rooms, rows):
        for upper, lower in pairwise(way):
            above.setdefault(lower, []).append(upper)
    width = max(map(len, rows))
    found: dict[tuple[int, str], float] = {}
    for i, row in enumerate(rows):
        joined = {place: [found[one] for one in above.get((i, place), [])] for place in row}
        ordered = sorted(row, key=lambda place: (sum(joined[place]) / max(1, len(joined[place])), place))
        for k, place in enumerate(ordered):
            found[i, place] = (k + 0.5) * width / len(row)
    return found


def drawing(rooms: Rooms, name: str, title: str) -> str:
    """Draw rooms as boxes and imports as arrows, in the colour of the text around, and say it in words."""
    lean = reduced(rooms)
    rows = _rows(lean)
    at = {place: (round(x * (_BOX + _GAP)), place[0] * _STEP + _HIGH // 2 + 2) for place, x in _places(lean).items()}
    width, height = round(max(map(len, rows)) * (_BOX + _GAP)), (len(rows) - 1) * _STEP + _HIGH + 4
    arrows = []
    for way in _ways(lean, rows):
        (x, y), *between, (to_x, to_y) = map(at.__getitem__, way)
        bends = "".join(f"L{a} {b - 13}v26" for a, b in between)
        arrows.append(f"M{x} {y + _HIGH // 2}{bends}L{to_x} {to_y - _HIGH // 2 - 2}")
    boxes = [(room, *at[i, room]) for i, row in enumerate(rows) for room in row if " " not in room]
    told = [f"{room} imports from {', '.join(sorted(to))}." for room, to in sorted(lean.items()) if to]
    return "\n".join(
        [
            f'<svg viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-title" '
            f'aria-describedby="{name}-words" style="width: {width}px; max-width: none" font-size="12" '
            'text-anchor="middle" fill="currentColor" xmlns="http://www.w3.org/2000/svg">',
            f'<title id="{name}-title">{title}</title>',
            f'<desc id="{name}-words">{" ".join(told)}</desc>',
            f'<marker id="{name}-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
            'orient="auto"><path d="M1 1l6 3-6 3" fill="none" stroke="currentColor"/></marker>',
            '<g fill="none" stroke="currentColor" stroke-opacity="0.7">',
            *(f'<path d="{arrow}" marker-end="url(#{name}-tip)"/>' for arrow in arrows),
            "</g>",
            '<g fill="currentColor" fill-opacity="0.08" stroke="currentColor" stroke-opacity="0.55">',
            *(
                f'<rect x="{x - _BOX // 2}" y="{y - _HIGH // 2}" width="{_BOX}" height="{_HIGH}" rx="6"/>'
                for _, x, y in boxes
            ),
            "</g>",
            *(f'<text x="{x}" y="{y + 4}">{room}</text>' for room, x, y in boxes),
            "</svg>",
        ]
    )


DRAWINGS = {
    "javascript": lambda: drawing(javascript(), "javascript", "The rooms of site/runtime, and who imports from whom"),
    "python": lambda: drawing(python(), "python", "The rooms below py, and who imports from whom"),
}
_PLACE = re.compile(r'(<figure markdown="0" data-rooms="(\w+)"[^>]*>\n)(?:<svg.*?</svg>\n)?(</figure>)', re.DOTALL)


def drawn(text: str) -> str:
    """Give the page with its drawings as the code is now."""
    return _PLACE.sub(lambda found: f"{found[1]}{DRAWINGS[found[2]]()}\n{found[3]}", text)


if __name__ == "__main__":
    files.put(PAGE, drawn(PAGE.read_text(encoding="utf-8")).encode())
