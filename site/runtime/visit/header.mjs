/**
 * Where the focus goes when the menu or the search opens and closes, and when another page takes the place of one:
 * never to nowhere. What the search found is told.
 */

import { announcer } from "../page/announcer.mjs";
import { isLink } from "../state/fragment.mjs";

/** Below these widths menu and search cover the page. */
const COVERS = { drawer: matchMedia("(max-width: 76.234375em)"), search: matchMedia("(max-width: 59.984375em)") };
/** What cannot be reached while they do. */
const BEHIND = {
  drawer: ".md-header, .md-content, .md-sidebar--secondary, .md-footer, .md-top, [data-md-component=skip]",
  search: ".md-container, [data-md-component=skip], .md-header__button",
};
/** Milliseconds without a new count before it is told. */
const REST = 600;

export function followHeader() {
  followBox("drawer");
  followBox("search");
  followSearch();
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

/** @param {"drawer" | "search"} name */
function followBox(name) {
  const box = /** @type {HTMLInputElement | null} */ (document.getElementById(`__${name}`));
  const button = document.querySelector(`[data-toggle="${name}"][aria-expanded]`);
  if (!box || !button) return;
  /** What had the focus before, and the key or the link that closes it. @type {Element | null} */
  let before = null;
  let way = "";
  const panel = () => document.querySelector(name === "drawer" ? ".md-sidebar--primary" : ".md-search__inner");
  const show = () => {
    const covers = box.checked && COVERS[name].matches;
    for (const part of document.querySelectorAll(BEHIND[name])) part.toggleAttribute("inert", covers);
  };
  document.addEventListener("focusin", ({ target, relatedTarget }) => {
    const [to, from] = [target, relatedTarget].map((one) => (one instanceof Element ? one : null));
    if (to && panel()?.contains(to) && !panel()?.contains(from)) before = from;
  });
  document.addEventListener(
    "keydown",
    ({ key }) => {
      way = key;
      if (key === "Escape" && name === "drawer" && box.checked) box.click();
    },
    { capture: true },
  );
  addEventListener("pointerdown", () => (way = ""), { capture: true });
  addEventListener(
    "click",
    ({ target }) => {
      const link = target instanceof Element ? target.closest("a[href]") : null;
      if (link && panel()?.contains(link)) way = "link";
    },
    { capture: true },
  );
  COVERS[name].addEventListener("change", show);
  box.addEventListener("change", () => {
    const wasIn = panel()?.contains(document.activeElement) || document.activeElement === document.body;
    if (!box.checked && way === "link") {
      show();
      if (wasIn) focus(named() ?? document.querySelector(".md-content h1"));
      return;
    }
    show();
    if (box.checked && COVERS[name].matches) {
      before = button;
      // What was invisible a moment ago takes the focus when it is there.
      requestAnimationFrame(() =>
        focus(panel()?.querySelector("input, [aria-current]") ?? panel()?.querySelector("a")),
      );
    } else if (!box.checked && wasIn && way !== "Tab") {
      const back = COVERS[name].matches || !before?.isConnected || before === document.body ? button : before;
      const isThere = back instanceof HTMLElement && back.offsetParent !== null;
      const place = isThere ? back : document.querySelector(".md-content h1");
      // After Material's script, which takes the focus away: in the same task, or on a busy machine a little later.
      requestAnimationFrame(() => focus(place));
      setTimeout(() => document.activeElement === document.body && focus(place), LATER);
    }
  });
}

function followSearch() {
  const meta = document.querySelector(".md-search-result__meta");
  const query = /** @type {HTMLInputElement | null} */ (document.querySelector(".md-search__input"));
  const list = document.querySelector(".md-search-result__list");
  if (!meta || !query || !list) return;
  new MutationObserver(nameResults).observe(list, { childList: true });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;
  const tell = () => {
    if (query.value.trim() === "") return;
    const has = document.querySelector(".md-search-result__item") !== null;
    announcer.say(`${meta.textContent}.${has ? " The arrow keys lead through them." : ""}`, "search");
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
    for (const { link, title } of sections) link.ariaLabel = `${title}, in ${page.title}`;
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
