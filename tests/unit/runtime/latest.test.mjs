/** What is outdated when it is done gives way, and of what waits the last is done. */

import assert from "node:assert/strict";
import test from "node:test";
import { Latest, oneAtATime } from "../../../site/runtime/page/latest.mjs";

test("what began before something newer is not the latest any more", () => {
  const latest = new Latest();
  const isFirst = latest.begin();
  assert.ok(isFirst());
  const isSecond = latest.begin();
  assert.deepEqual([isFirst(), isSecond()], [false, true]);
});

/** Work whose end the test tells. */
function held() {
  /** @type {{value: string, isLast: () => boolean, end: () => void, fail: (reason: Error) => void}[]} */
  const begun = [];
  const work = (/** @type {string} */ value, /** @type {() => boolean} */ isLast) =>
    new Promise((resolve, reject) => begun.push({ value, isLast, end: () => resolve(undefined), fail: reject }));
  return { begun, ask: oneAtATime(/** @type {any} */ (work)) };
}

test("of what comes while one is at work the last is done, after it", async () => {
  const { begun, ask } = held();
  const done = ask("a");
  for (const value of ["b", "c", "d"]) void ask(value);
  assert.deepEqual(
    begun.map(({ value }) => value),
    ["a"],
  );
  assert.equal(begun[0].isLast(), false);
  begun[0].end();
  await new Promise(setImmediate);
  assert.deepEqual(
    begun.map(({ value }) => value),
    ["a", "d"],
  );
  assert.equal(begun[1].isLast(), true);
  begun[1].end();
  await done;
});

test("work that fails is told to who asked, and does not hold up the next", async () => {
  const { begun, ask } = held();
  const failed = ask("a");
  begun[0].fail(new Error("broken"));
  await assert.rejects(failed, /broken/);
  void ask("b");
  assert.equal(begun[1].value, "b");
});
