/**
 * What an address asks of a page beside its link: `?hide=solutions,hints`, `?start=cell`, `?embed=cell`,
 * `?view=slides` or `print`. All but the start stand on the root from before the first paint on: see
 * `early.mjs`. A page that is asked for nothing does without this file.
 */

import { name } from "../../config.mjs";
import { makeButton } from "../../page/button.mjs";
import { make } from "../../page/make.mjs";
import { say } from "../../words/say.mjs";
import { showOnPaper } from "./on-paper.mjs";

/** @import { Kernel } from "../../state/kernel.mjs" */

const HIDDEN = ["solutions", "hints"];

/**
 * What tells the reader, and the page's link.
 * @typedef {{tell: (text: string, kind?: "trouble" | "news") => void, arrived: () => Promise<void>}} Arrival
 */

/** Call it before there are elements. @param {Kernel} kernel @param {Arrival} arrival */
export function begin(kernel, arrival) {
  embed();
  showSlides();
  followLesson(kernel, arrival);
  showOnPaper(kernel, arrival);
}

/** @param {Kernel} kernel @param {Arrival} arrival */
function followLesson(kernel, { tell, arrived }) {
  const { hide } = document.documentElement.dataset;
  const stranger = hide?.split(" ").find((word) => !HIDDEN.includes(word));
  if (stranger !== undefined) {
    tell(
      say("This address asks to hide “{stranger}”; expected one of: {known}.", {
        ...{ stranger: shortened(stranger), known: HIDDEN.join(", ") },
      }),
    );
  }
  const id = new URLSearchParams(location.search).get("start");
  if (id !== null)
    kernel.addEventListener("attach", () => void arrived().then(() => start(kernel, id, tell)), { once: true });
}

/**
 * As if the reader had moved a control: a link's code goes on waiting.
 * @param {Kernel} kernel @param {string} id @param {Arrival["tell"]} tell
 */
function start(kernel, id, tell) {
  const element = document.getElementById(id);
  const page = element?.getAttribute("page");
  const cell = element?.localName === "py-cell" && page ? kernel.page(page).cells.get(id) : undefined;
  if (cell === undefined)
    return void tell(`${say("This address asks to start “{id}”;", { id: shortened(id) })} ${known("py-cell")}`);
  element?.scrollIntoView({ block: "start" });
  kernel.follow(cell);
}

/** Shows one cell, exercise or lab alone, with a way to the page. */
function embed() {
  const id = document.documentElement.dataset.embed;
  if (id === undefined) return;
  const asked = document.querySelector(`:is(py-cell, py-lab)[id="${CSS.escape(id)}"]`); // a heading may have its name
  const owner = asked?.closest("py-exercise") ?? asked;
  const address = `${location.pathname}${owner ? `#${id}` : ""}`;
  const way = make("a", { href: address, target: "_blank", rel: "noopener" }, document.title);
  const words = owner
    ? say("What you do here is not kept. The page:")
    : `${say("“{id}” is asked for;", { id: shortened(id) })} ${known()}`;
  const shown = [...(owner ? [owner] : []), make("p", {}, `${words} `, way)];
  const article = make("article", { className: "md-typeset" }, ...shown);
  const main = make("main", { data: { part: "embedded" } }, make("h1", {}, document.title), article);
  document.body.append(main);
  if (parent === window) return;
  const tell = () => parent.postMessage({ site: name, embed: id, height: main.offsetHeight }, "*");
  new ResizeObserver(tell).observe(main);
}

/** What is to be taken along is nothing for a wall. */
const SLIDES =
  "article > :is(.scene, .scene-text, .ending):not(:has(> .take-along:only-child, > .score + .take-along))";
/** Those of a keyboard, and of what a speaker holds in the hand. @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1, Home: -Infinity, End: Infinity };

/** For a wall: one part of the page at a time, large, which keys turn. */
function showSlides() {
  const { dataset } = document.documentElement;
  if (dataset.view !== "slides") return;
  if (!document.querySelector(SLIDES)) return void delete dataset.view; // a page for teachers, say
  let at = 0;
  const [title, count] = [make("h1"), make("span")];
  const show = (/** @type {number} */ step) => {
    const all = [...document.querySelectorAll(SLIDES)];
    at = Math.max(0, Math.min(all.length - 1, at + step));
    for (const [i, one] of all.entries()) one.toggleAttribute("data-off", i !== at);
    title.textContent = document.querySelector("article h1")?.firstChild?.textContent ?? document.title;
    title.hidden = all[at]?.querySelector("h1") !== null; // which says so itself
    count.textContent = say("{at} of {count}", { at: at + 1, count: all.length });
    scrollTo(0, 0);
  };
  const go = () => {
    const place = document.getElementById(location.hash.slice(1))?.closest(SLIDES);
    at = place ? [...document.querySelectorAll(SLIDES)].indexOf(place) : 0;
    show(0);
  };
  const [back, next] = [
    makeButton(say("Back"), "back", () => show(-1)),
    makeButton(say("Next"), "next", () => show(1)),
  ];
  const names = { data: { part: "slides" }, role: "region", "aria-label": say("Slides") };
  document.body.append(make("div", names, title, back, count, next));
  addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const isBusy = /** @type {Element} */ (event.target).closest?.(
      "input, select, textarea, [contenteditable], [role=slider], dialog, [popover]",
    );
    const step = STEPS[event.key];
    if (step === undefined || isBusy || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show(step);
  });
  addEventListener("hashchange", go);
  go();
  /** @type {any} */ (window).document$?.subscribe(go);
}

/** @param {string} [kind] */
function known(kind = "py-cell, py-lab") {
  const ids = Array.from(document.querySelectorAll(kind), ({ id }) => id).filter((id) => !id.endsWith("-check"));
  return ids.length > 0 ? say("this page has: {ids}.", { ids: ids.join(", ") }) : say("this page has no snippet.");
}

/** @param {string} text */
const shortened = (text) => text.slice(0, 40);
