"""`make bench`: what a visit costs, beside a bare Pyodide page in the same run.

Trust the ratios, not the seconds: the pages take turns, so that a busy machine slows all of them. ROUNDS says how often
each is measured, ONLY names parts: clock, starts, sizes, hot, training, lighthouse, build. PAGES names the pages whose
sliders are moved and that Lighthouse visits: `ONLY=hot PAGES=softmax,perceptron make bench`; `/` is home.
"""

import os
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright
from rich.table import Table

from tools.base import places
from tools.base.errors import ToolError, command
from tools.base.progress import console
from tools.base.site import folders
from tools.bench import clock, hot, lighthouse, training, visits
from tools.bench.visits import Visit
from tools.fetch import browser
from tools.make.build import build_pages
from tools.serving.static_server import serving

_MOUNT = "/primer-site/"
_GOALS = {"cold": 0.25, "warm": 0.20}
_WORDS = {"cold": "cold, at once", "warm": "warm, at once", "read": "cold, after two seconds of reading"}
_PARTS = ("clock", "starts", "sizes", "hot", "training", "lighthouse", "build")


def _row(table: Table, *cells: str, goal: bool | None = None) -> None:
    table.add_row(*cells, style="" if goal is None else "green" if goal else "red")


def _readers_clock(clocks: dict[tuple[str, str], clock.Clock]) -> None:
    """Two tables: how long it takes from navigation to the painted result, and where that time goes."""
    table = Table(title="The reader's clock: from navigation to the painted result (medians; least to most)")
    parts = Table(title="Where it goes: milliseconds after navigation, of the last round")
    for heading in ("link, visit, way", "this site", "bare Pyodide", "ratio", "what its bytes take", "goal"):
        table.add_column(heading, justify="left" if heading.startswith("link") else "right")
    parts.add_column("done")
    for (name, kind), one in clocks.items():
        taken, base, link = median(one.ours), median(one.bare), clock.LINKS[name]
        least = link.seconds(one.n_bytes) if link and kind == "cold" else None
        goal = _GOALS[kind] if link is None else None
        told = f"≤ {goal:.2f} of bare" if goal else "≤ 1.1 of its bytes" if least else ""
        is_met = taken <= base * goal if goal else taken <= 1.1 * least if least else None
        spread = f"{taken:.2f} s ({min(one.ours):.2f} to {max(one.ours):.2f})"
        size = f"{least:.2f} s ({one.n_bytes / 1e6:.2f} MB)" if least else ""
        _row(
            table, f"{name}, {kind}, {one.way}", spread, f"{base:.2f} s", f"{taken / base:.2f}", size, told, goal=is_met
        )
        parts.add_column(f"{name}, {kind}", justify="right")
    names = dict.fromkeys(
        part for one in clocks.values() for part in sorted(one.parts, key=lambda part: one.parts[part] or 0)
    )
    for part in names:
        parts.add_row(part, *(f"{one.parts[part]:.0f}" if one.parts.get(part) else "" for one in clocks.values()))
    console.print(table, parts)


def _starts(table: Table, ours: list[Visit], bare: Visit) -> None:
    for kind, words in _WORDS.items():
        base = median(bare.seconds["cold" if kind == "read" else kind])
        for visit in ours:
            if not (taken := visit.seconds.get(kind)):
                continue
            ratio, goal = median(taken) / base, _GOALS.get(kind) if visit is ours[0] else None
            _row(
                table,
                f"Run to first result, {words}, {visit.name}",
                f"{median(taken):.2f} s ({min(taken):.2f} to {max(taken):.2f})",
                f"{base:.2f} s",
                f"{ratio:.2f}",
                f"≤ {goal:.2f}" if goal else "",
                goal=ratio <= goal if goal else None,
            )


def _sizes(table: Table, sizes: dict[str, visits.Size]) -> None:
    for name, size in sizes.items():
        limit = 250e3 if name == "before Python" else 8e6 if "bytecode" in name else None
        packed = f"{size.packed / 1e3:.0f} kB" if size.packed < 1e6 else f"{size.packed / 1e6:.2f} MB"
        goal = "" if limit is None else f"≤ {limit / 1e3:.0f} kB" if limit < 1e6 else f"≤ {limit / 1e6:.0f} MB"
        label, stored = f"gzip, {name} ({size.files} files)", f"{size.stored / 1e6:.2f} MB stored"
        _row(table, label, stored, "", packed, goal, goal=None if limit is None else size.packed <= limit)


def _sliders(table: Table, sliders: list[hot.Slider]) -> None:
    for one in sliders:
        half, most = (hot.percentile(one.taken, share) for share in (0.5, 0.95))
        label = f"slider to paint of what is in sight, /{one.page} {one.cell} {one.name}, p50 and p95"
        told = "" if most <= 16 else f"\n  {one.parts()}"
        _row(table, label + told, f"{half:.1f} ms, {most:.1f} ms", "", "", "p95 ≤ 16 ms", goal=most <= 16)


