/** A difference of two texts: each can be read off it, and nothing that both have is told as changed. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { difference, ends } from "../../../site/runtime/cell/difference.mjs";
import { dice } from "./chance.mjs";

/** @param {ReturnType<typeof difference>} lines @param {string} without */
const side = (lines, without) =>
  lines
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join("\n");

test("both texts can be read off the difference of five hundred pairs", () => {
  const roll = dice(1);
  const text = () => Array.from({ length: roll(9) }, () => "abc"[roll(3)]).join("\n");
  for (let i = 0; i < 500; i++) {
    const [before, after] = [text(), text()];
    const lines = difference(before, after);
    assert.equal(side(lines, "in"), before);
    assert.equal(side(lines, "out"), after);
  }
});

test("one changed line is one out and one in", () => {
  const kinds = difference("a\nb\nc\nd", "a\nB\nc\nd").map(({ kind }) => kind);
  assert.deepEqual(kinds, ["same", "out", "in", "same", "same"]);
});

test("equal texts have no difference", () =>
  assert.ok(difference("a\nb", "a\nb").every(({ kind }) => kind === "same")));

test("texts too large to compare are told as all out, all in", () => {
  const many = (/** @type {string} */ word) =>
    Array.from({ length: 600 }, (_, i) => `${word} ${i % 2 ? i : "same"}`).join("\n");
  const lines = difference(many("a"), many("b"));
  assert.deepEqual(new Set(lines.map(({ kind }) => kind)), new Set(["out", "in"]));
  assert.equal(lines.length, 1200);
});

test("start and end never overlap", () => {
  assert.deepEqual(ends("aa", "aaa"), { start: 2, end: 0 });
  assert.deepEqual(ends("abc", "axc"), { start: 1, end: 1 });
  assert.deepEqual(ends("", "a"), { start: 0, end: 0 });
});
