/** A page taken along with a reader's edits, and brought back: nothing is lost, a strange file is refused. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { editsIn, filled } from "../../../site/runtime/state/notebook.mjs";

const BUILT = { scores: "a = 1\nb = 2\n", picture: "show(a + b)" };
const SCRIPT = `# From https://example.org/a/

# %%
def _shown(value): ...

# %% [markdown]
# Some words, and $&.

# %% The scores [cell=scores]
a = 1
b = 2

# %% [cell=picture]
_shown(show(a + b))  # the sum
`;
const NOTEBOOK = JSON.stringify({
  cells: [
    { cell_type: "markdown", id: "words-0", metadata: {}, source: "Some words" },
    { cell_type: "code", id: "cells-opening", metadata: {}, source: "%pip install x", outputs: [] },
    { cell_type: "code", id: "scores", metadata: { tags: ["cell"] }, source: "a = 1\nb = 2", outputs: [] },
    { cell_type: "code", id: "picture", metadata: { tags: ["cell"] }, source: "show(a + b)", outputs: [{ a: 1 }] },
  ],
  nbformat: 4,
});
const EDITS = { scores: "a = 1\nb = '$& $1'  # %% no mark" };

for (const [name, text] of Object.entries({ notebook: NOTEBOOK, script: SCRIPT })) {
  test(`a ${name} as it was built has no edits, and is the same without any`, () => {
    assert.equal(filled(text, {}), text);
    const built = { ...BUILT, picture: name === "script" ? "show(a + b)  # the sum" : BUILT.picture };
    assert.deepEqual(editsIn(text, built), {});
  });

  test(`edits in a ${name} come back as they were`, () => {
    const built = { ...BUILT, picture: name === "script" ? "show(a + b)  # the sum" : BUILT.picture };
    assert.deepEqual(editsIn(filled(text, EDITS), built), EDITS);
    assert.deepEqual(editsIn(filled(text, { picture: "1" }), built), { picture: "1" });
  });
}

test("what a notebook showed goes with the first edit; words and what begins it stay", () => {
  const cells = JSON.parse(filled(NOTEBOOK, EDITS)).cells;
  assert.deepEqual(cells[3].outputs, []);
  assert.equal(cells[0].source, "Some words");
  assert.equal(cells[1].source, "%pip install x");
});

test("Jupyter keeps a source as lines, and editors may end them their own way", () => {
  const notebook = JSON.parse(NOTEBOOK);
  notebook.cells[2].source = ["a = 1\n", "b = 3"];
  assert.deepEqual(editsIn(JSON.stringify(notebook), BUILT), { scores: "a = 1\nb = 3" });
  const windows = SCRIPT.replace("b = 2", "b = 3").replaceAll("\n", "\r\n");
  assert.deepEqual(editsIn(windows, { scores: BUILT.scores }), { scores: "a = 1\nb = 3" });
});

/** @type {[string, string, RegExp][]} */
const REFUSED = [
  ["that is cut", NOTEBOOK.slice(0, -9), /not whole/],
  ["of another page", SCRIPT.replaceAll("[cell=", "[cell=x"), /no cell of this page/],
  ["that is no notebook", '{"cells": 5}', /has no cells/],
  ["that is a letter", "Dear page,", /no cell of this page/],
  ["with strange cells", '{"cells": [null, 1, {"cell_type": "code", "id": 5}]}', /no cell of this page/],
];
for (const [what, text, words] of REFUSED) {
  test(`a file ${what} is refused in words`, () => assert.throws(() => editsIn(text, BUILT), words));
}
