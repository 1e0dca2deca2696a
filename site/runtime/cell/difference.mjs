/** The lines in which two texts differ, and how they are shown. */

import { make } from "../page/make.mjs";

/** @typedef {{kind: "same" | "out" | "in", text: string}} Line */

/** Pairs of lines that are compared at most; larger differences are shown as all out, all in. */
const PAIRS = 250_000;

/** What two have in common at both ends. @param {ArrayLike<unknown>} before @param {ArrayLike<unknown>} after */
export function ends(before, after) {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { start, end };
}

/**
 * The way from one text to the other, line by line, by the longest common subsequence.
 * @param {string} before @param {string} after @returns {Line[]}
 */
export function difference(before, after) {
  const [a, b] = [before.split("\n"), after.split("\n")];
  const { start, end } = ends(a, b);
  const line = (/** @type {Line["kind"]} */ kind) => (/** @type {string} */ text) => ({ kind, text });
  return [
    ...a.slice(0, start).map(line("same")),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(line("same")),
  ];
}

/** @param {string[]} a @param {string[]} b @returns {Line[]} */
function middle(a, b) {
  /** @type {Line[]} */
  const lines = [];
  let [i, j] = [0, 0];
  if (a.length * b.length <= PAIRS) {
    // common[i][j]: length of the longest common subsequence of a from i and b from j
    const common = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
    for (let i = a.length - 1; i >= 0; i--) {
      for (let j = b.length - 1; j >= 0; j--) {
        common[i][j] = a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    while (i < a.length && j < b.length) {
      if (a[i] === b[j]) {
        lines.push({ kind: "same", text: a[i++] });
        j++;
      } else if (common[i + 1][j] >= common[i][j + 1]) lines.push({ kind: "out", text: a[i++] });
      else lines.push({ kind: "in", text: b[j++] });
    }
  }
  while (i < a.length) lines.push({ kind: "out", text: a[i++] });
  while (j < b.length) lines.push({ kind: "in", text: b[j++] });
  return lines;
}

/** Lines shown around one that differs. */
const CONTEXT = 1;
const MARKS = { same: " ", out: "−", in: "+" };
const TAGS = /** @type {const} */ ({ same: "span", out: "del", in: "ins" });

/**
 * A difference as the reader sees it: lines that go with a −, lines that come with a +.
 * @param {string} before @param {string} after
 */
export function differenceNode(before, after) {
  const lines = difference(before, after);
  const pre = make("pre", { data: { part: "difference" }, tabIndex: 0 }); // a long one scrolls
  let isGap = false;
  lines.forEach(({ kind, text }, at) => {
    const near = lines.slice(Math.max(at - CONTEXT, 0), at + CONTEXT + 1);
    if (near.every((other) => other.kind === "same")) {
      if (!isGap) pre.append("  …\n");
      isGap = true;
      return;
    }
    isGap = false;
    pre.append(make(TAGS[kind], {}, `${MARKS[kind]} ${text}\n`));
  });
  return pre;
}
