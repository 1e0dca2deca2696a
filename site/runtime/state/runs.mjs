/** What is to run, what runs, and what came of it: posted runs by ticket, and who waits for them. */

import { crashed, hasError, isLeft, timedOut } from "./faults.mjs";
import { isAtWork } from "./pages.mjs";
import { Waiters } from "./waiters.mjs";
import { ofPython, say } from "../words/say.mjs";

/** @import { Edits } from "./edits.mjs" */
/** @import { Life } from "../python/life.mjs" */
/** @import { Cell, Pages, State } from "./pages.mjs" */
/** @import { Failed, Output, Plan, Report, Result, Sight } from "../python/protocol.mjs" */

/**
 * @typedef {{page: string, sources: Record<string, string>, unfinished: Set<string>,
 *   agreed: Set<string>, sight: Sight | null}} Posted
 */

export class Runs {
  #pages;
  #life;
  #edits;
  #ticket = 0;
  /** Runs on their way, by ticket, oldest first. @type {Map<number, Posted>} */
  #posted = new Map();
  #waiters = new Waiters();

  /** @param {Pages} pages @param {Life} life @param {Edits} edits  are told what the reader agreed to */
  constructor(pages, life, edits) {
    this.#pages = pages;
    this.#life = life;
    this.#edits = edits;
  }

  /** The reader says Run. @param {Cell} cell @returns {Promise<Output[]>} rejected if there is no Python, or Stop */
  run(cell) {
    this.#pages.page(cell.page).agreed.add(cell.id);
    const promise = this.#waiters.add(cell);
    this.want(cell);
    return promise;
  }

  /** @param {Cell} cell */
  want(cell) {
    const page = this.#pages.page(cell.page);
    page.wanted.add(cell.id);
    if (this.#life.python.state === "ready" && page.links === 0) {
      this.#post(cell.page);
    } else {
      this.#setState(cell, "loading");
      this.start();
    }
  }

