/** What a lab has to say that stands until something new begins: errors, ways back, what a link brought. */

import { makeButton } from "../page/button.mjs";
import { make } from "./parts.mjs";
import { say } from "../words/say.mjs";

/** @import { CellFault } from "./session.mjs" */

export class Notice {
  node = make("div", { data: { part: "notice" } });
  #announce;
  #heir;

  /**
   * @param {(text: string) => void} announce  the page's
   * @param {HTMLElement} heir  takes the focus of a button in here that goes
   */
  constructor(announce, heir) {
    this.#announce = announce;
    this.#heir = heir;
  }

  /** In place of what stands here. @param {(string | Node)[]} parts  a text is a paragraph; paragraphs are told, too */
  say(...parts) {
    const hadFocus = this.node.contains(document.activeElement);
    const nodes = parts.map((part) => (typeof part === "string" ? make("p", {}, part) : part));
    this.node.replaceChildren(...nodes);
    this.#announce(
      nodes
        .filter((node) => node instanceof HTMLParagraphElement)
        .map(({ textContent }) => textContent)
        .join(" "),
    );
    if (hadFocus) this.#heir.focus({ preventScroll: true });
  }

  /** There is no Python to be had. @param {string} why @param {() => void} again */
  retry(why, again) {
    this.say(
      say("Python could not be loaded: {why}. Nothing is lost.", { why }),
      makeButton(say("Retry"), "retry", again),
    );
  }

  clear() {
    this.say();
  }
}

/** An error in a cell, with a link. @param {CellFault} fault @param {string} rest  what it means for the lab */
export function faultNotice({ cell: id, title, error, message }, rest) {
  const cell = document.getElementById(id);
  const link = make("a", { href: `#${id}`, textContent: title });
  link.addEventListener("click", (event) => {
    event.preventDefault();
    for (const fold of cell?.querySelectorAll("details") ?? []) fold.open = true;
    cell?.scrollIntoView({ block: "start" });
  });
  const line = error.line === null ? "" : say(", line {line}", { line: error.line });
  const [before, after] = say("{what} in “{cell}”").split("{what}")[1].split("{cell}");
  const what = make("strong", {}, say("The code stopped with an error"));
  return make("p", {}, what, before, link, `${after}${line}: ${message}. ${rest}`);
}
