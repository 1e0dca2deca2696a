/** When changes of cells are told: at once, together, or, of cells that nobody sees, when a control rests. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { limits } from "../../../site/runtime/config.mjs";
import { Pages } from "../../../site/runtime/state/pages.mjs";

/** Three cells of a page, and what is told of them. @param {import("node:test").TestContext} context */
function page(context) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {string[]} */
  const told = [];
  const pages = new Pages(
    (type, detail) => void told.push([type, /** @type {any} */ (detail)?.id ?? detail].join(" ")),
  );
  const program = { source: "x = 1", defines: [], reads: [], names: {}, parameters: [], outputs: [] };
  const [a, b, c] = ["a", "b", "c"].map((id) => pages.attach("page.md", id, id, program).cell);
  const news = () => told.splice(0).filter((one) => !one.startsWith("attach"));
  return { pages, a, b, c, news, pass: (/** @type {number} */ time) => context.mock.timers.tick(time) };
}

test("a change is told at once, and that of code or parameters before that", (context) => {
  const { pages, a, news } = page(context);
  pages.change(a, { state: "queued" });
  pages.change(a, { source: "x = 2" });
  pages.change(a, { source: "x = 2" });
  assert.deepEqual(news(), ["cell a", "form a", "cell a", "cell a"]);
});

test("what is heard together is told once of each cell, as it is in the end, even if something breaks", (context) => {
  const { pages, a, b, news } = page(context);
  pages.together(() => {
    for (const state of /** @type {const} */ (["queued", "running", "done"])) pages.change(a, { state });
    pages.together(() => pages.change(b, { state: "done" }));
    assert.deepEqual(news(), []);
  });
  assert.deepEqual(news(), ["cell a", "cell b"]);
  assert.throws(
    () =>
      pages.together(() => {
        pages.change(b, { state: "error" });
        throw new Error("broke");
      }),
    /broke/,
  );
  assert.deepEqual(news(), ["cell b"]);
});

test("a cell out of sight is told when a control rests; the page is behind until all has followed", (context) => {
  const { pages, a, b, c, news, pass } = page(context);
  for (let step = 0; step < 5; step++) {
    pages.hold();
    pages.change(a, { state: "queued" });
    pages.change(c, { state: "queued" }, true);
    pages.change(b, { state: "queued" }, true);
    pass(limits.stale - 1);
  }
  assert.deepEqual(news(), ["behind true", "cell a", "cell a", "cell a", "cell a", "cell a"]);
  assert.equal(c.state, "queued", "it is so, though it is not told");
  pass(1);
  assert.deepEqual(news(), ["cell c", "cell b"], "once each, in their order");
  pages.change(b, { state: "done" }, true);
  pages.rest();
  assert.deepEqual(news(), ["cell b", "behind false"]);
  pages.rest();
  pass(1000);
  assert.deepEqual(news(), []);
});

test("whoever is told of a cell at once is not told late, and one that comes into sight is told then", (context) => {
  const { pages, a, b, news, pass } = page(context);
  const [one, other] = /** @type {any[]} */ ([{}, {}]);
  pages.change(a, { state: "queued" }, true);
  pages.change(a, { state: "done" });
  pages.change(b, { state: "done" }, true);
  assert.deepEqual(news(), ["cell a"]);
  assert.equal(pages.isInSight(b), false);
  pages.see("page.md", one, { cell: "b" });
  pages.see("page.md", other, { expression: "b" });
  assert.equal(pages.isInSight(b), true);
  assert.deepEqual(news(), ["cell b"]);
  pass(1000);
  assert.deepEqual(news(), []);
  pages.see("page.md", one);
  assert.equal(pages.isInSight(b), false);
});
