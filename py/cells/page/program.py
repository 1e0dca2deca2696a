"""A page as a program: its cells, what each has defined, and what must run when something changes."""

from __future__ import annotations

import builtins
import time
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from cells.page.copies import copies_of
from cells.page.endings import lingers, settle, sweep
from cells.page.errors import describe, error_output, owner_of
from cells.page.graph import Graph, Problem, build_graph
from cells.page.inline import Expression
from cells.page.names import Names, names_of
from cells.page.outputs import Output
from cells.page.results import CallResult, Cell, CellResult
from cells.page.runner import call_function, filename_of, format_value, is_from_keyboard, run_cell
from cells.page.words import say

_GIVEN = frozenset(dir(builtins)) | {"display", "_verdict", "__name__"}


class Program:
    """The cells and inline expressions of one page.

    Every cell runs in a namespace of its own that holds the names it reads, as copies: so no cell can change what
    another one made, and running a cell again always starts from the same state. The first copy is made at the end of
    the run that made the value, so that a value which cannot be copied is an error of the cell that made it.

    Parameters
    ----------
    cells
        Source by id, in the page's order, as the page was built.
    expressions
        Inline expressions as they stand in the text, with or without a format: ``probabilities[0]:.2f``.
    shown
        For cells whose outputs on the page come from another source than the built one, that source; None where they
        no longer follow from any. A page that outlives its Python needs it.
    """

    def __init__(
        self,
        cells: Mapping[str, str],
        expressions: Iterable[str] = (),
        shown: Mapping[str, str | None] | None = None,
    ) -> None:
        self._cells = {cell: Cell("") for cell in cells}
        self._expressions = [Expression(text) for text in expressions]
        self._known: dict[str, int] | None = None
        """The versions of the cells, while none of them changes."""
        self.graph: Graph = build_graph({id: cell.names for id, cell in self._cells.items()})
        self.update(cells)
        shown = shown or {}
        self.update({cell: source for cell, source in shown.items() if source is not None})
        for cell, version in self._versions().items():
            self._cells[cell].shown = None if shown.get(cell, "") is None else version
        self.update(cells)

    def names(self, cell: str) -> Names:
        """What a cell defines and reads, by the source it has now."""
        return self._cells[cell].names

    def source(self, cell: str) -> str:
        """The source that a cell has now."""
        return self._cells[cell].source

    def undefined(self, names: Iterable[str]) -> list[str]:
        """Those of ``names`` that neither a cell of the page nor Python itself defines."""
        return sorted(name for name in names if name not in self.graph.owners and name not in _GIVEN)

    def update(self, sources: Mapping[str, str]) -> None:
        """Take over the sources as they are now. Cells that are not named keep theirs.

        Raises
        ------
        KeyError
            If the page has no cell of that id.
        """
        changed = False
        for id, source in sources.items():
            if id not in self._cells:
                raise KeyError(f"no cell {id!r} on this page; there are: {', '.join(self._cells)}")
            cell = self._cells[id]
            if cell.source != source:
                cell.source, cell.syntax_error, self._known = source, None, None
                try:
                    names = names_of(source, filename_of(id))
                    changed |= names is not cell.names  # the same, as long as nothing but numbers change
                    cell.names = names
                except SyntaxError as error:
                    cell.syntax_error = error  # and its names stay: those that read them still depend on it
        if changed:
            self.graph = build_graph({id: cell.names for id, cell in self._cells.items()}, self.graph.owners)

    def leave_out(self, reasons: Mapping[str, Output]) -> None:
        """Leave out these cells, each for the error that it had, and no others: what they did, nobody survived.

        Their sources are not handed in. Whoever reads from them is told why there is nothing to read.
        """
        self._known = None
        for id, cell in self._cells.items():
            cell.left = reasons.get(id)

    def plan(self, targets: Iterable[str], agreed: Iterable[str] = (), foreign: Iterable[str] = ()) -> list[str]:
        """The cells to run, in order, to run ``targets``, and no strange code that nobody agreed to.

        Parameters
        ----------
        targets
            Cells that are to run.
        agreed
            Those of them that the reader said Run of, knowing that it runs what they need and what follows.
        foreign
            Cells whose code came from somebody else. Where the targets would run one that ``agreed`` does not, the
            rest waits.
        """
        ids = self._plan(targets)
        strangers = set(foreign) & set(ids)
        if not strangers:
            return ids
        leave = self._plan(agreed)
        return ids if strangers <= set(leave) else leave

    def _plan(self, targets: Iterable[str]) -> list[str]:
        """The cells to run, in order, to run ``targets``.

        These are the cells they need that have not run as they are now, the targets themselves, and the cells whose
        outputs on the page no longer follow from what is run (with what those need in turn).
        """
        versions = self._versions()
        wanted = set(targets)
        unknown = wanted - set(self._cells)
        if unknown:
            raise KeyError(f"no cell {sorted(unknown)[0]!r} on this page; there are: {', '.join(self._cells)}")
        needed = self._unusable(self.graph.ancestors(wanted), versions)
        outdated = {id for id in needed if self._cells[id].shown != versions[id]}
        wanted |= self.graph.descendants(wanted | outdated)
        wanted |= self._unusable(self.graph.ancestors(wanted), versions)
        return [id for id in self.graph.order if id in wanted]

    def in_sight(
        self, ids: Iterable[str], cells: Iterable[str], expressions: Iterable[str]
    ) -> tuple[list[str], list[str]]:
        """Those of the planned ``ids`` that a reader waits for who sees these cells and inline expressions.

        They are what is seen and what that reads from, so they can run before the rest: none of them needs any of it.
        With them, those of the expressions that they may change.
        """
        planned = set(ids)
        owners = {text: self._owners(text) for text in dict.fromkeys(expressions)}
        seen = set(cells).union(*owners.values())
        seen |= self.graph.ancestors(seen)
        changed = [text for text, above in owners.items() if above & planned]
        return [id for id in ids if id in seen], changed

    def _owners(self, expression: str) -> set[str]:
        """The cells that an inline expression reads from."""
        found = next((one for one in self._expressions if one.text == expression), None)
        return {self.graph.owners[name] for name in found.reads if name in self.graph.owners} if found else set()

    def run(self, id: str) -> CellResult:
        """Run one cell on what the cells before it have defined. Never raises for what the cell does."""
        cell = self._cells[id]
        version = self._versions()[id]
        started = time.perf_counter()
        cell.ran, cell.shown, cell.values, cell.spare = version, version, {}, {}
        if cell.lingers:
            sweep()
        above = self.graph.ancestors([id])
        cell.lingers = lingers(cell.source) or any(self._cells[other].lingers for other in above)
        namespace: dict[str, Any] = {}
        outputs = self._refusal(id)
        if not outputs:
            others = {name for name in cell.names.early if self.graph.owners.get(name, id) != id}
            namespace = self._values(cell.names.reads | others)
            elsewhere = {name: owner for name, owner in self.graph.owners.items() if owner != id}
            outputs = run_cell(id, cell.source, namespace, elsewhere, lambda: self._prepare(id, namespace))
        result = CellResult(outputs, (time.perf_counter() - started) * 1000, sorted(cell.names.defines))
        cell.failed = result.error is not None
        # What a failed cell imported is whole; what it computed may be half done.
        whole = cell.names.imports if cell.failed else cell.names.defines
        cell.values = {name: namespace[name] for name in whole if name in namespace}
        if cell.lingers:
            del namespace
            sweep()
        return result

    def _prepare(self, id: str, namespace: Mapping[str, Any]) -> None:
        """Copy what others will read, at the end of the cell's own run: what goes wrong in it is this cell's affair."""
        cell = self._cells[id]
        readers = [other.names.reads for name, other in self._cells.items() if id in self.graph.parents[name]]
        readers += [expression.reads for expression in self._expressions if "reads" in vars(expression)]
        own = {name for name in cell.names.defines & namespace.keys() if self.graph.owners.get(name) == id}
        names = own.intersection(frozenset().union(*readers))
        cell.spare = copies_of({name: namespace[name] for name in sorted(names)}, is_strict=True)
        if cell.lingers:
            settle({id, *self.graph.ancestors([id])})

    def call(self, id: str, name: str, *arguments: Any, **named: Any) -> CallResult | None:
        """Call a function that a cell defined when it ran last. Never raises for what the function does.

        Returns
        -------
        CallResult or None
            None if the cell has not run here: it must be run first.
        """
        cell = self._cells.get(id)
        if cell is None or cell.ran is None:
            return None
        if name not in cell.values:
            return CallResult(error=self._uncallable(id, name), cell=id)
        answer = call_function(cell.values[name], *arguments, **named)
        if answer.error is None:
            return CallResult(answer.value, answer.outputs)
        owner, namespace = owner_of(answer.error) or (id, {})
        source = self._cells[owner].source if owner in self._cells else ""
        error = describe(answer.error, filename_of(owner), source, namespace, self.graph.owners)
        return CallResult(None, answer.outputs, error, owner)

    def _uncallable(self, id: str, name: str) -> Output:
        if refusal := self._refusal(id):
            return refusal[0]
        why = say("it stopped with an error") if self._cells[id].failed else say("it defines no such name")
        message = say("'{name}' cannot be called: {why}", name=name, why=why)
        return error_output("CellError", message, None, message, say("Mend this cell, or press Reset, and go on."))

    def values(self, only: Collection[str] | None = None) -> dict[str, dict[str, str]]:
        """The text of each inline expression, or of these, whose cells have run as they are now, or why it has none."""
        versions = self._versions()
        values: dict[str, dict[str, str]] = {}
        for expression in self._expressions:
            if only is not None and expression.text not in only:
                continue
            owners = sorted({self.graph.owners[name] for name in expression.reads if name in self.graph.owners})
            if self._not_run(owners, versions):
                continue
            failed = self._lacking(expression.reads)
            values[expression.text] = (
                {"error": say('cell "{cell}" stopped with an error', cell=failed)}
                if failed
                else self._evaluate(expression)
            )
        return values

    def expression_reads(self) -> dict[str, frozenset[str]]:
        """The names that each inline expression reads."""
        return {expression.text: expression.reads for expression in self._expressions}

    def _evaluate(self, expression: Expression) -> dict[str, str]:
        code = expression.code
        if isinstance(code, SyntaxError):
            return {"error": f"SyntaxError: {code.msg}"}
        try:
            return {"text": format_value(code, self._values(expression.reads), expression.text)}
        except BaseException as error:
            if is_from_keyboard(error):
                raise
            told = describe(error, "<inline>", "", {}, {})
            return {"error": f"{told['name']}: {told['message']}"}

    def _versions(self) -> dict[str, int]:
        """A number for each cell that changes when its source or anything above it does."""
        if self._known is not None:
            return self._known
        self._known = versions = dict[str, int]()
        for id in self.graph.order:
            above = tuple(sorted((parent, versions.get(parent, 0)) for parent in self.graph.parents[id]))
            cell = self._cells[id]
            versions[id] = hash((cell.source, cell.left is None, above))
        return versions

    def _unusable(self, ids: set[str], versions: Mapping[str, int]) -> set[str]:
        return self._not_run(ids, versions) | {id for id in ids if self._cells[id].failed}

    def _not_run(self, ids: Iterable[str], versions: Mapping[str, int]) -> set[str]:
        return {id for id in ids if self._cells[id].ran != versions[id]}

    def _refusal(self, id: str) -> list[Output]:
        """Why a cell cannot run, as its output; empty if it can."""
        cell = self._cells[id]
        if cell.left is not None:
            return [cell.left]
        if cell.syntax_error is not None:
            return [describe(cell.syntax_error, filename_of(id), cell.source, {}, self.graph.owners)]
        problem = self.graph.problems.get(id) or self._missing(id)
        if problem is None:
            return []
        place = f"line {problem.line}" if problem.line else ""
        text = "\n".join(filter(None, [place, problem.message, problem.hint]))
        return [error_output("CellError", problem.message, problem.line, text, problem.hint)]

    def _missing(self, id: str) -> Problem | None:
        parent = self._lacking(self._cells[id].names.reads)
        if parent is None:
            return None
        cause, above = parent, self.graph.ancestors([parent])
        while (further := self._lacking(self._cells[cause].names.reads)) and further in above:
            above.remove(further)  # a circle ends somewhere
            cause = further
        lacking = self._cells[id].names.reads & self._cells[parent].names.defines - self._cells[parent].values.keys()
        if cause != parent:
            why = say('which waits for cell "{cell}"', cell=cause)
        elif self._cells[cause].left:
            why = say("which is left out, for it ended Python itself")
        else:
            why = say("which stopped with an error")
        message = say("not run: '{name}' comes from cell \"{cell}\", {why}", name=min(lacking), cell=parent, why=why)
        return Problem(message, say('Mend cell "{cell}" and this one follows.', cell=cause))

    def _lacking(self, names: Iterable[str]) -> str | None:
        """The cell that should have defined one of ``names`` and failed before it could."""
        owners = self.graph.owners
        failed = {name for name in names if name in owners and self._cells[owners[name]].failed}
        return min((owners[name] for name in failed if name not in self._cells[owners[name]].values), default=None)

    def _values(self, names: Iterable[str]) -> dict[str, Any]:
        """Copies of what these names stand for; those that nobody has defined are left out."""
        wanted: dict[str, list[str]] = {}
        for name in sorted(names):
            owner = self.graph.owners.get(name)
            if owner is not None and name in self._cells[owner].values:
                wanted.setdefault(owner, []).append(name)
        values: dict[str, Any] = {}
        for owner, of_it in wanted.items():
            cell = self._cells[owner]
            spare, cell.spare = cell.spare, {}  # whole or not at all: parts of it may be parts of each other
            if not all(name in spare for name in of_it):
                spare = copies_of({name: cell.values[name] for name in of_it})
            values.update({name: spare[name] for name in of_it})
        return values
