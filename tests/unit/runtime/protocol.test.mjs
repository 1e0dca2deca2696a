/** What may pass between page and worker. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { asReport } from "../../../site/runtime/python/protocol.mjs";
import { asRequest } from "../../../site/runtime/python/worker/requests.mjs";

test("a message of the right shape passes as it is", () => {
  const run = {
    ...{ type: "run", ticket: 1, page: "softmax", sources: {}, targets: [], agreed: [], foreign: [], left: {} },
    sight: null,
  };
  assert.equal(asRequest(run), run);
  const finished = { type: "finished", ticket: 1 };
  assert.equal(asReport(finished), finished);
});

/** @type {[unknown, RegExp][]} */
const REFUSED = [
  [undefined, /unknown message/],
  [null, /unknown message/],
  ["run", /unknown message/],
  [[], /unknown message/],
  [{ type: "__proto__" }, /unknown message/],
  [{ type: "toString" }, /unknown message/],
  [{ type: "call" }, /unknown message .* known: loading/],
  [{ type: "finished", ticket: "1" }, /finished\.ticket should be a finite number, got the text "1"/],
  [{ type: "plan", ticket: 1, ids: {} }, /plan\.ids should be a list/],
  [{ type: "values", ticket: 1, values: [] }, /values\.values should be a dictionary, got a list of 0/],
  [{ type: "plan", ticket: 1, ids: [{}] }, /plan\.ids\[0\] should be a text/],
  [{ type: "plan", ticket: NaN, ids: [] }, /plan\.ticket should be a finite number, got NaN/],
  [{ type: "values", ticket: 1, values: { a: { text: {} } } }, /an entry of values\.values should be a text/],
  [{ type: "called", ticket: 1, error: { name: 1 } }, /called\.error\.name should be a text/],
  [{ type: "called", ticket: 1, cell: {} }, /called\.cell should be a text/],
  [{ type: "called", ticket: 1, value: nested(40) }, /called\.value should be a plain value/],
  [
    { type: "called", ticket: 1, value: Array.from({ length: 1_000_001 }, () => 0) },
    /called\.value should be a plain value/,
  ],
];
for (const [message, words] of REFUSED) {
  test(`${JSON.stringify(message)?.slice(0, 90)} is refused in words`, () =>
    assert.throws(() => asReport(message), words));
}

const RESULT = {
  type: "result",
  ticket: 1,
  id: "softmax",
  outputs: [],
  milliseconds: 1,
  defines: [],
  reads: [],
  parameters: null,
  broken: [],
};
const STREAM = { type: "stream", name: "stdout", text: "1" };
const ERROR = { type: "error", name: "E", message: "m", line: 1, traceback: "", hint: "" };

test("a result with outputs of all kinds passes as it is", () => {
  const shown = { type: "display", data: { "text/plain": "a", "application/vnd.vegalite.v6+json": { mark: "bar" } } };
  const slider = { name: "a", type: "slider", value: 1, min: 0, max: null, step: 0.1, options: null };
  const whole = {
    ...RESULT,
    outputs: [STREAM, shown, ERROR, { ...ERROR, line: null }],
    parameters: [slider],
    broken: [{ line: 1, message: "m" }],
  };
  assert.equal(asReport(whole), whole);
});

/** @type {[string, Record<string, unknown>][]} */
const FORGED = [
  ["an output that is none", { outputs: [null] }],
  ["a stream without text", { outputs: [{ ...STREAM, text: { a: 1 } }] }],
  ["a stream of another name", { outputs: [{ ...STREAM, name: 'x" onload="y' }] }],
  ["text without end", { outputs: [{ ...STREAM, text: "x".repeat(300_000) }] }],
  ["nothing to show", { outputs: [{ type: "display", data: null }] }],
  ["markup that is a list", { outputs: [{ type: "display", data: { "text/html": ["<b>"] } }] }],
  ["markup without end", { outputs: [{ type: "display", data: { "text/html": "x".repeat(2_300_000) } }] }],
  ["an error on no line", { outputs: [{ ...ERROR, line: "1; position: fixed" }] }],
  ["an error without a message", { outputs: [{ ...ERROR, message: {} }] }],
  ["outputs without end", { outputs: Array.from({ length: 10_001 }, () => STREAM) }],
  ["a parameter that is none", { parameters: [{ name: "a", type: "slider", value: {} }] }],
  ["a slider without end", { parameters: [{ name: "a", type: "slider", value: 1, max: Infinity }] }],
  ["a slider from nowhere", { parameters: [{ name: "a", type: "slider", value: 1, min: "0" }] }],
  ["a slider of no steps", { parameters: [{ name: "a", type: "slider", value: 1, step: NaN }] }],
  ["a comment on no line", { broken: [{ line: "a", message: "m" }] }],
  ["a name that is none", { defines: [1] }],
  ["a time that is none", { milliseconds: NaN }],
];
for (const [what, fields] of FORGED) {
  test(`a result with ${what} is refused`, () =>
    assert.throws(() => asReport({ ...RESULT, ...fields }), /: (an entry of )?result\.\w+.* should be /));
}

/** @param {number} depth @returns {unknown} */
function nested(depth) {
  return depth === 0 ? 1 : [nested(depth - 1)];
}
