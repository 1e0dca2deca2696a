/** Every number and address of the runtime. */

/** The site's root, from where this script lies, or the bundle that it is in: any sub-path works. */
export const root = import.meta.url.match(/^.*\/(?=(?:runtime|vendor)\/)/)?.[0] ?? "";

/** @param {string} path  below the site's root */
const address = (path) => root + path;

/** What mkdocs.yml says of the site; each page brings it. @type {{name?: string, labs?: Record<string, string>}} */
const said = JSON.parse(globalThis.document?.documentElement.dataset.site ?? "{}");

/** Of the site, to whom it is embedded in. */
export const name = said.name ?? "cells";

/** What keys in localStorage begin with: other sites may live at the same origin. The number is the schema's. */
export const PREFIX = `${name}/1${root.replace(/^[\w-]+:\/\/[^/]*/, "")}`;

export const urls = Object.freeze({
  vendor: address("vendor/"),
  editor: address("vendor/editor.mjs"),
  completions: address("vendor/completions.json"),
  vega: address("vendor/vega.mjs"),
  animals: address("vendor/animals.svg"),
  purify: address("vendor/purify.mjs"),
  katex: address("vendor/katex/katex.mjs"),
  sharing: address("vendor/sharing.mjs"),
  lesson: address("vendor/lesson.mjs"),
  work: address("vendor/work.mjs"),
  serviceWorker: address("service-worker.js"),
  /** What is said in the page's language by Python, and by labs. @param {"python" | "labs"} whose */
  words: (whose) => address(`runtime/words/${globalThis.document?.documentElement.lang}-${whose}.js`),
  /** What labs do, by the lab's id. */
  labs: Object.freeze(Object.fromEntries(Object.entries(said.labs ?? {}).map(([id, path]) => [id, address(path)]))),
});

export const limits = Object.freeze({
  /** Milliseconds that a run may go on after a newer one has come, so that dependants follow a drag. */
  patience: 120,
  /** Milliseconds without a change after which a drag counts as over and is announced. */
  settle: 700,
  /** Milliseconds between two steps of a drag at most, and for which what is out of sight waits for the next. */
  drag: 150,
  unseen: 250,
  /** Milliseconds after a step of a slider in which cells out of sight do not run: the next one goes first. */
  pause: 150,
  /** Milliseconds that a result in sight may wait for another that is to come, so that both are drawn at once. */
  together: 20,
  /** Milliseconds until what reads from an edit is marked, and what is out of sight after a step of a slider. */
  stale: 50,
  /** Milliseconds of work before Stop shows. */
  flash: 200,
  /** Seconds that a run may take, and the most that a reader may allow. */
  seconds: 30,
  most: 3600,
  /** Milliseconds of a step in which that is counted, and above which one was spent asleep. */
  step: 1000,
  jump: 3000,
  /** Milliseconds that Python may take to start once its files are there, before the next slower way is tried. */
  start: 30_000,
  /** Milliseconds after a result before a second Python is made ready. */
  spare: 1500,
  /** Milliseconds until what is typed is kept. */
  keep: 250,
  /** Characters of a link's fragment, and of the sources in it. */
  fragment: 16_000,
  sources: 200_000,
  /** Bytes of a notebook that is brought back. */
  file: 10_000_000,
});
