/** Numbers in sentences, as the build writes them: `python` is what py/cells/page/prose.py makes of the same texts. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { inProse } from "../../../site/runtime/words/prose.mjs";

const TEXTS = [
  ...["0.75", "-0.75", "25.9%", "100%", "1.8e+308", "1e-07", "38884", "2260", "1,234.5", "1234567.891", "12345.6789"],
  ...["duck", "", "[0.25, 1]", "0.5 to 0.75", "−1.0", "still closed", "12.", "nan", "1.2.3"],
];
const python = (/** @type {string} */ language) =>
  JSON.parse(
    execFileSync(".venv/bin/python", [
      "-c",
      "import json, sys; from cells.page.prose import in_prose; " +
        "print(json.dumps([in_prose(text, sys.argv[1]) for text in json.loads(sys.argv[2])]))",
      language,
      JSON.stringify(TEXTS),
    ]).toString(),
  );

for (const language of ["de", "en"])
  test(`numbers in ${language} are the page's as they are the build's`, () => {
    assert.deepEqual(
      TEXTS.map((text) => inProse(text, language)),
      python(language),
    );
  });

test("German has a comma, room for thousands and before the sign for per cent; English is as Python writes it", () => {
  assert.equal(inProse("0.75 of 25.9%, 38884", "de"), "0,75 of 25,9\u202f%, 38\u202f884");
  assert.equal(inProse("0.75 of 25.9%, 38884", "en"), "0.75 of 25.9%, 38884");
});
