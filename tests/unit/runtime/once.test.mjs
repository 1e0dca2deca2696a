import assert from "node:assert/strict";
import { test } from "node:test";

import { once } from "../../../site/runtime/page/once.mjs";

test("what could not be had once is asked for again, and what was had is not", async () => {
  let asked = 0;
  const load = once(async () => {
    asked += 1;
    if (asked === 1) throw new Error("no network");
    return "library";
  });
  await assert.rejects(load(), /no network/);
  assert.equal(await load(), "library");
  assert.equal(await load(), "library");
  assert.equal(asked, 2);
});
