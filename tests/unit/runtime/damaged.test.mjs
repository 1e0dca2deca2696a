/**
 * Thousands of records of edits and of links, damaged at random: none throws, and what is refused is refused in
 * words.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, encode } from "../../../site/runtime/state/link.mjs";
import { guesses, isPredicted } from "../../../site/runtime/state/guesses.mjs";
import { read, versionOf } from "../../../site/runtime/state/storage.mjs";
import { dice } from "./chance.mjs";

const MANY = 3_000; // of links, ten thousand more in tests/browser/test_security.py
const PIECES = ["null", "{", "}", "[]", '"', "\\", "1e999", "__proto__", "\0", "é", "\u2028", "🐕"];

/** Changes, drops, doubles or inserts some characters. @param {string} text @param {(most: number) => number} roll */
function damaged(text, roll) {
  const letters = [...text];
  for (let left = 1 + roll(6); left > 0; left--) {
    const at = roll(letters.length + 1);
    const way = roll(4);
    if (way === 0) letters.splice(at, 1, String.fromCharCode(32 + roll(95)));
    else if (way === 1) letters.splice(at, 1 + roll(8));
    else if (way === 2) letters.splice(at, 0, ...letters.slice(Math.max(at - 8, 0), at));
    else letters.splice(at, 0, PIECES[roll(PIECES.length)]);
  }
  return letters.join("");
}

test("a damaged record is none, or one of texts alone", () => {
  const roll = dice(1);
  const good = JSON.stringify({ source: "x = 1\n", built: "0123456789abcdef", offers: [{ why: "own", source: "y" }] });
  const known = ["", "null", "[]", "{}", "0", '"x"', '{"source":null}', '{"__proto__":{"offers":[]}}', "{", "\0"];
  let left = 0;
  for (const record of [...known, ...Array.from({ length: MANY }, () => damaged(good, roll))]) {
    const kept = read(record);
    assert.match(versionOf(record), /^[0-9a-f]{16}$/);
    if (kept === undefined) continue;
    left++;
    assert.ok(kept.source === null || typeof kept.source === "string", record);
    assert.equal(typeof kept.built, "string", record);
    for (const { why, source } of kept.offers)
      assert.ok(/^(page|own|tab|visit)$/.test(why) && typeof source === "string", record);
  }
  assert.ok(left > MANY / 20 && left < MANY / 2, `${left} were good: too few of one kind to tell`);
});

test("what was predicted elsewhere is boxes, numbers or a curve, and is added to one's own", () => {
  const [one, other] = ["guess-0123abcd", "guess-89abcdef"];
  for (const said of ["0 2", "-0.25", "1e3", "0 0.5 1"])
    assert.ok(isPredicted({ said: { [one]: said }, right: { [one]: true } }), said);
  for (const wrong of [
    ...[null, [], "0", {}, { said: {} }, { said: [], right: {} }, { said: { [one]: 0 }, right: {} }],
    ...[
      { said: { [one]: "<b>" }, right: {} },
      { said: { [one]: "0".repeat(3000) }, right: {} },
    ],
    ...[
      { said: { mine: "0" }, right: {} },
      { said: { [one]: "0" }, right: { [one]: 1 } },
    ],
    ...[{ said: { [one]: "0" }, right: { [other]: true } }, JSON.parse('{"said": {"__proto__": {}}, "right": {}}')],
  ])
    assert.ok(!isPredicted(wrong), JSON.stringify(wrong));
  guesses.make("a.md", one, "1", false);
  const added = guesses.take("a.md", { said: { [one]: "0", [other]: "2" }, right: { [one]: true, [other]: true } });
  assert.equal(added, 1);
  assert.deepEqual(guesses.of("a.md"), { said: { [one]: "1", [other]: "2" }, right: { [one]: false, [other]: true } });
});

const REASON =
  /^(it is damaged|the code in it is too large|this page has no cell|it was made by another version|it is longer)/;

test("a damaged link gives edits of the page's cells, or a reason in words", async () => {
  const roll = dice(2);
  const edits = { softmax: "duck = 2.0\nprint(duck, 'é 🐕')", rounding: "x = 1" };
  const whole = await encode(edits);
  const known = Object.keys(edits);
  /** @param {string} text */
  const packed = async (text) => {
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    return `#v1.${Buffer.from(await new Response(stream).arrayBuffer()).toString("base64url")}`;
  };
  const count = { edits: 0, refused: 0 };
  for (let i = 0; i < MANY; i++) {
    const isInside = i % 2 === 0; // the JSON in the link is damaged, not the link
    const fragment = isInside
      ? await packed(damaged(JSON.stringify(edits), roll))
      : `#v1.${damaged(whole.slice(4), roll)}`;
    try {
      for (const [id, source] of Object.entries(await decode(fragment, known))) {
        assert.ok(known.includes(id) && typeof source === "string", fragment);
      }
      count.edits++;
    } catch (error) {
      if (!(error instanceof Error) || error.constructor !== Error) throw error;
      assert.match(error.message, REASON, fragment);
      count.refused++;
    }
  }
  assert.ok(count.edits > MANY / 50 && count.refused > MANY / 2, JSON.stringify(count));
});
