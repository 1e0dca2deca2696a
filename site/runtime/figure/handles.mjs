/**
 * Handles in a drawing: each moves parameters of the page, by pointer, finger or key, as a slider would. An element
 * says `data-drag="name value per-x per-y; …"`: which parameter, the value that the drawing shows, and what is added to
 * it for each of the drawing's units to the right and down.
 */

import { set } from "../page/attributes.mjs";
import { literals, snap, stepOf, write } from "../state/parameters.mjs";

/** @import { Kernel } from "../state/kernel.mjs" */
/** @import { Parameter } from "../python/protocol.mjs" */

/**
 * @typedef {{name: string, drawn: number, perX: number, perY: number}} Move
 * @typedef {{cell: string, source: string, parameter: Parameter, value: number}} Found  a parameter as it is now
 * @typedef {{pointer: number, moves: Move[], x: number, y: number, start: Map<string, number>}} Drag
 */

const NUMBERS = ["slider", "number", "integer"];
/** @type {Record<string, [axis: number | undefined, steps: number]>} */
const KEYS = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowUp: [1, 1],
  ArrowDown: [1, -1],
  PageUp: [undefined, 10],
  PageDown: [undefined, -10],
  Home: [undefined, -Infinity],
  End: [undefined, Infinity],
};

export class Handles {
  #node;
  #page;
  #kernel;
  /** @type {Drag | undefined} */
  #drag;
  /** Of a handle with two parameters, the one that the arrow keys moved last. */
  #axis = 0;

