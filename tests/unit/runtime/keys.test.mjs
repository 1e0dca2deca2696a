/** Keys lead along a row, and stay in it. */

import assert from "node:assert/strict";
import test from "node:test";
import { ledTo } from "../../../site/runtime/page/keys.mjs";

const ROW = ["a", "b", "c"];

for (const [key, from, to] of [
  ["ArrowRight", "a", "b"],
  ["ArrowDown", "b", "c"],
  ["ArrowRight", "c", "c"],
  ["ArrowLeft", "b", "a"],
  ["ArrowUp", "a", "a"],
  ["Home", "c", "a"],
  ["End", "a", "c"],
  ["Enter", "a", undefined],
])
  test(`${key} leads from ${from} to ${to ?? "nowhere"}`, () => {
    assert.equal(ledTo(/** @type {string} */ (key), ROW, from), to);
  });
