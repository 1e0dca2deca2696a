/**
 * `?view=print`: the page as its reader has it, on paper. What they changed runs first, so that outputs are those of
 * the code beside them; a link's code waits as always, and what is out of date after that says so in print, too.
 */

import { counted, say } from "../../words/say.mjs";

/** @import { Kernel } from "../../state/kernel.mjs" */
/** @import { Cell } from "../../state/pages.mjs" */
/** @import { Arrival } from "./lesson.mjs" */

/** Predictions have what was said, and no answer before that; few print so, and no other page fetches it. */
const STYLE = `@media print {
  [data-view="print"] py-prediction:not([made]) > details { display: none !important; }
  [data-view="print"] py-prediction:not([kind="curve"]) input,
  [data-view="print"] py-prediction[made] :is([data-part="verdict"], [data-part="replies"]) {
    display: revert !important;
  }
  [data-view="print"] py-prediction label::before { content: none; }
}`;

const AT_WORK = ["loading", "queued", "running"];

/** @param {Kernel} kernel @param {Arrival} arrival */
export function showOnPaper(kernel, arrival) {
  if (document.documentElement.dataset.view !== "print") return;
  document.head.append(Object.assign(document.createElement("style"), { textContent: STYLE }));
  const begin = (/** @type {Event} */ event) =>
    void bring(kernel, /** @type {CustomEvent<string>} */ (event).detail, arrival);
  kernel.addEventListener("attach", begin, { once: true });
}

/** @param {Kernel} kernel @param {string} page @param {Arrival} arrival */
async function bring(kernel, page, { tell, arrived }) {
  await arrived();
  const cells = [...kernel.page(page).cells.values()];
  const due = cells.filter((cell) => cell.source !== cell.ran && !cell.foreign && !kernel.foreignWith(cell).length);
  if (due.length > 0) tell(running(due.length), "news");
  await Promise.allSettled(due.map((cell) => kernel.run(cell)));
  await quiet(kernel, cells);
  await drawn();
  await document.fonts.ready;
  const old = cells.filter(({ stale }) => stale).length;
  tell(old > 0 ? left(old) : say("This is the page with your numbers, ready for paper."), "news");
  print();
}

/** @param {number} count */
const running = (count) =>
  counted(
    count,
    "One snippet that you changed runs, then the page is printed …",
    "{count} snippets that you changed run, then the page is printed …",
  );

/** @param {number} count */
const left = (count) =>
  counted(
    count,
    "One snippet is not up to date, and says so on paper.",
    "{count} snippets are not up to date, and say so on paper.",
  );

/** Until nothing runs and nothing waits to. @param {Kernel} kernel @param {Cell[]} cells */
async function quiet(kernel, cells) {
  while (cells.some(({ state }) => AT_WORK.includes(state)))
    await new Promise((resolve) => kernel.addEventListener("cell", resolve, { once: true }));
}

/** Until outputs stand in the page, and those in prose with them. */
async function drawn() {
  do await new Promise((resolve) => requestAnimationFrame(resolve));
  while (document.querySelector("[data-undrawn], [data-behind]"));
}
