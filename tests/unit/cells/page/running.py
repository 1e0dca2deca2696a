"""Cells of a page run as a reader runs them."""

from cells.page.program import CellResult, Program


def run(program: Program, *targets: str) -> dict[str, CellResult]:
    """Run cells, with those that they need and those that read from them; give what became of each."""
    return {id: program.run(id) for id in program.plan(targets)}
