/** `<py-cell>`: attaches to the built markup, tells the kernel what the reader does, and shows what the kernel says. */

import { announcer } from "../page/announcer.mjs";
import { labelOf } from "../page/at-first.mjs";
import { buttonOf } from "../page/attributes.mjs";
import { Code } from "./code.mjs";
import { limits, urls } from "../config.mjs";
import { Controls } from "./controls.mjs";
import { keepCovered } from "./cover.mjs";
import { putBack } from "./drawing.mjs";
import { GivenElement } from "./given.mjs";
import { bringIntoSight } from "./into-sight.mjs";
import { copyLink } from "../state/link.mjs";
import { followMenu } from "./menu.mjs";
import { Notes } from "./notes.mjs";
import { dragNumbers } from "./numbers.mjs";
import { Outputs } from "./outputs.mjs";
import { Standing } from "./standing.mjs";
import { say } from "../words/say.mjs";

/** @import { Cell, Program } from "../state/pages.mjs" */
/** @import { Output } from "../python/protocol.mjs" */
/** @import { Place } from "./standing.mjs" */

/** What few ask for. @returns {Promise<typeof import("./sharing/sharing.mjs")>} */
const sharing = () => import(urls.sharing);

export class PyCell extends GivenElement {
  /** What is done to it needs no keeping any more: see `early.mjs`. */
  hears = false;
  /** @type {Cell | undefined} */
  #cell;
  /** @type {Code | undefined} */
  #code;
  /** @type {Notes | undefined} */
  #notes;
  /** @type {Controls | undefined} */
  #controls;
  /** @type {Outputs | undefined} */
  #outputs;
  /** @type {Standing | undefined} */
  #standing;
  /** @type {Program | undefined} */
  #program;
  /** Ends every listener of one stay in the page. */
  #stay = new AbortController();
  /**
   * What is on show, to tell what has changed.
   * @type {{state: string, source: string, runs: number, outputs: Output[]} | undefined}
   */
  #shown;