  /** @param {HTMLElement} node @param {() => string} page @param {AbortSignal} signal @param {Kernel} kernel */
  constructor(node, page, signal, kernel) {
    this.#node = node;
    this.#page = page;
    this.#kernel = kernel;
    /** @param {string} type @param {(event: any) => void} heard @param {AddEventListenerOptions} [options] */
    const listen = (type, heard, options) => node.addEventListener(type, heard, { signal, ...options });
    listen("focusin", ({ target }) => handleOf(target) && this.#kernel.start());
    listen("pointerdown", (event) => this.#take(event));
    // Beside `touch-action`, which not every browser heeds inside a drawing
    listen("touchstart", (event) => handleOf(event.target) && event.preventDefault(), { passive: false });
    listen("pointermove", (event) => this.#pull(event));
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) listen(end, (event) => this.#leave(event));
    listen("keydown", (event) => this.#key(event));
    this.#kernel.addEventListener("form", () => node.isConnected && this.prepare(node), { signal });
  }

  /**
   * Gives the handles their roles, and shows each where its parameters are now, should the drawing be older.
   * @param {Element} root
   * @returns {Element[]} the handles whose parameters the page has
   */
  prepare(root) {
    return /** @type {SVGGElement[]} */ ([...root.querySelectorAll("[data-drag]")]).filter((handle) => {
      const moves = movesOf(handle);
      const found = moves.map(({ name }) => this.#find(name));
      if (found.length === 0 || !found.every((one) => one !== undefined)) {
        for (const name of ["role", "tabindex"]) handle.removeAttribute(name);
        handle.style.translate = "";
        return false;
      }
      const [{ parameter, value }] = found;
      const words = found.map(({ parameter: { name }, value }) =>
        found.length > 1 ? `${name} ${value}` : String(value),
      );
      set(handle, {
        role: "slider",
        tabindex: "0",
        "aria-valuenow": String(value),
        "aria-valuemin": parameter.min,
        "aria-valuemax": parameter.max,
        "aria-valuetext": words.join(", "),
      });
      const [x, y] = offset(
        moves,
        found.map(({ value }) => value),
      );
      const translate = x || y ? `${x}px ${y}px` : "";
      if (handle.style.translate !== translate) handle.style.translate = translate;
      return true;
    });
  }

  /** @param {PointerEvent} event */
  #take(event) {
    const handle = handleOf(event.target);
    if (!handle || event.button !== 0 || this.#drag) return;
    const moves = movesOf(handle);
    const start = new Map(
      moves.flatMap(({ name }) => {
        const found = this.#find(name);
        return found ? [[name, found.value]] : [];
      }),
    );
    event.preventDefault();
    handle.focus({ preventScroll: true });
    try {
      this.#node.setPointerCapture(event.pointerId); // the figure stays, whatever is redrawn in it
    } catch {
      // From before the script came, and let go again.
    }
    this.#drag = { pointer: event.pointerId, moves, start, ...this.#place(event) };
    this.#node.toggleAttribute("data-dragging", true);
  }

  /** @param {PointerEvent} event */
  #pull(event) {
    if (event.pointerId !== this.#drag?.pointer) return;
    const { moves, start, x: fromX, y: fromY } = this.#drag;
    const { x, y } = this.#place(event);
    this.#move(
      moves.map(({ name, perX, perY }) => [name, (start.get(name) ?? 0) + perX * (x - fromX) + perY * (y - fromY)]),
    );
  }

  /** @param {PointerEvent} event */
  #leave(event) {
    if (event.pointerId !== this.#drag?.pointer) return;
    this.#drag = undefined;
    this.#node.toggleAttribute("data-dragging", false);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const handle = handleOf(event.target);
    if (!handle || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && this.#drag) return this.#move([...this.#drag.start]); // as it was taken up
    if (!Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    const [axis, more] = KEYS[event.key];
    const moves = movesOf(handle);
    this.#axis = moves.length === 1 ? 0 : (axis ?? this.#axis);
    const { name, perY } = moves[this.#axis];
    const steps = this.#axis && axis === 1 && perY > 0 ? -more : more; // rows count downwards, as the arrow points
    const found = this.#find(name);
    if (!found) return;
    const { min, max } = found.parameter;
    const end = steps > 0 ? max : min;
    if (Number.isFinite(steps)) this.#move([[name, found.value + steps * stepOf(found.parameter)]]);
    else if (end !== null && end !== undefined) this.#move([[name, end]]);
  }

  /** The code says the values, as far as the parameters can take them, and runs. @param {[string, number][]} values */
  #move(values) {
    /** @type {Map<string, string>} */
    const sources = new Map();
    for (const [name, value] of values) {
      const found = this.#find(name);
      if (!found) continue;
      const snapped = snap(value, found.parameter);
      if (snapped === found.value) continue;
      const source = write(sources.get(found.cell) ?? found.source, found.parameter, String(snapped));
      if (source !== undefined) sources.set(found.cell, source);
    }
    for (const [id, source] of sources) this.#kernel.pull(this.#page(), id, source);
  }

  /** A number that the page's code has as a parameter. @param {string} name @returns {Found | undefined} */
  #find(name) {
    for (const { id, source, parameters } of this.#kernel.page(this.#page()).cells.values()) {
      const parameter = parameters.find((parameter) => parameter.name === name && NUMBERS.includes(parameter.type));
      const value = parameter && literals(source).get(name)?.value;
      if (parameter && typeof value === "number") return { cell: id, source, parameter, value };
    }
    return undefined;
  }

  /** Where a pointer is, in units of the drawing. @param {PointerEvent} event */
  #place({ clientX, clientY }) {
    const svg = /** @type {SVGSVGElement} */ (this.#node.querySelector("svg"));
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM()?.inverse());
    return { x, y };
  }
}

/** @param {EventTarget | null} target @returns {SVGGElement | null} */
const handleOf = (target) => /** @type {Element} */ (target).closest('[data-drag][role="slider"]');

const MOVE = /^(\S+) (\S+) (\S+) (\S+)$/;

/** @param {Element} handle @returns {Move[]} none, if what it says is not in the notation */
function movesOf(handle) {
  const moves = (handle.getAttribute("data-drag") ?? "").split("; ").map((text) => {
    const [, name, ...numbers] = MOVE.exec(text) ?? [];
    const [drawn, perX, perY] = numbers.map(Number);
    return { name, drawn, perX, perY };
  });
  return moves.every(({ drawn, perX, perY }) => [drawn, perX, perY].every(Number.isFinite)) ? moves : [];
}

/**
 * How far a handle is from where it was drawn, in units: the shortest way on which its first two parameters become what
 * they are now.
 * @param {Move[]} moves @param {number[]} values
 */
function offset([first, second], values) {
  const a = values[0] - first.drawn;
  const lengths = first.perX ** 2 + first.perY ** 2;
  const area = second ? first.perX * second.perY - first.perY * second.perX : 0;
  if (second && area !== 0) {
    const b = values[1] - second.drawn;
    return [(a * second.perY - b * first.perY) / area, (b * first.perX - a * second.perX) / area].map(tidy);
  }
  return lengths === 0 ? [0, 0] : [(a * first.perX) / lengths, (a * first.perY) / lengths].map(tidy);
}

/** What is nothing to the eye is nothing. @param {number} units */
const tidy = (units) => (Math.abs(units) < 0.01 ? 0 : Number(units.toFixed(2)));
