/**
 * What scrolls can be reached and scrolled by key: it takes focus while, and only while, it overflows. The edge behind
 * which there is more says so: `data-more` is "left", "right", "down" or several, and css/output.css lets it fade.
 */

const SCROLLERS =
  ".katex-display, .md-typeset__scrollwrap, [data-output], [data-part=output], [data-rooms], .highlight code";

/** @param {Element} element */
function update(element) {
  if (!(element instanceof HTMLElement)) return;
  const { scrollWidth, clientWidth, scrollHeight, clientHeight, scrollLeft, scrollTop } = element;
  const isDown = element.dataset.part === "output" && scrollHeight > clientHeight + 1;
  const overflows = scrollWidth > clientWidth + 1 || isDown;
  const more = [
    overflows && scrollLeft > 1 && "left",
    overflows && scrollLeft + clientWidth < scrollWidth - 1 && "right",
    isDown && scrollTop + clientHeight < scrollHeight - 1 && "down",
  ].filter(Boolean);
  if ((element.dataset.more ?? "") !== more.join(" ")) element.dataset.more = more.join(" ");
  if (overflows && element.tabIndex < 0) {
    element.dataset.scrolls = element.getAttribute("tabindex") ?? "";
    element.tabIndex = 0;
  } else if (!overflows && element.dataset.scrolls !== undefined) {
    if (element.dataset.scrolls) element.setAttribute("tabindex", element.dataset.scrolls);
    else element.removeAttribute("tabindex");
    delete element.dataset.scrolls;
  }
}

const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => update(target)));
/** @type {WeakSet<Element>} */
const watched = new WeakSet();
const scrolled = (/** @type {Event} */ { target }) => update(/** @type {Element} */ (target));

/** @param {ParentNode} part  where to look for what may scroll */
export function watchScrollers(part) {
  const found = [...part.querySelectorAll(SCROLLERS)];
  if (part instanceof Element && part.matches(SCROLLERS)) found.push(part);
  for (const element of found) {
    if (watched.has(element)) continue;
    watched.add(element);
    sizes.observe(element);
    element.addEventListener("scroll", scrolled, { passive: true });
  }
}
