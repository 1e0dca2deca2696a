/** What scrolls sideways can be reached and scrolled by key: it takes focus while, and only while, it overflows. */

const SCROLLERS = ".katex-display, .md-typeset__scrollwrap, [data-output], .highlight code";

/** @param {Element} element */
function update(element) {
  if (!(element instanceof HTMLElement)) return;
  const overflows = element.scrollWidth > element.clientWidth + 1;
  if (overflows && !element.hasAttribute("tabindex")) {
    element.tabIndex = 0;
    element.dataset.scrolls = "";
  } else if (!overflows && element.dataset.scrolls !== undefined) {
    element.removeAttribute("tabindex");
    delete element.dataset.scrolls;
  }
}

const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => update(target)));

/** @param {ParentNode} part  where to look for what may scroll */
export function watchScrollers(part) {
  for (const element of part.querySelectorAll(SCROLLERS)) sizes.observe(element);
}
