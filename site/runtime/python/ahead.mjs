/**
 * What Python needs first, begun by the script that stands in a page's head, while the next ones are still to come: a
 * place to run in, which takes a browser a tenth of a second to open, and the two files that the others follow from.
 */

import { mayStandReady } from "./connection.mjs";
import { ask } from "./fetching.mjs";
import { openSandbox } from "./frame.mjs";

/** @import { Request } from "./fetching.mjs" */
/** @import { Sandbox } from "./frame.mjs" */

/** @typedef {{sandbox?: Sandbox, files: Map<string, Request>}} Ahead */

/** Nothing is asked for that `launch.mjs` would not ask for at once. @returns {Ahead | undefined} */
export function beginAhead() {
  const next = /** @type {HTMLScriptElement | null} */ (document.querySelector("script[type=module][async]"));
  if (!next || !mayStandReady() || document.visibilityState !== "visible") return undefined;
  const vendor = new URL("../vendor/", next.src).href;
  const files = new Map([
    ["manifest.json", ask(`${vendor}manifest.json`, { cache: "no-cache" })],
    ["worker.mjs", ask(`${vendor}worker.mjs`)],
  ]);
  return { sandbox: openSandbox(), files };
}

/** @returns {Ahead | undefined} */
const ahead = () => /** @type {any} */ (globalThis).early?.python;

/** The sandbox that is on its way, once. */
export function takeSandbox() {
  const { sandbox } = ahead() ?? {};
  if (sandbox) delete ahead()?.sandbox;
  return sandbox;
}

/** A request that is on its way, once. @param {string} name  of a file of site/vendor */
export function takeRequest(name) {
  const request = ahead()?.files.get(name);
  ahead()?.files.delete(name);
  return request;
}