  connectedCallback() {
    const program = (this.#program ??= this.#takeProgram());
    const title = this.#find("title")?.textContent || this.id;
    const cell = this.kernel.attach(this.getAttribute("page") ?? location.pathname, this.id, title, program);
    const { signal } = (this.#stay = new AbortController());
    this.#cell = cell;
    this.#shown ??= {
      state: this.getAttribute("state") ?? "",
      source: program.source,
      runs: cell.runs,
      outputs: program.outputs,
    };
    this.#code ??= new Code(this.#part("code"), program.source, {
      label: labelOf(this),
      edited: (source) => this.kernel.edit(this.#attached, source),
      run: () => this.#runs(),
      names: () => this.kernel.names(this.#attached),
      step: (name, by) => this.#controls?.step(name, by),
    });
    /** @type {Place} */
    const place = {
      part: (name) => this.#part(name),
      find: (name) => this.#find(name),
      action: (name) => buttonOf(this, name),
      main: () => this.#main,
      replace: (part, nodes) => this.#replace(part, nodes),
      goTo: (line) => this.#goTo(line),
      follow: (cell, opening) => GivenElement.given.voice.follow(cell, { opening }),
    };
    this.#notes ??= new Notes(place, this.#code, this.kernel);
    this.#standing ??= new Standing(place, this.kernel);
    // it was typed before
    if (!this.hears && this.#code.source !== program.source) this.kernel.overtake(cell, this.#code.source);
    this.#controls ??= this.#makeControls(program, title);
    this.#outputs ??= new Outputs(this.#part("output"), this.#shown.outputs, this.kernel);
    GivenElement.given.sight.watch(this, cell.page, { cell: cell.id });
    // a browser may fill in an older visit's values
    addEventListener("pageshow", () => this.#controls?.restore(), { signal });
    for (const part of [this.#controls.part, this.#part("code")]) {
      for (const intent of ["pointerdown", "focusin"])
        part.addEventListener(intent, () => this.kernel.start(), { signal });
    }
    this.addEventListener("click", (event) => this.#click(/** @type {Element} */ (event.target)), { signal });
    /** @param {string} type @param {(detail: any) => void} heard */
    const hear = (type, heard) =>
      this.kernel.addEventListener(type, (event) => heard(/** @type {CustomEvent} */ (event).detail), { signal });
    const isOwn = (/** @type {{page: string, id: string}} */ { page, id }) => page === cell.page && id === cell.id;
    hear("cell", (/** @type {Cell} */ one) => {
      if (one === cell) this.#refresh(cell);
      else if (this.#shown?.state === "queued" && one.state === "running") this.#standing?.nameLater(cell);
    });
    hear("python", () => this.#standing?.progress(cell));
    hear("pull", (pulled) => isOwn(pulled) && this.#move(cell, pulled.source));
    hear("marks", (marked) => isOwn(marked) && this.#showMarked(cell));
    keepCovered(this, signal);
    this.#refresh(cell);
    this.hears = true;
  }

  /** Whoever moves a cell takes it out and puts it in again at once: what is in it lives on. */
  disconnectedCallback() {
    this.#stay.abort();
    this.#standing?.leave();
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#code?.close();
      this.#outputs?.dispose();
      this.#outputs = undefined;
      this.#standing?.end();
    });
  }

  get source() {
    return this.#attached.source;
  }

  set source(source) {
    this.kernel.edit(this.#attached, String(source));
  }

  /** @returns {Output[]} */
  get outputs() {
    return structuredClone(this.#attached.outputs);
  }

  /** The cell as it was built: its source, parameters, outputs, and the names it defines and reads. */
  get built() {
    return structuredClone(this.#attached.built);
  }

  /** @returns {Promise<Output[]>} */
  run() {
    return this.kernel.run(this.#attached);
  }

  stop() {
    this.kernel.stop(this.#attached);
  }

  reset() {
    this.kernel.reset(this.#attached);
  }

  /** Once for the element. @param {Program} program @param {string} title */
  #makeControls(program, title) {
    const controls = new Controls(this.#find("controls"), program.parameters, {
      id: this.id,
      title,
      place: (part) => {
        if (part) this.#part("output").after(part); // below what they move, as the build does it
        this.toggleAttribute("controls", part !== undefined);
      },
      edited: (source) => this.#move(this.#attached, source),
    });
    dragNumbers(this.#part("code"), {
      number: (name) => controls.number(name),
      set: (name, value) => controls.set(name, value),
      pick: (name) => void this.#code?.pick(name),
    });
    followMenu(this.#part("menu"));
    return controls;
  }

  /** The program as it was built: nobody else has a use for it. @returns {Program} */
  #takeProgram() {
    const template = /** @type {HTMLTemplateElement} */ (this.#part("program"));
    template.remove();
    const program = /** @type {Program} */ (JSON.parse(template.content.textContent ?? ""));
    putBack(program.outputs, this.#part("output"));
    return program;
  }

  get #attached() {
    if (this.#cell === undefined) throw new Error(`py-cell "${this.id}" is not in the page`);
    return this.#cell;
  }

  /** @param {string} name @returns {HTMLElement | null} */
  #find(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  /** @param {string} name */
  #part(name) {
    const part = this.#find(name);
    if (part === null) throw new Error(`py-cell "${this.id}": no [data-part="${name}"] in it`);
    return part;
  }

  /** @param {Element} target */
  #click(target) {
    const button = target.closest("[data-action]");
    switch (button?.getAttribute("data-action")) {
      case "run":
        return this.#runs();
      case "stop":
        this.stop();
        return GivenElement.given.voice.follow(this.#attached);
      case "reset":
        this.reset();
        return GivenElement.given.voice.follow(this.#attached, { opening: say("Back to the original.") });
      case "link":
        return void this.#says(copyLink(this.id, this.#shared));
      case "qr":
        return void this.#says(sharing().then(({ showCode }) => showCode(this.#attached, this.#shared)));
      case "frame":
        return void this.#says(sharing().then(({ copyFrame }) => copyFrame(this, this.#attached.title, this.#shared)));
    }
  }

  /** The reader said Run: what came of it is told, and brought into sight where it stands above. */
  #runs() {
    const cell = this.#attached;
    GivenElement.given.voice.follow(cell);
    this.run().then(
      () => requestAnimationFrame(() => bringIntoSight([this.#part("error"), this.#part("output")])),
      () => {},
    );
  }

  /** A control was moved: the code says so, and runs. @param {Cell} cell @param {string} source */
  #move(cell, source) {
    this.#standing?.hush(cell);
    GivenElement.given.voice.follow(cell, { pause: limits.settle });
    this.kernel.move(cell, source);
  }

  /** Brings the element in line with the cell. @param {Cell} cell */
  #refresh(cell) {
    const before = this.#shown;
    if (before === undefined) return;
    this.#shown = { ...before, state: cell.state, source: cell.source, runs: cell.runs, outputs: cell.outputs };
    if (before.state !== cell.state) this.#standing?.note(cell, "");
    if (this.getAttribute("state") !== cell.state) this.setAttribute("state", cell.state);
    this.toggleAttribute("edited", cell.source !== cell.built.source);
    this.toggleAttribute("stale", cell.stale);
    this.toggleAttribute("foreign", cell.foreign);
    this.#code?.show(cell.source);
    if (before.source !== cell.source) this.#showMarked(cell);
    this.#controls?.show(cell.source, cell.parameters);
    if (before.outputs !== cell.outputs) this.#outputs?.show(cell.outputs, this.kernel.isDrag);
    this.#notes?.show(cell);
    this.#standing?.show(cell);
    if (before.source !== cell.source) this.#tell("cell-edit", { source: cell.source });
    if (before.runs !== cell.runs) this.#tell("cell-run", { outputs: cell.outputs, milliseconds: cell.milliseconds });
    if (before.state !== cell.state) this.#tell("cell-state", { state: cell.state });
  }

  /** Lines that a figure points at. @param {Cell} cell */
  #showMarked(cell) {
    this.#code?.point(this.kernel.marked(cell));
  }

  /** @param {string} name @param {object} detail */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: { id: this.id, ...detail } }));
  }

  /** Other things in a part; the focus is never nowhere. @param {Element} part @param {Node[]} nodes */
  #replace(part, nodes) {
    const hadFocus = part.contains(document.activeElement);
    part.replaceChildren(...nodes);
    if (hadFocus && !part.contains(document.activeElement)) this.#main.focus({ preventScroll: true });
  }

  /** The button that does what the cell is for. @returns {HTMLElement} */
  get #main() {
    return /** @type {HTMLElement} */ (
      this.querySelector('[data-part="bar"] :is([data-action="run"], [data-action="check"])')
    );
  }

  /** @param {number} line */
  #goTo(line) {
    const fold = /** @type {HTMLDetailsElement | null} */ (this.querySelector('details[data-part="fold"]'));
    if (fold) fold.open = true;
    void this.#code?.goTo(line);
  }

  /** What a link to the page holds. */
  get #shared() {
    return this.kernel.shared(this.#attached.page);
  }

  /** @param {Promise<string>} promised */
  async #says(promised) {
    const words = await promised.catch(() => say("What makes it could not be fetched. Are you online?"));
    announcer.say(words);
    this.#standing?.note(this.#attached, words);
  }
}
