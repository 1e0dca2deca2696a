/** Takes up the edits of a link that the reader came with. They are shown; nothing runs. */

import { kernel } from "./kernel.mjs";
import { decode, isLink } from "./link.mjs";

/** Fragments that were taken up in this visit: going back to one must not undo later work. @type {Set<string>} */
const seen = new Set();

/** @param {string} page */
async function arrive(page) {
  const key = location.pathname + location.hash;
  if (!isLink(location.hash) || seen.has(key)) return;
  seen.add(key);
  try {
    kernel.adopt(page, await decode(location.hash, [...kernel.page(page).cells.keys()]));
  } catch (error) {
    say(`The edits in this link cannot be shown: ${/** @type {Error} */ (error).message}. You see the page as it was written.`);
  }
}

/** @param {string} text */
function say(text) {
  const notice = document.createElement("p");
  notice.className = "link-notice";
  notice.setAttribute("role", "alert");
  document.querySelector("py-cell")?.closest("article, main, body")?.prepend(notice);
  notice.textContent = text; // after it is in the page, so that it is read out
}

export function followLinks() {
  kernel.addEventListener("attach", (event) => void arrive(/** @type {CustomEvent<string>} */ (event).detail));
  addEventListener("hashchange", () => {
    const page = document.querySelector("py-cell")?.getAttribute("page");
    if (page) void arrive(page);
  });
}
