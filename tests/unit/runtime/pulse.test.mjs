/** What runs along the edges of the mirror: only what a step adds, and all of it when the same step is run again. */

import assert from "node:assert/strict";
import test from "node:test";
import { toRun } from "../../../site/runtime/figure/pulse.mjs";

const at = (/** @type {number} */ step, /** @type {number[]} */ ...ways) => ({ step: String(step), ways });

for (const [name, before, now, runs] of /** @type {const} */ ([
  ["a step runs what it adds", at(3, 1), at(4, 1, 2), [2]],
  ["a step that adds nothing runs nothing", at(2, 1), at(3, 1), []],
  ["slopes run back through the same edges again", at(8, 1, 2, 3, -3, -2), at(9, 1, 2, 3, -3, -2, -2), [-2]],
  ["a jump runs each layer once", at(6, 1, 2, 3), at(10, 1, 2, 3, -3, -2, -2), [-3, -2]],
  ["a run of the same step runs all of it", at(8, 1, 2, 3, -3, -2), at(8, 1, 2, 3, -3, -2), [1, 2, 3, -3, -2]],
  ["a step back runs nothing", at(8, 1, 2, 3, -3, -2), at(2, 1), []],
])) {
  test(name, () => assert.deepEqual(toRun(before, now), runs));
}
