/** Links with edits: what goes in comes out, and what is damaged, strange or too large is refused in words. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { limits } from "../../../site/runtime/config.mjs";
import { isLink } from "../../../site/runtime/state/fragment.mjs";
import { decode, encode } from "../../../site/runtime/state/link.mjs";

const KNOWN = ["softmax", "rounding"];

/** @param {string | Uint8Array<ArrayBuffer>} content */
async function fragmentOf(content) {
  const stream = new Blob([content]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = Buffer.from(await new Response(stream).arrayBuffer());
  return `#v1.${bytes.toString("base64url")}`;
}

test("edits come back as they were, whatever is in them", async () => {
  const edits = { softmax: 'print("Dackel 🐕")\n\t# é\0', rounding: "" };
  const fragment = await encode(edits);
  assert.match(fragment, /^#v1\.[\w-]+$/);
  assert.ok(isLink(fragment));
  assert.deepEqual(await decode(fragment, KNOWN), edits);
});

test("a place in the page is no link to an edit", () => assert.ok(!isLink("#softmax") && !isLink("#v1")));

/** @type {[string, () => Promise<string> | string, RegExp][]} */
const REFUSED = [
  ["of another version", () => "#v2.abc", /another version/],
  ["that is no base64", () => "#v1.%%%", /damaged/],
  ["that does not inflate", () => "#v1.AAAA", /damaged/],
  ["that is cut", async () => (await encode({ softmax: "print(1)" })).slice(0, -4), /damaged/],
  ["whose text is not UTF-8", () => fragmentOf(Uint8Array.of(0x22, 0xff, 0x22)), /damaged/],
  ["that holds a list", () => fragmentOf("[1]"), /damaged/],
  ["that holds no texts", () => fragmentOf('{"softmax": 1}'), /damaged/],
  ["for a cell that is not there", () => encode({ hamster: "print(1)" }), /no cell “hamster”/],
  ["that is too long", () => `#v1.${"A".repeat(limits.fragment)}`, /longer than/],
  ["that swells", () => fragmentOf(JSON.stringify({ softmax: " ".repeat(9 * limits.sources) })), /too large/],
];
for (const [what, make, words] of REFUSED) {
  test(`a link ${what} is refused in words`, async () => assert.rejects(decode(await make(), KNOWN), words));
}
