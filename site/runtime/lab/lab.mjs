/**
 * `<py-lab id="…" cell="…">`: a lab of the page. What it does is in a module of its own, fetched when a page has one:
 * here is what all labs need of the rest of the runtime, which such a module must not import (it would get a second
 * one).
 */

import { announcer } from "../page/announcer.mjs";
import { buttonOf } from "../page/attributes.mjs";
import { makeButton } from "../page/button.mjs";
import { make } from "../page/make.mjs";
import { followLab } from "../visit/arrival.mjs";
import { PREFIX, urls } from "../config.mjs";
import { media } from "../python/protocol.mjs";
import { copyLink } from "../state/link.mjs";
import { isAwaited, replay } from "../visit/replay.mjs";
import { CellFault, Session } from "./session.mjs";
import { GivenElement } from "../cell/given.mjs";
import { fetchWords, say } from "../words/say.mjs";

/** @import { Kernel } from "../state/kernel.mjs" */

/**
 * @typedef {object} Lab  what a lab's module makes: `export const begin = (host) => new …`, or a promise of it
 * @property {() => void} close  the lab leaves the page
 */

/** What a lab is given. */
export class Host {
  #stay = new AbortController();
  /** Ends when the lab leaves the page: for every listener outside of it. */
  signal = this.#stay.signal;

  /** @param {HTMLElement} element @param {Kernel} kernel */
  constructor(element, kernel) {
    this.element = element;
    this.kernel = kernel;
    this.CellFault = CellFault;
    /** The page as cells name it. */
    this.page =
      element.closest("[page]")?.getAttribute("page") ??
      document.querySelector("py-cell[page]")?.getAttribute("page") ??
      "";
    this.session = new Session(kernel, this.page, element.id, element.getAttribute("cell") ?? "");
  }

  /** In place of what was built. @param {string} label @param {Node[]} parts */
  show(label, ...parts) {
    this.element.replaceChildren(...parts);
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", label);
  }

  /** What all that a lab keeps in this browser is named by: "…album". */
  prefix = PREFIX;

  /** Tells who hears the page, once. @param {string} text @param {string} [kind]  see `announcer.say` */
  announce = (text, kind) => announcer.say(text, kind);

  /** What the cell that the attribute `opening` names shows, as it was built: fields, and what the lab begins with. */
  get opening() {
    const id = this.element.getAttribute("opening") ?? "";
    for (const output of this.kernel.page(this.page).cells.get(id)?.built.outputs ?? [])
      if ("data" in output && media.lab in output.data) return output.data[media.lab];
    throw new Error(say("the cell “{id}” does not show what the lab begins with", { id }));
  }

  /** What the lab adds to links of this page; "" is nothing. @param {string} state */
  share(state) {
    this.kernel.share(this.page, this.element.id, state);
  }

  /** Hears what a link brings: what `share` was given when it was made. @param {(state: string) => void} take */
  onLink(take) {
    followLab(this.page, this.element.id, take, this.signal);
  }

  /** Puts a link to the page as it is now on the clipboard. @returns what came of it, in words */
  copyLink() {
    return copyLink(this.element.id, this.kernel.shared(this.page));
  }

  close() {
    this.session.save();
    this.#stay.abort();
  }
}

export class PyLab extends GivenElement {
  /** What is done to it needs no keeping any more: see `early.mjs`. */
  hears = false;
  /** @type {Host | undefined} */
  #host;
  /** @type {Lab | undefined} */
  #lab;

  connectedCallback() {
    if (this.#host) return; // it was moved
    const host = (this.#host = new Host(this, this.kernel));
    addEventListener("pagehide", () => host.session.save(), { signal: host.signal });
    if (!isAwaited(this)) this.setAttribute("state", "idle");
    void this.#begin(host);
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#lab?.close();
      this.#host?.close();
      this.#lab = this.#host = undefined;
    });
  }

  /** The built buttons stand there meanwhile; a press is kept. @param {Host} host @param {string} [query] */
  async #begin(host, query = "") {
    try {
      await fetchWords(urls.words("labs")); // a lab says some of them as soon as it is there
      const { begin } = await import(`${urls.labs[this.id]}${query}`);
      if (this.#host !== host) return;
      const { action } = this.contains(document.activeElement)
        ? /** @type {HTMLElement} */ (document.activeElement).dataset
        : {};
      const lab = /** @type {Lab} */ (await begin(host));
      if (this.#host !== host) return lab.close();
      this.#lab = lab;
      if (action && document.activeElement === document.body) buttonOf(this, action)?.focus({ preventScroll: true });
      this.hears = true;
      replay();
    } catch (error) {
      this.#fail(host, /** @type {Error} */ (error));
    }
  }

  /** @param {Host} host @param {Error} error */
  #fail(host, error) {
    this.setAttribute("state", "failed");
    const notice = make("p", { className: "link-notice" });
    const again = makeButton(say("Try again"), "again", () => {
      notice.remove();
      this.setAttribute("state", isAwaited(this) ? "loading" : "idle");
      void this.#begin(host, `?${Date.now()}`); // under another address: the browser asks for none twice
    });
    this.append(notice);
    const words = say("This lab could not be loaded: {why}. What you pressed is kept.", { why: error.message });
    notice.append(`${words} `, again);
    announcer.say(words);
    console.error(error);
  }
}
