/** What a reader takes along: the page's notebook or Python file with their edits, and back again. */

import { announcer } from "../page/announcer.mjs";
import { readChosen } from "./chosen.mjs";
import { limits, root } from "../config.mjs";
import { download } from "../page/download.mjs";
import { make } from "../page/make.mjs";
import { encode } from "../state/link.mjs";
import { editsIn, filled } from "../state/notebook.mjs";
import { counted, say } from "../words/say.mjs";

/** @import { Kernel } from "../state/kernel.mjs" */

const HREF = "a[data-take]";

/** @param {Kernel} kernel */
export function followTaking(kernel) {
  addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest?.(HREF);
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    void take(kernel, link);
  });
  kernel.addEventListener("attach", () => {
    const place = document.querySelector(".take-along");
    if (place && !place.querySelector("input")) place.append(...bringing(kernel));
  });
}

/** The page in sight. */
const pageName = () => document.querySelector("py-cell")?.getAttribute("page") ?? "";

/** @param {Kernel} kernel @param {HTMLAnchorElement} link */
async function take(kernel, link) {
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(say("the site answered {status}", { status: answer.status }));
    const page = pageName();
    const edits = page ? kernel.edits(page) : {};
    // The site may be read at another address than the one that it was built for, which the link says.
    const text = (await answer.text()).replaceAll(link.dataset.take || root, root);
    const name = decodeURIComponent(link.pathname.split("/").at(-1) ?? "page");
    download(filled(text, edits), name, "application/octet-stream");
    const count = Object.keys(edits).length;
    tell(
      link,
      count === 0
        ? say("Saved, as the page was built.")
        : counted(count, "Saved, with your edits of one snippet.", "Saved, with your edits of {count} snippets."),
    );
  } catch (error) {
    tell(link, say("It could not be fetched: {why}. Are you online?", { why: /** @type {Error} */ (error).message }));
  }
}

/** @param {Kernel} kernel */
function bringing(kernel) {
  const input = make("input", { type: "file", accept: ".ipynb,.py" });
  const refuse = (/** @type {string} */ words) => tell(input, words);
  input.addEventListener("change", () => void readChosen(input, (text) => bring(kernel, input, text), refuse));
  return [" ", make("label", {}, `${say("Bring one back:")} `, input)];
}

/**
 * The edits in a file are taken up as those in a link are: shown, and not run.
 * @param {Kernel} kernel @param {HTMLInputElement} input @param {string} text
 */
async function bring(kernel, input, text) {
  const built = [...kernel.page(pageName()).cells.values()].map((cell) => [cell.id, cell.built.source]);
  const edits = editsIn(text, Object.fromEntries(built));
  input.value = ""; // the same file may be chosen again
  if (Object.keys(edits).length === 0) return tell(input, say("Nothing in it differs from this page as it was built."));
  const fragment = await encode(edits);
  if (fragment.length > limits.fragment)
    throw new Error(say("there is too much code in it: {length} characters", { length: fragment.length }));
  location.hash = fragment; // a notice says what it changes
}

/** @param {Element} near @param {string} text */
function tell(near, text) {
  const place = near.closest(".take-along");
  const said = place?.querySelector("[data-part=said]") ?? make("span", { data: { part: "said" } });
  said.textContent = text;
  place?.append(" ", said);
  announcer.say(text);
}
