/** What a page with cells begins with: Python is made ready, as far as the reader's link and machine allow. */

import { cameSoon, isHeld, isMetered, mayStandReady } from "./connection.mjs";
import { fetchFile, readManifest } from "./download.mjs";
import { Launcher } from "./launcher.mjs";
import { named, neededFirst, remembered, ways } from "./ways.mjs";

export { filesOfOtherWays, preferredWay } from "./ways.mjs";

/** What a reader does who is there. */
const SIGNS = ["pointermove", "pointerdown", "keydown", "scroll", "touchstart"];
/** What a reader presses who wants Python. */
const BUTTONS = ["run", "check", "train", "step", "epoch"].map((action) => `[data-action="${action}"]`).join();

/** There is one: all Pythons of a visit come from it. */
export const launcher = new Launcher();

/** When the page has nothing else to do. @param {() => void} act */
const whenIdle = (act) =>
  void (typeof requestIdleCallback === "undefined" ? setTimeout(act, 200) : requestIdleCallback(act));

/** When there is somebody to see the page: not in a tab that was opened for later. @param {() => void} act */
function whenSeen(act) {
  if (document.visibilityState === "visible") act();
  else document.addEventListener("visibilitychange", () => whenSeen(act), { once: true });
}

/** When there is somebody who reads. @param {() => void} act */
function whenRead(act) {
  const seen = new AbortController();
  const begin = () => {
    seen.abort();
    act();
  };
  for (const sign of SIGNS) addEventListener(sign, begin, { signal: seen.signal, passive: true });
}

/** @type {() => void} */
let tell;
/** Kept when what is fetched ahead has been begun, or nothing is: who fetches it to keep it waits for that. */
export const begun = new Promise((resolve) => (tell = () => resolve(undefined)));

/**
 * What is made ready, and when. Where the link is not metered all of it is fetched to be kept anyway: so it is at once,
 * behind what is the page's own unless the host is near, and inflated and compiled as it comes. Python itself is begun
 * by a press, which may come before the page's script: it takes a hundred megabytes from who only reads. In a browser
 * where it has been used it is begun at once. In a hand it waits for the first scroll or touch, or it would hold up the
 * first picture. Where memory is small nothing stands ready, but files are fetched when there is somebody who reads.
 */
function makeReady() {
  const press = (/** @type {Event} */ { target }) => {
    if (!(target instanceof Element && target.closest(BUTTONS))) return;
    launcher.hurry();
    launcher.go();
  };
  for (const kind of ["pointerdown", "click"]) addEventListener(kind, press, { capture: true, passive: true });
  // who was quicker than this script
  for (const { event } of /** @type {any} */ (globalThis).early?.acts ?? []) press(event);
  const isKept = remembered() && navigator.serviceWorker?.controller;
  if (isKept || cameSoon(import.meta.url) || document.readyState === "complete") launcher.hurry();
  else addEventListener("load", () => launcher.hurry(), { once: true });
  if (isMetered()) return tell();
  readManifest().catch(() => {}); // told when the reader wants Python
  if (mayStandReady()) return whenSeen(() => (isHeld() && !remembered() ? whenRead(warm) : warm()));
  tell();
  const prepare = async () => {
    for (const name of await named(neededFirst(ways()[0]))) await fetchFile(name); // one by one: a click comes first
  };
  whenRead(() => whenIdle(() => void prepare().catch(() => {})));
}

function warm() {
  if (remembered()) launcher.go();
  else launcher.warm();
  tell();
}

makeReady();