  /** Python, from the reader's first intent on; what a start that failed left waiting waits again. */
  start() {
    if (!this.#life.start()) return;
    for (const cell of this.#held()) if (cell.state === "error") this.#setState(cell, "loading");
  }

  /**
   * Ends what runs and waits, if this cell is part of it. A fresh Python takes the place of one that was at work.
   * @param {Cell} cell
   * @returns whether one did
   */
  stop(cell) {
    const held = this.#held();
    if (!held.includes(cell)) return false;
    const isAtWork = this.#posted.size > 0;
    this.#abandon();
    if (isAtWork) this.#life.restart();
    for (const cell of held)
      this.#pages.change(cell, { behind: cell.behind || cell.state !== "loading", state: "stopped" });
    this.#waiters.reject(new DOMException("stopped", "AbortError"));
    return isAtWork;
  }

  /** A fresh Python takes the place of one that is at something else than a run; what waits is asked of it again. */
  yield() {
    for (const { page, unfinished, agreed } of this.#posted.values()) {
      const { wanted, agreed: leave } = this.#pages.page(page);
      for (const id of unfinished) wanted.add(id);
      for (const id of agreed) leave.add(id);
    }
    this.#posted.clear();
    this.#life.restart();
  }

  /** Whether no run is on its way. */
  get isIdle() {
    return this.#posted.size === 0;
  }

  /** What was asked for before a link came would run the link's code, too: it is asked anew. @param {string} page */
  letGo(page) {
    const { wanted, agreed } = this.#pages.page(page);
    for (const cell of this.#pages.cells(page)) if (wanted.has(cell.id)) this.#setState(cell, "stopped");
    wanted.clear();
    agreed.clear();
    for (const posted of this.#posted.values()) if (posted.page === page) posted.agreed.clear();
    const reason = new DOMException("a link brought other code", "AbortError");
    this.#waiters.reject(reason, ({ cell, ticket }) => cell.page === page && ticket === undefined);
  }

  /** Python is ready for what waits. */
  begin() {
    for (const name of this.#pages.names()) this.#post(name);
  }

  /** @param {string} message */
  fail(message) {
    for (const cell of this.#held()) this.#setState(cell, "error");
    this.#pages.rest();
    this.#waiters.reject(new Error(message));
  }

  /**
   * The cell that Python was at is left out until it is edited; all others run on, in a fresh one.
   * @param {Failed} failed @param {boolean} isCall  a lab's call may be what it was at
   */
  crash({ message, page, id, ticket }, isCall) {
    const error = crashed(message);
    const cell = page === undefined || id === undefined ? undefined : this.#pages.page(page).cells.get(id);
    if (cell === undefined) return this.#replace(error, "error", isCall);
    const source = this.#posted.get(ticket ?? 0)?.sources[cell.id] ?? cell.ran;
    this.#pages.change(cell, {
      outputs: [error],
      ran: source,
      fell: { source, error },
      behind: false,
      state: "error",
      runs: cell.runs + 1,
    });
    this.#pages.page(cell.page).wanted.delete(cell.id);
    for (const { unfinished } of this.#posted.values()) unfinished.delete(cell.id);
    this.#waiters.reject(new Error(message), (waiter) => waiter.cell === cell);
    this.#waiters.repost();
    this.yield();
  }

  /** @param {boolean} isCall  a lab's call may be what it was at */
  timeUp(isCall) {
    const { seconds } = this.#life.watch;
    const error = say("took longer than {seconds} s", { seconds });
    for (const { page } of this.#posted.values()) {
      if (this.#pages.cells(page).some(({ state }) => state === "running" || state === "queued")) continue;
      const { expressions } = this.#pages.page(page);
      this.#pages.compute(page, Object.fromEntries([...expressions].map((expression) => [expression, { error }])));
    }
    this.#replace(timedOut(seconds), "stopped", isCall);
  }

  /** @param {Report} report */
  hear(report) {
    switch (report.type) {
      case "plan":
        return this.#planned(report);
      case "begin":
        return this.#withCell(report.ticket, report.id, (cell, posted) =>
          this.#pages.change(cell, { state: "running", progress: "" }, this.#isLate(cell, posted)),
        );
      case "progress":
        return this.#withCell(report.ticket, report.id, (cell) => this.#pages.change(cell, { progress: report.text }));
      case "result":
        return this.#finish(report);
      case "values": {
        const posted = this.#posted.get(report.ticket);
        return posted && this.#pages.compute(posted.page, report.values);
      }
      case "finished":
        // What a run that was dropped left undone is covered by the newer one that made the worker drop it.
        this.#posted.delete(report.ticket);
        if (this.isIdle) this.#pages.rest();
    }
  }

  /** Whether a control has moved and this cell is out of sight. @param {Cell} cell @param {Posted} posted */
  #isLate(cell, { sight }) {
    return sight !== null && !sight.cells.includes(cell.id) && !this.#pages.isInSight(cell);
  }

  /** Cells that wait or run, on whatever page. */
  #held() {
    return this.#pages.names().flatMap((name) => {
      const { wanted } = this.#pages.page(name);
      return this.#pages.cells(name).filter((cell) => isAtWork(cell) || wanted.has(cell.id));
    });
  }

  #abandon() {
    this.#posted.clear();
    this.#pages.rest();
    for (const { wanted, agreed } of this.#pages.names().map((name) => this.#pages.page(name))) {
      wanted.clear();
      agreed.clear();
    }
  }

