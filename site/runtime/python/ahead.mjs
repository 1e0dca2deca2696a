/**
 * What Python needs first, begun by the script that stands in a page's head, while the next ones are still to come: a
 * place to run in, which takes a browser a tenth of a second to open, the two files that the others follow from, and
 * the first large one.
 */

import { isHeld, mayStandReady } from "./connection.mjs";
import { ask } from "./fetching.mjs";
import { openSandbox } from "./frame.mjs";

/** @import { Request } from "./fetching.mjs" */
/** @import { Sandbox } from "./frame.mjs" */

/** No request where one was on its way and has been taken. @typedef {Map<string, Request | undefined>} Requests */
/** @typedef {{sandbox?: Sandbox, files: Requests}} Ahead */

/** What every quick way fetches, and takes longest. */
const LARGE = "start/pyodide.zst";

/** Kept when the page has what it is shown with. @returns {Promise<unknown>} */
export function styled() {
  const link = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=stylesheet]"));
  if (link?.sheet) return Promise.resolve();
  return new Promise((resolve) =>
    ["load", "error"].forEach((kind) => link?.addEventListener(kind, resolve, { once: true })),
  );
}

/** Nothing is asked for that `launch.mjs` would not ask for at once. @returns {Ahead | undefined} */
export function beginAhead() {
  const next = /** @type {HTMLScriptElement | null} */ (document.querySelector("script[type=module][async]"));
  if (!next || !mayStandReady() || isHeld() || document.visibilityState !== "visible") return undefined;
  const vendor = new URL("../vendor/", next.src).href;
  const list = ask(`${vendor}manifest.json`, { cache: "no-cache" });
  /** @type {Requests} */
  const files = new Map([
    ["manifest.json", list],
    ["worker.mjs", ask(`${vendor}worker.mjs`)],
  ]);
  // While the page is laid out for the first time no module begins: the link would have nothing to bring.
  const large = () => files.has(LARGE) || files.set(LARGE, ask(vendor + LARGE));
  if (mayBeQuick()) list.response.then(styled).then(large, () => {});
  return { sandbox: openSandbox(), files };
}

/** Whether this is a first visit, which will try a quick way: on later ones files are kept, and the way is known. */
const mayBeQuick = () => !navigator.serviceWorker?.controller && document.documentElement.dataset.start !== "plain";

/** @returns {Ahead | undefined} */
const ahead = () => /** @type {any} */ (globalThis).early?.python;

/** The sandbox that is on its way, once. */
export function takeSandbox() {
  const { sandbox } = ahead() ?? {};
  if (sandbox) delete ahead()?.sandbox;
  return sandbox;
}

/** A request that is on its way, once; it is not made any more. @param {string} name  of a file of site/vendor */
export function takeRequest(name) {
  const request = ahead()?.files.get(name);
  ahead()?.files.set(name, undefined);
  return request;
}
