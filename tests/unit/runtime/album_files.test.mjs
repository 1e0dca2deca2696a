/**
 * The album's files: pictures and the zip come back as they were; what is damaged by a bit or a byte is never taken
 * for another.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { pack, unpack } from "../../../site/runtime/labs/dog-stream/archive.mjs";
import { readPng, writePng } from "../../../site/runtime/labs/dog-stream/png.mjs";
import { dice } from "./chance.mjs";

const roll = dice(7);
const picture = (size = 20) => Uint8Array.from({ length: size * size }, () => roll(256));

test("a picture comes back as it was", () => {
  for (const size of [1, 7, 20, 64]) {
    const pixels = picture(size);
    assert.deepEqual(readPng(writePng(pixels, size)), { pixels, size });
  }
});

test("a picture cut anywhere, or with any one byte changed, is refused or is the same picture", () => {
  const pixels = picture(8);
  const file = writePng(pixels, 8);
  for (let at = 0; at < file.length; at++) {
    assert.throws(() => readPng(file.slice(0, at)));
    const damaged = file.slice();
    damaged[at] ^= 1 << roll(8);
    assert.throws(() => readPng(damaged), `byte ${at}`);
  }
});

/** @returns {import("../../../site/runtime/labs/dog-stream/archive.mjs").Dog} */
const dog = () => ({
  added: 1e12 + roll(1e6),
  kind: "dog",
  breed: "Dackel",
  isNew: false,
  size: 20,
  pixels: picture(),
  probabilities: [0.1, 0.1, 0.1, 0.7],
  threshold: 0.5,
});

test("an album comes back as it was", async () => {
  const dogs = [dog(), dog(), dog()];
  assert.deepEqual(await unpack(await pack(dogs)), dogs);
});

test("an album with any one byte changed is refused in words, or holds the same pictures", async () => {
  const dogs = [dog(), dog()];
  const file = await pack(dogs);
  const whole = JSON.stringify(dogs.map(({ pixels }) => [...pixels]));
  for (let at = 0; at < file.length; at += 3) {
    const damaged = file.slice();
    damaged[at] ^= 1 << roll(8);
    const found = await unpack(damaged).catch((error) => assert.match(error.message, /album|zip|version|dogs\//i));
    if (found) assert.equal(JSON.stringify(found.map(({ pixels }) => [...pixels])), whole, `byte ${at}`);
  }
});
