/** A reader's own answers on one page: to print, and as a file that another browser takes back. */

import { announcer } from "../../page/announcer.mjs";
import { makeButton } from "../../page/button.mjs";
import { readChosen } from "../chosen.mjs";
import { download } from "../../page/download.mjs";
import { make } from "../../page/make.mjs";
import { name as site } from "../../config.mjs";
import { guesses, isPredicted, isTable } from "../../state/guesses.mjs";
import { progress } from "../../state/progress.mjs";
import { edits, offer } from "../../state/storage.mjs";
import { counted, say } from "../../words/say.mjs";

/**
 * @typedef {object} Work
 * @property {string} site @property {string} name @property {string} made
 * @property {Texts} edits
 * @property {Record<string, string[]>} solved  by page
 * @property {Record<string, import("../../state/guesses.mjs").Predicted>} [guesses]  by page; older files have none
 */
/** Sources by cell, by page. @typedef {Record<string, Record<string, string>>} Texts */

/** Said once more after the page was loaded anew. */
const NEWS = "hand-in";

/** What is kept of a reader's own. @returns {Texts} */
function texts() {
  /** @type {Texts} */
  const found = {};
  for (const { page, id, source } of edits()) {
    found[page] ??= {};
    found[page][id] = source;
  }
  return found;
}

/**
 * Every exercise with an answer and how it stands.
 * @param {Texts} own @param {(page: string, id: string) => boolean} isSolved
 */
function fill(own, isSolved) {
  for (const section of document.querySelectorAll("[data-answers]")) {
    const page = section.getAttribute("data-answers") ?? "";
    for (const item of section.querySelectorAll("[data-answer]")) {
      const id = item.getAttribute("data-answer") ?? "";
      const source = own[page]?.[id];
      const stands = say(isSolved(page, id) ? "Solved." : source === undefined ? "Not begun." : "Not solved yet.");
      for (const old of item.querySelectorAll("p, pre")) old.remove();
      item.append(make("p", {}, stands));
      if (source !== undefined) item.append(make("pre", {}, make("code", {}, source)));
    }
  }
}

/** @param {string} text @returns {Work} @throws {Error} saying why it cannot be used */
export function workIn(text) {
  /** @type {any} */
  let work;
  try {
    work = JSON.parse(text);
  } catch {
    throw new Error(say("it is damaged, or no file that was saved here"));
  }
  if (work?.site !== site) throw new Error(say("it is not from this site ({site})", { site }));
  if (typeof work.name !== "string") work.name = "";

  const isGood =
    [work.edits, work.solved, work.guesses ?? {}].every((one) => isTable(one)) &&
    Object.values(work.guesses ?? {}).every((page) => isPredicted(page)) &&
    Object.values(work.edits).every(
      (page) => isTable(page) && Object.values(page).every((source) => typeof source === "string"),
    ) &&
    Object.values(work.solved).every((ids) => Array.isArray(ids) && ids.every((id) => typeof id === "string"));
  if (!isGood) throw new Error(say("it is damaged"));
  return work;
}

/** Each text waits at its place for the reader's word: nothing of it runs before. @param {Work} work */
function takeUp(work) {
  let [texts, solved, predicted] = [0, 0, 0];
  for (const [page, sources] of Object.entries(work.edits))
    for (const [id, source] of Object.entries(sources)) texts += Number(offer(page, id, source));
  for (const [page, ids] of Object.entries(work.solved)) {
    const of = document.querySelectorAll(`[data-answers="${CSS.escape(page)}"] [data-answer]`).length;
    for (const id of ids) progress.solve(page, id, Math.max(of, ids.length));
    solved += ids.length;
  }
  for (const [page, said] of Object.entries(work.guesses ?? {})) predicted += guesses.take(page, said);
  return counted(
    texts,
    "Brought back: 1 text, which waits at its snippet, {solved} solved, {predicted} predicted.",
    "Brought back: {count} texts, each of which waits at its snippet, {solved} solved, {predicted} predicted.",
    { solved, predicted },
  );
}

