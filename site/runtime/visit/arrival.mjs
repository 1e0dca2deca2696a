/** Takes up the edits of a link that the reader came with. They are shown; what is code does not run. */

import { announcer } from "../page/announcer.mjs";
import { Latest } from "../page/latest.mjs";
import { make } from "../page/make.mjs";
import { isLink, linkHere } from "../state/fragment.mjs";
import { LAB, decode } from "../state/link.mjs";
import { earlyLink } from "./replay.mjs";
import { counted, say } from "../words/say.mjs";

/** @import { Kernel } from "../state/kernel.mjs" */
/** @import { Link } from "../state/fragment.mjs" */
/** @import { Edit } from "../state/link.mjs" */
/** @import { Cell } from "../state/pages.mjs" */

/** Visits of links that were taken up: going back to one must not undo later work. @type {Set<string>} */
const seen = new Set();
/** That the page's link, if it has one, was taken up. */
export let arrived = Promise.resolve();
/** The newest link: an older one may still be unpacked. */
const latest = new Latest();
/** What the latest link changed, while some of it waits. @type {{changed: Cell[], notice: Element} | undefined} */
let undecided;

const arrivals = new EventTarget();
/**
 * What the latest link has for labs that have not heard it.
 * @type {{page: string, states: Record<string, string>} | undefined}
 */
let brought;

/** @param {Kernel} kernel @param {string} page */
function arrive(kernel, page) {
  const early = earlyLink();
  const link = linkHere() ?? (early?.pathname === location.pathname ? early : undefined);
  if (link === undefined) return;
  if (seen.has(link.visit)) return recall(page);
  arrived = takeUp(kernel, page, link);
  void kernel.hold(page, arrived);
}

/** @param {Kernel} kernel @param {string} page @param {Link} link */
async function takeUp(kernel, page, { hash, visit }) {
  const isLatest = latest.begin();
  try {
    const labs = document.querySelectorAll("py-lab");
    const known = [...kernel.page(page).cells.keys(), ...Array.from(labs, ({ id }) => `${LAB}${id}`)];
    const parts = await decode(hash, known);
    if (!isLatest()) return;
    seen.add(visit);
    const [edits, states] = apart(parts);
    const set = kernel.adopt(page, edits);
    const changed = [...kernel.page(page).cells.values()].filter(({ foreign }) => foreign);
    brought = { page, states };
    arrivals.dispatchEvent(new Event("link"));
    if (changed.length > 0 || Object.keys(states).length === 0) welcome(changed, set);
  } catch (error) {
    if (!isLatest()) return;
    const { message } = /** @type {Error} */ (error);
    tell(say("The edits in this link cannot be shown: {message}. You see the page as it was written.", { message }));
  }
}

/**
 * What is of cells, and what is of labs, without its prefix.
 * @param {Record<string, Edit>} parts @returns {[Record<string, Edit>, Record<string, string>]}
 */
function apart(parts) {
  const entries = Object.entries(parts);
  const states = entries.filter(([id]) => id.startsWith(LAB)).map(([id, state]) => [id.slice(LAB.length), state]);
  return [Object.fromEntries(entries.filter(([id]) => !id.startsWith(LAB))), Object.fromEntries(states)];
}

/**
 * A lab hears what a link brings for it, also one that was taken up before the lab was there.
 * @param {string} page @param {string} id @param {(state: string) => void} take @param {AbortSignal} signal
 */
export function followLab(page, id, take, signal) {
  const hear = () => {
    if (brought?.page !== page || !Object.hasOwn(brought.states, id)) return;
    const state = brought.states[id];
    delete brought.states[id]; // once
    take(state);
  };
  arrivals.addEventListener("link", hear, { signal });
  hear();
}

/** Zensical's script may put a page in place anew: what was said is said there, too. @param {string} page */
function recall(page) {
  if (undecided && undecided.changed[0].page === page && !undecided.notice.isConnected) welcome(undecided.changed);
}

/** @param {Cell[]} cells */
const titlesOf = (cells) => cells.map(({ title }) => say("“{title}”", { title })).join(", ");

/**
 * Says what the link changes, and shows the first of it.
 * @param {Cell[]} changed  with code of it @param {Cell[]} [set]  whose controls it sets, and no more
 */
function welcome(changed, set = []) {
  if (changed.length === 0 && set.length > 0)
    return void show(say("This link has set {titles}.", { titles: titlesOf(set) }), set[0]);
  if (changed.length === 0)
    return void tell(say("This link changes nothing: what it has is what stands here."), "news");
  const words = counted(
    changed.length,
    "This link changes one snippet on this page: {titles}. Read it, then press Run: nothing of it runs before.",
    "This link changes {count} snippets on this page: {titles}. Read them, then press Run: nothing of it runs before.",
    { titles: titlesOf(changed) },
  );
  undecided = { changed, notice: show(words, changed[0]) };
}

/** Says it at a cell, which is unfolded. @param {string} words @param {Cell} cell */
function show(words, cell) {
  const first = document.getElementById(cell.id);
  for (const fold of first?.querySelectorAll("details") ?? []) if (fold.dataset.part === "fold") fold.open = true;
  const notice = tell(words, "news", first);
  notice.scrollIntoView({ block: "start" });
  return notice;
}

/**
 * One notice a page: a newer one takes its place.
 * @param {string} text @param {"trouble" | "news"} kind
 * @param {Element | null} [place]  that it stands before; otherwise it begins the page
 */
export function tell(text, kind = "trouble", place) {
  document.querySelector(".link-notice")?.remove();
  const notice = make("p", { className: "link-notice", data: { kind } });
  if (place) place.before(notice);
  else document.querySelector("py-cell")?.closest("article, main, body")?.prepend(notice);
  notice.textContent = text;
  announcer.say(text);
  return notice;
}

/** The page in sight takes up the link in its address. @param {Kernel} kernel */
function look(kernel) {
  const page = document.querySelector("py-cell")?.getAttribute("page");
  if (page) arrive(kernel, page);
}

/**
 * A link that is clicked again is meant again; where the address stays the same, the browser tells nobody.
 * @param {Kernel} kernel @param {MouseEvent} event
 */
function clicked(kernel, event) {
  const link = /** @type {Element} */ (event.target).closest?.("a[href]");
  if (!(link instanceof HTMLAnchorElement) || !isLink(link.hash)) return;
  for (const visit of [...seen]) if (visit.endsWith(` ${link.pathname}${link.hash}`)) seen.delete(visit);
  if (link.href === location.href) look(kernel);
}

/** @param {Kernel} kernel */
export function followLinks(kernel) {
  kernel.addEventListener("attach", (event) => {
    arrive(kernel, /** @type {CustomEvent<string>} */ (event).detail);
  });
  kernel.addEventListener("cell", () => {
    if (undecided === undefined || undecided.changed.some(({ foreign }) => foreign)) return;
    undecided.notice.remove();
    undecided = undefined;
  });
  addEventListener("hashchange", () => look(kernel));
  addEventListener("click", (event) => clicked(kernel, /** @type {MouseEvent} */ (event)));
}
