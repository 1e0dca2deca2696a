/** The time limit, with a clock that the test moves. */

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { limits } from "../../../site/runtime/config.mjs";
import { Watch } from "../../../site/runtime/python/watch.mjs";

/** @param {string} [kept] */
function watched(kept) {
  /** @type {Record<string, string | undefined>} */
  const settings = { seconds: kept };
  const store = {
    setting: (/** @type {string} */ name) => settings[name] ?? null,
    keepSetting: (/** @type {string} */ name, /** @type {string} */ value) => void (settings[name] = value),
  };
  const timeUp = mock.fn();
  return { watch: new Watch(/** @type {any} */ (store), timeUp), timeUp, settings };
}

/** @param {import("node:test").TestContext} context */
function clock(context) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let now = 0;
  context.mock.method(performance, "now", () => now);
  const pass = (/** @type {number} */ milliseconds, step = 100) => {
    for (let passed = 0; passed < milliseconds; passed += step) {
      now += step;
      context.mock.timers.tick(step);
    }
  };
  const sleep = (/** @type {number} */ milliseconds) => void (now += milliseconds);
  return { pass, sleep };
}

test("it runs out once, when Python has said nothing for so long", (context) => {
  const { pass } = clock(context);
  const { watch, timeUp } = watched("3");
  watch.begin();
  pass(2900);
  assert.equal(timeUp.mock.callCount(), 0);
  pass(5000);
  assert.equal(timeUp.mock.callCount(), 1);
});

test("each word of Python's begins it anew, and its end ends it", (context) => {
  const { pass } = clock(context);
  const { watch, timeUp } = watched("2");
  for (let i = 0; i < 5; i++) {
    watch.begin();
    pass(1500);
  }
  watch.end();
  pass(9000);
  assert.equal(timeUp.mock.callCount(), 0);
});

test("a computer that slept has not used it up", (context) => {
  const { pass, sleep } = clock(context);
  const { watch, timeUp } = watched("5");
  watch.begin();
  pass(1000);
  sleep(3_600_000);
  pass(2000);
  assert.equal(timeUp.mock.callCount(), 0);
  pass(3000);
  assert.equal(timeUp.mock.callCount(), 1);
});

/** @type {[number, number][]} */
const SET = [
  [12.4, 12],
  [0, limits.seconds],
  [-5, 1],
  [99_999, limits.most],
  [NaN, limits.seconds],
];
for (const [asked, got] of SET) {
  test(`a limit of ${asked} s is ${got} s, and is kept`, () => {
    const { watch, settings } = watched();
    watch.seconds = asked;
    assert.equal(watch.seconds, got);
    assert.equal(settings.seconds, String(got));
  });
}

for (const kept of ["no number", "0", "99999999"]) {
  test(`what was kept counts only if it is a limit: ${kept}`, () =>
    assert.equal(watched(kept).watch.seconds, limits.seconds));
}
