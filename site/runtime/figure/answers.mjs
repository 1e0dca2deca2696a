/**
 * Numbers in a drawing that say where they come from: `data-why` is the answer, which is shown below the drawing as
 * long as the number is asked. `data-marks-cell` and `data-marks-code` mark the lines of code that compute it.
 */

import { announcer } from "../page/announcer.mjs";
import { ledTo } from "../page/keys.mjs";
import { make } from "../page/make.mjs";
import { counted, say } from "../words/say.mjs";

/** @import { Kernel } from "../state/kernel.mjs" */

export class Answers {
  #node;
  #page;
  #kernel;
  /** The name of the number that is asked. @type {string | undefined} */
  #asked;
  /** The name of the one that Tab leads to. @type {string | undefined} */
  #next;
  /** @type {() => void} */
  #unmark = () => {};

  /** The same by name, for fingers; made when there is one. @type {HTMLSelectElement | undefined} */
  #list;

  /** @param {HTMLElement} node @param {() => string} page @param {AbortSignal} signal @param {Kernel} kernel */
  constructor(node, page, signal, kernel) {
    this.#node = node;
    this.#page = page;
    this.#kernel = kernel;
    node.addEventListener("click", (event) => this.#ask(askable(event.target)), { signal });
    node.addEventListener("keydown", (event) => this.#key(event), { signal });
    node.addEventListener("focusin", (event) => this.#lead(askable(event.target)), { signal });
  }

  /** Gives what can be asked its role, and Tab one of them. @param {Element} root @returns {Element[]} */
  prepare(root) {
    const all = [...root.querySelectorAll("[data-why]")];
    const led = all.find((one) => nameOf(one) === this.#next) ?? all[0];
    for (const one of all) {
      one.setAttribute("role", "button");
      one.setAttribute("tabindex", one === led ? "0" : "-1");
      one.setAttribute("aria-pressed", String(this.#asked !== undefined && nameOf(one) === this.#asked));
    }
    return all;
  }

  /** After a redraw: the answer is what the drawing says now. */
  shown() {
    if (this.#all.length === 0) return;
    if (!this.#list?.isConnected) this.#part.before(this.#makeList());
    this.#answer(); // nobody asked just now: it is not told
  }

  dispose() {
    this.#unmark();
  }

  get #all() {
    return [...this.#node.querySelectorAll("[data-why]")];
  }

  /** @param {Element | null} one  asked twice, it is done with */
  #ask(one) {
    if (one === null) return;
    this.#asked = this.#asked === nameOf(one) ? undefined : nameOf(one);
    this.#lead(one);
    announcer.say(this.#answer());
  }

  /** Its choices are those of the moment when it is opened. */
  #makeList() {
    const label = say("Choose a number to ask where it comes from");
    const list = (this.#list ??= make("select", { data: { part: "ask" }, "aria-label": label }));
    const fill = () => {
      const options = this.#all.map(
        (one) => new Option(one.getAttribute("aria-label") ?? one.textContent ?? "", nameOf(one)),
      );
      list.replaceChildren(new Option(say("Choose a number to ask …"), ""), ...options);
      list.value = this.#asked ?? "";
    };
    fill();
    list.onfocus = list.onpointerdown = fill;
    list.onchange = () => {
      this.#asked = list.value || undefined;
      this.prepare(this.#node);
      announcer.say(this.#answer());
    };
    return list;
  }

  /** @param {Element | null} one */
  #lead(one) {
    if (one === null) return;
    this.#next = nameOf(one);
    this.prepare(this.#node);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && this.#asked !== undefined) {
      this.#asked = undefined;
      this.prepare(this.#node);
      this.#answer();
    }
    const one = askable(event.target);
    if (one === null) return;
    const next = ledTo(event.key, this.#all, one);
    if (event.key === "Enter" || event.key === " ") this.#ask(one);
    else if (next) /** @type {SVGElement} */ (next).focus();
    else return;
    event.preventDefault();
  }

  /** Shows what is asked. @returns it, in words */
  #answer() {
    const one = this.#asked === undefined ? undefined : this.#all.find((one) => nameOf(one) === this.#asked);
    const cell = one?.getAttribute("data-marks-cell") ?? "";
    const { release, lines } = this.#kernel.mark(this.#page(), cell, one?.getAttribute("data-marks-code"));
    this.#unmark();
    this.#unmark = release;
    const part = this.#part;
    const values = { lines: lines.join(", "), title: this.#kernel.page(this.#page()).cells.get(cell)?.title ?? cell };
    const marked = counted(
      lines.length,
      "Marked in the code: line {lines} of “{title}”.",
      "Marked in the code: lines {lines} of “{title}”.",
      values,
    );
    const text = one ? `${one.getAttribute("data-why")}${lines.length > 0 ? ` ${marked}` : ""}` : "";
    if (part.textContent !== text) part.textContent = text;
    if (this.#list && this.#list !== document.activeElement) this.#list.value = this.#asked ?? "";
    return text;
  }

  /** Where the answer stands. A built drawing has it; one that is drawn here gets it. */
  get #part() {
    let part = this.#node.querySelector('[data-part="why"]');
    if (part === null) {
      part = make("p", { data: { part: "why", asks: say("Choose a number to ask where it comes from.") } });
      this.#node.append(part);
    }
    return part;
  }
}

/** @param {EventTarget | null} target */
const askable = (target) => /** @type {Element} */ (target).closest("[data-why]");

/** @param {Element} one */
const nameOf = (one) => one.getAttribute("data-name") ?? one.getAttribute("data-why") ?? "";
