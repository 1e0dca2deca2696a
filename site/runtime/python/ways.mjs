/** The ways in which Python can start: which files each needs, and which is tried first in this browser. */

import { PREFIX } from "../config.mjs";
import { readManifest } from "./download.mjs";
import { isMetered } from "./connection.mjs";

/** @typedef {"snapshot" | "bytecode" | "plain"} Way */

/** What every way needs, that which is waited for first first: without one of these there is no other way. */
export const SHARED = ["worker.mjs", "pyodide/pyodide.asm.mjs", "pyodide/pyodide.mjs"];
/** What a way needs that is made for a fast start. */
const FAST = ["start/zstd.wasm", "start/pyodide.zst", "start/shared.zst"];

/** What else each way needs, first and later. @type {Record<Way, {first: (string | RegExp)[], rest: string[]}>} */
const NEEDED = {
  snapshot: { first: [...FAST, "start/snapshot.zst"], rest: ["start/rest.zst"] },
  bytecode: { first: [...FAST, "start/stdlib.zst", "start/packages.zst"], rest: ["start/rest.zst"] },
  plain: {
    first: [
      "pyodide/pyodide.asm.wasm",
      "pyodide/python_stdlib.zip",
      "pyodide/pyodide-lock.json",
      /^pyodide\/.*\.whl$/,
      "python.zip",
    ],
    rest: [],
  },
};

/** Ways that did not work in this visit. @type {Set<Way>} */
export const givenUp = new Set();

/** Where it stands which way started in this browser: its files are kept, and it is the one to begin with. */
const OWN = `${PREFIX}way`;
/** The same, where nothing can be stored. @type {Way | undefined} */
let own;

/** @param {Way} way */
export function remember(way) {
  own = way;
  try {
    localStorage.setItem(OWN, way);
  } catch {
    // it is known for this visit
  }
}

/** @returns {string | null | undefined} */
export function remembered() {
  try {
    return own ?? localStorage.getItem(OWN);
  } catch {
    return own;
  }
}

/** The ways to try, in order. `<html data-start="bytecode">` begins with that one. @returns {Way[]} */
export function ways() {
  /** @type {Way[]} */
  const all = ["snapshot", "bytecode", "plain"];
  const at = (/** @type {unknown} */ name) => all.indexOf(/** @type {Way} */ (name));
  const given = [at(document.documentElement.dataset.start), at(remembered())].find((one) => one >= 0);
  const left = all.slice(given ?? (isMetered() ? 1 : 0)).filter((way) => !givenUp.has(way));
  return left.length > 0 ? left : all;
}

/** The way that started here, or that will be tried first. */
export const preferredWay = () => ways()[0];

/** Files that only other ways need. @param {Way} way */
export async function filesOfOtherWays(way) {
  const needed = new Set(await named([...neededFirst(way), ...neededLater(way)]));
  const all = Object.values(NEEDED).flatMap(({ first, rest }) => [...first, ...rest]);
  return (await named([...new Set(all)])).filter((name) => !needed.has(name));
}

/** What a way needs before the first result; names that the list of files must tell are a pattern. @param {Way} way */
export const neededFirst = (way) => [...SHARED, ...NEEDED[way].first];

/** What it needs after that. @param {Way} way */
export const neededLater = (way) => NEEDED[way].rest;

/** Files by their names. @param {(string | RegExp)[]} wanted */
export async function named(wanted) {
  const there = Object.keys((await readManifest()).files);
  return wanted.flatMap((one) => (typeof one === "string" ? one : there.filter((name) => one.test(name))));
}
