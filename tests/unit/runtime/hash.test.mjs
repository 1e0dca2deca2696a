/** SHA-256 in digits, against the standard's own examples (FIPS 180-4). */

import assert from "node:assert/strict";
import test from "node:test";
import { sha256 } from "../../../site/runtime/python/hash.mjs";

for (const [text, digits] of [
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
])
  test(`of “${text}”`, async () => assert.equal(await sha256(new TextEncoder().encode(text)), digits));
