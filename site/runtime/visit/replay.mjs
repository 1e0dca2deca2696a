/**
 * Does again, in its order, what the reader did before anybody heard it: with the same events at the same places, so
 * that it takes the same ways as everything later. See `early.mjs`, which kept it.
 */

import { OWNERS } from "../page/at-first.mjs";
import { splice } from "../cell/code.mjs";

/** @import { Act, Early, Owner } from "./early.mjs" */

const { early } = /** @type {{early: Early}} */ (/** @type {any} */ (globalThis));

/** Whether something that was done waits for an owner to hear it. @param {Owner} owner */
export const isAwaited = (owner) => early.acts.some((act) => act.owner === owner);

/** What those can hear now who could not, and where the focus is. Call it when they have all that hearing needs. */
export function replay() {
  for (const act of [...early.acts]) {
    if (act.owner.isConnected && !act.owner.hears) continue;
    early.acts.splice(early.acts.indexOf(act), 1);
    if (act.owner.isConnected) again(act); // or else the reader has gone to another page
  }
}

/** The newest link that came before the script; nobody is given it twice. */
export function earlyLink() {
  const { link } = early;
  early.link = undefined;
  return link;
}

/** The cells and exercises of the first page hear. */
export function replayAll() {
  early.done();
  replay();
  const { activeElement } = document;
  if (!(/** @type {Owner | null | undefined} */ (activeElement?.closest(OWNERS))?.hears)) return;
  if (early.composed) activeElement?.dispatchEvent(early.composed);
  activeElement?.dispatchEvent(new FocusEvent("focus"));
  activeElement?.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
}

/** @param {Act} act */
function again({ event, owner, target, value }) {
  const action = target.getAttribute("data-action");
  const node = /** @type {HTMLElement | null} */ (
    target.isConnected ? target : owner.querySelector(`[data-action="${action}"]`)
  ); // a lab has made its own
  if (node === null) return;
  if (value !== undefined) put(node, value);
  // as a press does
  if (node !== target && document.activeElement === document.body) node.focus({ preventScroll: true });
  node.dispatchEvent(event);
}

/**
 * What is so already is not touched: what is half typed or composed, and the caret, stay.
 * @param {HTMLElement} node @param {string | boolean} value
 */
function put(node, value) {
  const text = node.textContent ?? "";
  if (typeof value === "boolean") Object.assign(node, { checked: value });
  else if ("value" in node) node.value !== value && Object.assign(node, { value });
  else if (text !== value) splice(node, text, value);
}