  /**
   * Posts what is wanted of a page, together with what older runs of it have not done: the newest run always covers
   * them, so the worker may drop them.
   * @param {string} name
   */
  #post(name) {
    const page = this.#pages.page(name);
    if (page.wanted.size === 0 || page.links > 0) return;
    const cells = this.#pages.cells(name);
    if (page.knownTo !== this.#life.number) {
      page.knownTo = this.#life.number;
      const built = cells.map(({ id, built, ran, behind, fell }) => {
        return { id, source: built.source, names: built.names, shown: behind || ran === fell?.source ? null : ran };
      });
      const expressions = [...page.expressions];
      this.#life.send({ type: "open", page: name, cells: built, expressions, ...ofPython() });
    }
    const targets = new Set(page.wanted);
    const agreed = new Set(page.agreed);
    for (const older of this.#posted.values()) {
      if (older.page !== name) continue;
      for (const id of older.unfinished) {
        targets.add(id);
        if (older.agreed.has(id)) agreed.add(id);
      }
    }
    const ticket = ++this.#ticket;
    const sources = Object.fromEntries(cells.filter((cell) => !isLeft(cell)).map(({ id, source }) => [id, source]));
    const left = Object.fromEntries(
      cells.flatMap((cell) => (isLeft(cell) && cell.fell ? [[cell.id, cell.fell.error]] : [])),
    );
    const foreign = cells.filter((cell) => cell.foreign).map(({ id }) => id);
    const isRun = this.#waiters.isOn(name); // nothing waits behind a press on Run
    const sight = isRun ? null : this.#pages.sight(name, [...page.wanted]);
    const posted = { page: name, sources, unfinished: targets, agreed, sight };
    this.#posted.set(ticket, posted);
    this.#waiters.post(name, ticket);
    page.wanted.clear();
    page.agreed.clear();
    this.#life.send({
      type: "run",
      ticket,
      page: name,
      sources,
      targets: [...targets],
      agreed: [...agreed],
      foreign,
      left,
      sight,
    });
    if (sight) this.#pages.hold();
    for (const cell of cells) if (targets.has(cell.id)) this.#queue(cell, posted);
  }

  /**
   * One that runs goes on running; what waits already is not told again.
   * @param {Cell} cell @param {Posted} posted @param {boolean} [behind]
   */
  #queue(cell, posted, behind = cell.behind) {
    const state = cell.state === "running" ? "running" : "queued";
    if (cell.behind === behind && cell.state === state) return;
    this.#pages.change(cell, { ...(behind !== cell.behind && { behind }), state }, this.#isLate(cell, posted));
  }

  /** @param {number} ticket @param {string} id @param {(cell: Cell, posted: Posted) => void} use */
  #withCell(ticket, id, use) {
    const posted = this.#posted.get(ticket);
    const cell = posted && this.#pages.page(posted.page).cells.get(id);
    if (posted && cell) use(cell, posted);
  }

  /** @param {Plan} plan */
  #planned({ ticket, ids }) {
    const posted = this.#posted.get(ticket);
    if (posted === undefined) return;
    const refused = [...posted.unfinished].filter((id) => !ids.includes(id));
    posted.unfinished = new Set(ids);
    if (posted.sight) this.#pages.hold(); // what is in sight is about to come
    for (const id of ids) {
      this.#withCell(ticket, id, (cell) => {
        this.#edits.agree(cell); // the plan has no code from a link but what the reader said Run of
        this.#queue(cell, posted, true);
      });
    }
    for (const id of refused) this.#withCell(ticket, id, (cell) => this.#refuse(cell, ticket));
  }

  /** A cell needs code of a link that the reader has not agreed to. @param {Cell} cell @param {number} ticket */
  #refuse(cell, ticket) {
    if (this.#isAwaited(cell)) return;
    this.#setState(cell, cell.runs === 0 ? "static" : hasError(cell.outputs) ? "error" : "done");
    const reason = new DOMException("it needs code from a link that has not run", "AbortError");
    this.#waiters.reject(reason, (waiter) => waiter.cell === cell && (waiter.ticket ?? Infinity) <= ticket);
  }

  /** Whether a run that is on its way will run a cell. @param {Cell} cell @param {Posted} [but]  that is not meant */
  #isAwaited({ page, id }, but) {
    return [...this.#posted.values()].some(
      (posted) => posted !== but && posted.page === page && posted.unfinished.has(id),
    );
  }

  /** @param {Result} result */
  #finish({ ticket, id, outputs, milliseconds, defines, reads, parameters, broken, worn }) {
    if (worn) this.#life.wear();
    this.#withCell(ticket, id, (cell, posted) => {
      posted.unfinished.delete(id);
      /** @type {State} */
      const state = this.#isAwaited(cell, posted) ? "queued" : hasError(outputs) ? "error" : "done";
      const news = { outputs, milliseconds, defines, reads, broken };
      const ran = posted.sources[id] ?? cell.fell?.source ?? cell.ran;
      const isNew = parameters && JSON.stringify(parameters) !== JSON.stringify(cell.parameters);
      const all = { ...news, state, behind: false, runs: cell.runs + 1, ran, ...(isNew && { parameters }) };
      this.#pages.change(cell, all, this.#isLate(cell, posted)); // who awaits it sees it at once: no control moved it
      this.#waiters.resolve(cell, ticket, outputs);
    });
  }

  /**
   * A fresh Python takes the place of one that failed at work. What it was at says why; what waited is stopped.
   * @param {Output & {message: string}} error
   * @param {State} state  of the cell that it was at
   * @param {boolean} isCall  where no cell ran, it was at a lab's call
   */
  #replace(error, state, isCall) {
    const held = this.#held();
    const isAtOne = held.some((cell) => cell.state === "running");
    this.#abandon();
    this.#life.restart();
    for (const cell of held) {
      const broke = isAtOne ? cell.state === "running" : !isCall && cell.state === "queued";
      if (broke) this.#pages.change(cell, { outputs: [error], ran: cell.source, behind: false, state });
      else this.#pages.change(cell, { behind: true, state: "stopped" });
    }
    this.#waiters.reject(new Error(error.message));
  }

  /** @param {Cell} cell @param {State} state */
  #setState(cell, state) {
    this.#pages.change(cell, { state });
  }
}