def _rerun(table: Table, again: list[float], bare: list[float]) -> None:
    ratio = median(again) / median(bare)
    _row(
        table,
        "a cell again",
        f"{median(again):.1f} ms",
        f"{median(bare):.1f} ms",
        f"{ratio:.2f}",
        "≤ 3",
        goal=ratio <= 3,
    )


def _training(table: Table, figures: dict[str, float]) -> None:
    step, plain = figures["step_ratio"], figures["plain_ratio"]
    rate, speed = f"{figures['pictures_per_second']:.0f} pictures/s", f"{figures['gflops']:.1f} GFLOP/s"
    _row(table, "a training step, by its matrix products alone", rate, speed, f"{step:.2f}", "≤ 1.5", goal=step <= 1.5)
    rate, speed = f"{figures['convolved_per_second']:.0f} pictures/s", f"{figures['convolution_gflops']:.1f} GFLOP/s"
    windows = "a step with a convolution, by its matrix products alone"
    _row(table, windows, rate, speed, f"{figures['convolution_ratio']:.2f}", "")
    _row(table, "a picture in plain Python, by one in a step", "", "", f"{plain:.0f}", "≥ 50", goal=plain >= 50)


def _lighthouse(table: Table, scores: dict[str, dict[str, float]]) -> None:
    for page, found in scores.items():
        told = ", ".join(f"{score:.0f}" for score in found.values())
        good = found["performance"] >= 95 and all(found[name] == 100 for name in lighthouse.CATEGORIES[1:])
        _row(table, f"Lighthouse, mobile, /{page}", told, "", "", "≥ 95, 100, 100, 100", goal=good)


def _build(table: Table) -> None:
    """The pages built into a folder that is thrown away: all executed, then none changed."""
    with tempfile.TemporaryDirectory(dir=places.BUILD) as folder:
        site = Path(folder) / "site"
        started = time.monotonic()
        build_pages(places.ROOT / "mkdocs.yml", site)
        seconds = time.monotonic() - started
        pages = sum(1 for _ in site.rglob("index.html"))
    _row(table, f"build of {pages} pages, none changed", f"{seconds:.1f} s", "", f"{seconds / pages:.2f} s a page", "")


def _pages() -> list[str]:
    """The pages that have cells, by their address below the site's; those in other languages have the same ones."""
    found = [path for path in sorted(places.BUILT_SITE.rglob("index.html")) if "<py-cell" in path.read_text()]
    named = (f"{path.parent.relative_to(places.BUILT_SITE).as_posix()}/".removeprefix("./") for path in found)
    return [name for name in named if not name.startswith(tuple(f"{folder}/" for folder in folders()))]


def _named(pages: list[str]) -> list[str]:
    """Those of the pages that PAGES names; all, if it names none."""
    wanted = [f"{name.strip('/')}/".removeprefix("/") for name in (os.environ.get("PAGES") or "").split(",") if name]
    if unknown := sorted(set(wanted) - set(pages)):
        known = ", ".join(page.strip("/") or "/" for page in pages)
        raise ToolError(f"PAGES names pages that have cells: {known}; got {unknown[0]!r}")
    return wanted or pages


def main() -> None:
    """Print the table."""
    rounds = int(os.environ.get("ROUNDS") or "5")
    parts = (os.environ.get("ONLY") or ",".join(_PARTS)).split(",")
    if unknown := sorted(set(parts) - set(_PARTS)):
        raise ToolError(f"ONLY names parts of the table: {', '.join(_PARTS)}; got {unknown[0]!r}")
    sliding = _named(_pages())
    executable = browser.obtain()
    table = Table(title="What a visit costs (medians; least to most)")
    for heading in ("what", "this site", "bare Pyodide", "ratio or size", "goal"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    with ExitStack() as stack:
        if "lighthouse" in parts:
            with serving(places.BUILT_SITE, _MOUNT, compresses=True) as site:
                scores = lighthouse.scores(site, _named(_pages()), rounds)
        playwright = stack.enter_context(sync_playwright())
        bare_folder = stack.enter_context(visits.bare_page())
        if "clock" in parts:
            _readers_clock(clock.measured(playwright, rounds, bare_folder))
        site = stack.enter_context(serving(places.BUILT_SITE, _MOUNT))
        ours, bare = visits.ours(f"{site}softmax/"), visits.bare(stack.enter_context(serving(bare_folder)))
        chromium = playwright.chromium.launch(executable_path=str(executable), args=list(browser.FLAGS))
        if "starts" in parts:
            visits.time_starts(chromium, [bare, *ours], rounds)
            _starts(table, ours, bare)
        if "sizes" in parts:
            for visit in ours:
                _sizes(table, visits.first_visit(chromium, site, visit))
        if "hot" in parts:
            _sliders(table, hot.heaviest_sliders(chromium, site, sliding, 60))
            if "softmax/" in sliding:
                _rerun(table, *hot.rerun(chromium, ours[0], bare, 60))
        chromium.close()
    if "training" in parts:
        _training(table, training.measured())
    if "lighthouse" in parts:
        _lighthouse(table, scores)
    if "build" in parts:
        _build(table)
    if table.row_count:
        console.print(table)


if __name__ == "__main__":
    command(main)