/** @param {Element} place  `[data-part="hand-in"]`, or `on-paper` */
export function show(place) {
  if (place.getAttribute("data-part") === "on-paper") return showPages(place);
  if (place.querySelector("input")) return;
  const own = texts();
  fill(own, (page, id) => progress.isSolved(page, id));
  const name = make("input", { name: "name", autocomplete: "name" });
  const date = make("p", {}, new Date().toLocaleDateString(say("en-GB")));
  const said = make("p");
  const tell = (/** @type {string} */ text) => announcer.say((said.textContent = text));
  const save = makeButton(say("Save as a file"), "save", () => {
    const sections = [...document.querySelectorAll("[data-answers]")];
    const pages = sections.map((one) => one.getAttribute("data-answers") ?? "");
    /** @template T @param {(page: string) => T} of @param {(one: T) => object} kept */
    const byPage = (of, kept) =>
      Object.fromEntries(pages.flatMap((page) => (Object.keys(kept(of(page))).length > 0 ? [[page, of(page)]] : [])));
    /** @type {Work} */
    const work = {
      ...{ site, name: name.value, made: new Date().toISOString(), edits: texts() },
      solved: byPage(
        (page) => progress.of(page).solved,
        (ids) => ids,
      ),
      guesses: byPage(
        (page) => guesses.of(page),
        ({ said }) => said,
      ),
    };
    download(JSON.stringify(work, undefined, 1), `${site}-work.json`, "application/json");
    tell(say("Saved."));
  });
  const input = make("input", { type: "file", accept: ".json" });
  /** What was opened: a teacher reads it, and who brought their own takes it up. @type {Work | undefined} */
  let opened;
  const bring = makeButton(say("Take it up in this browser"), "take-up", () => {
    if (opened) sessionStorage.setItem(NEWS, takeUp(opened));
    location.reload(); // pages that this visit has seen would not look again
  });
  bring.hidden = true;
  const read = (/** @type {string} */ text, /** @type {string} */ file) => {
    opened = workIn(text);
    name.value = opened.name;
    const made = new Date(opened.made);
    date.textContent = Number.isNaN(made.getTime()) ? "" : made.toLocaleDateString(say("en-GB"));
    const { edits: theirs, solved, guesses: predicted } = opened;
    fill(theirs, (page, id) => solved[page]?.includes(id));
    for (const node of document.querySelectorAll("[data-predicted]")) {
      const page = node.getAttribute("data-predicted") ?? "";
      node.textContent = guesses.count(page, predicted?.[page] ?? { right: {} });
    }
    [bring.hidden, save.hidden] = [false, true];
    tell(say("Below stands what {name} holds. Nothing of it is kept in this browser.", { name: file }));
  };
  input.addEventListener("change", () => void readChosen(input, read, tell));
  place.replaceChildren(
    make("label", {}, `${say("Name:")} `, name),
    date,
    makeButton(say("Print"), "print", () => print()),
    save,
    make("label", {}, `${say("Open a file:")} `, input),
    bring,
    said,
  );
  const news = sessionStorage.getItem(NEWS);
  sessionStorage.removeItem(NEWS);
  if (news) tell(news);
}

/** What can be printed, and what the reader has changed in it. @param {Element} place  with a link for each page */
function showPages(place) {
  if (place.querySelector("small")) return;
  const own = texts();
  const asked = new URLSearchParams(location.search).get("page");
  const links = /** @type {HTMLAnchorElement[]} */ ([...place.querySelectorAll("a[data-page]")]);
  const names = links.map(({ dataset }) => (dataset.page ?? "").replace(/\.md$/, ""));
  for (const [i, link] of links.entries()) {
    link.search = "?view=print";
    link.target = "_blank"; // a visit would not begin anew
    const count = Object.keys(own[link.dataset.page ?? ""] ?? {}).length;
    const changed =
      count === 0 ? say("as it was built") : counted(count, "one snippet of yours", "{count} snippets of yours");
    link.after(" ", make("small", {}, `(${changed})`));
    if (names[i] === asked) location.replace(link.href);
  }
  if (asked === null || names.includes(asked)) return;
  const words = say("This address asks for the page “{asked}”; expected one of: {names}.", {
    asked: asked.slice(0, 40),
    names: names.join(", "),
  });
  place.prepend(make("p", {}, words));
  announcer.say(words);
}
