/**
 * The album's files: pictures and the zip come back as they were; what is damaged by a bit or a byte is never taken
 * for another.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { zipSync } from "fflate";
import { pack, unpack } from "../../../site/runtime/labs/dog-stream/archive.mjs";
import { readPng, writePng } from "../../../site/runtime/labs/dog-stream/png.mjs";
import { extract, list } from "../../../site/runtime/labs/dog-stream/unzip.mjs";
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

const files = (/** @type {number} */ count) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.txt`, new Uint8Array()]));

test("a zip of too many files is refused before any is unpacked", async () => {
  await assert.rejects(unpack(zipSync(files(20_011))), /This zip has more than 20010 files/);
  await assert.rejects(unpack(zipSync(files(20_010))), /there is no album\.json in it/);
});

/** A zip whose list says otherwise of its first file: at what place of the record, what number. */
function lying(/** @type {Uint8Array} */ zip, /** @type {[number, number][]} */ fields) {
  const changed = zip.slice();
  const view = new DataView(changed.buffer);
  let at = 0;
  while (view.getUint32(at, true) !== 0x02014b50) at++;
  for (const [place, value] of fields) view.setUint32(at + place, value, true);
  return changed;
}

test("what would unpack to more than it says is refused, and not unpacked", () => {
  const zip = zipSync({ bomb: new Uint8Array(20_000_000) }, { level: 9 });
  const small = lying(zip, [[24, 300]]);
  assert.throws(() => extract(small, list(small, 1), ["bomb"], 16_000), /bomb cannot be unpacked/);
  assert.throws(() => extract(zip, list(zip, 1), ["bomb"], 16_000), /bomb would unpack to 20\.0 MB/);
  assert.throws(() => extract(zip, list(zip, 1), ["other"], 16_000), /other is missing/);
});

test("a zip whose files lie over each other is refused", () => {
  const zip = zipSync({ one: new Uint8Array(500).fill(7), two: new Uint8Array(500) }, { level: 0 });
  assert.throws(() => list(lying(zip, [[20, zip.length]]), 2), /not a zip, or it is damaged/);
});

test("a file is as long as the list says, or it is refused", () => {
  const zip = zipSync({ one: new Uint8Array(500) }, { level: 0 });
  const short = lying(zip, [[24, 499]]);
  assert.throws(() => extract(short, list(short, 1), ["one"], 1000), /one cannot be unpacked/);
  assert.equal(extract(zip, list(zip, 1), ["one"], 1000).one.length, 500);
});
