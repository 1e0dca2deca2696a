/** What may pass between page and worker. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { asReport, asRequest } from "../../../site/runtime/protocol.mjs";

test("a message of the right shape passes as it is", () => {
  const run = { type: "run", ticket: 1, page: "softmax", sources: {}, targets: [], agreed: [], foreign: [] };
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
  [{ type: "finished", ticket: "1" }, /'finished': ticket must be a number/],
  [{ type: "plan", ticket: 1, ids: {} }, /'plan': ids must be a list/],
  [{ type: "values", ticket: 1, values: [] }, /'values': values must be a table/],
];
for (const [message, words] of REFUSED) {
  test(`${JSON.stringify(message)} is refused in words`, () => assert.throws(() => asReport(message), words));
}
