/**
 * Where the focus goes when the search opens and closes, when a pop-over's link is followed, and when another page
 * takes the place of one: never to nowhere. What the search found is told.
 */

import { announcer } from "../page/announcer.mjs";
import { isLink } from "../state/fragment.mjs";
import { say } from "../words/say.mjs";

/** Below this width the search covers the page; what cannot be reached while it does. */
const COVERS = matchMedia("(max-width: 59.984375em)");
const BEHIND = ".md-container, [data-md-component=skip], .md-header__button, .path";
/** Milliseconds without a new count before it is told. */
const REST = 600;

export function followHeader() {
  followBox();
  followSearch();
  followCards();
  followPages();
}

/** @param {Element | null | undefined} element */
function focus(element) {
  if (!(element instanceof HTMLElement)) return;
  if (!element.matches("a[href], button, input, select, [tabindex]")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/** The place on the page that its address names. */
function named() {
  if (isLink(location.hash)) return null;
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null; // no name that could be written so
  }
}

/** Milliseconds after which whoever took the focus away has done so. */
const LATER = 150;

function followBox() {
  const box = /** @type {HTMLInputElement | null} */ (document.getElementById("__search"));
  const button = document.querySelector("[data-toggle=search][aria-expanded]");
  if (!box || !button) return;
  /** What had the focus before, and the key or the link that closes it. @type {Element | null} */
  let before = null;
  let way = "";
  const panel = () => document.querySelector(".md-search__inner");
  const show = () => {
    const covers = box.checked && COVERS.matches;
    for (const part of document.querySelectorAll(BEHIND)) part.toggleAttribute("inert", covers);
  };
  document.addEventListener("focusin", ({ target, relatedTarget }) => {
    const [to, from] = [target, relatedTarget].map((one) => (one instanceof Element ? one : null));
    if (to && panel()?.contains(to) && !panel()?.contains(from)) before = from;
  });
  document.addEventListener("keydown", ({ key }) => (way = key), { capture: true });
  addEventListener("pointerdown", () => (way = ""), { capture: true });
  const follow = (/** @type {Event} */ { target }) => {
    const link = target instanceof Element ? target.closest("a[href]") : null;
    if (link && panel()?.contains(link)) way = "link";
  };
  addEventListener("click", follow, { capture: true });
  COVERS.addEventListener("change", show);
  box.addEventListener("change", () => {
    const wasIn = panel()?.contains(document.activeElement) || document.activeElement === document.body;
    show();
    if (!box.checked && way === "link") {
      if (wasIn) focus(named() ?? document.querySelector(".md-content h1"));
    } else if (box.checked && COVERS.matches) {
      before = button;
      // What was invisible a moment ago takes the focus when it is there.
      requestAnimationFrame(() => focus(panel()?.querySelector("input")));
    } else if (!box.checked && wasIn && way !== "Tab") {
      const back = COVERS.matches || !before?.isConnected || before === document.body ? button : before;
      const isThere = back instanceof HTMLElement && back.offsetParent !== null;
      const place = isThere ? back : document.querySelector(".md-content h1");
      // After Material's script, which takes the focus away: in the same task, or on a busy machine a little later.
      requestAnimationFrame(() => focus(place));
      setTimeout(() => document.activeElement === document.body && focus(place), LATER);
    }
  });
}

/** A link of a station's pop-over closes it; one to this page leads the focus to its place, too. */
function followCards() {
  addEventListener("click", ({ target }) => {
    const link = /** @type {HTMLAnchorElement | null} */ (target instanceof Element ? target.closest("a[href]") : null);
    // The other language begins where this one is: its headings have the same ids.
    if (link?.matches("#site-menu [hreflang][lang]") && named()) link.hash = location.hash;
    const card = /** @type {HTMLElement | null | undefined} */ (link?.closest("[popover]"));
    if (!card) return;
    card.hidePopover();
    const { pathname, hash } = /** @type {HTMLAnchorElement} */ (link);
    if (pathname === location.pathname && hash !== "") requestAnimationFrame(() => focus(named()));
  });
}

function followSearch() {
  const meta = document.querySelector(".md-search-result__meta");
  const query = /** @type {HTMLInputElement | null} */ (document.querySelector(".md-search__input"));
  const list = document.querySelector(".md-search-result__list");
  if (!meta || !query || !list) return;
  new MutationObserver(nameResults).observe(list, { childList: true });
  let rest = 0;
  const tell = () => {
    if (query.value.trim() === "") return;
    const has = document.querySelector(".md-search-result__item") !== null;
    announcer.say(`${meta.textContent}.${has ? ` ${say("The arrow keys lead through them.")}` : ""}`, "search");
  };
  const soon = () => {
    clearTimeout(rest);
    rest = setTimeout(tell, REST);
  };
  new MutationObserver(soon).observe(meta, { childList: true, characterData: true, subtree: true });
  query.addEventListener("input", soon); // the count may be the same again
}

/** A result is called by its heading, and by its page: not by all that it quotes, nor by nothing, as in Chromium. */
function nameResults() {
  for (const item of document.querySelectorAll(".md-search-result__item")) {
    const [page, ...sections] = [...item.querySelectorAll("a")].map((link) => ({
      link,
      title: link.querySelector("h1, h2")?.textContent?.trim() ?? "",
    }));
    if (page) page.link.ariaLabel = page.title;
    for (const { link, title } of sections) link.ariaLabel = say("{title}, in {page}", { title, page: page.title });
  }
}

/** Another page is read from its heading, or from the place that the address names. */
function followPages() {
  let isFirst = true;
  /** @type {any} */ (window).document$?.subscribe(() => {
    if (!isFirst) focus(named() ?? document.querySelector(".md-content h1"));
    isFirst = false;
  });
}
