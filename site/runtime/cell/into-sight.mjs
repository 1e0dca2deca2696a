/** What came of a run, in sight: the output stands above the code, an error right before it. */

/** Pixels of it that are enough to see that it has changed. */
const ENOUGH = 120;

/** Below the bar of the page. @param {HTMLElement[]} parts  the first that has something counts */
export function bringIntoSight(parts) {
  const part = parts.find(({ offsetHeight }) => offsetHeight > 0);
  const bar = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
  if (part === undefined) return;
  const { top, bottom, height } = part.getBoundingClientRect();
  const enough = Math.min(height, ENOUGH);
  if (bottom < bar + enough) part.scrollIntoView({ block: "start" });
  else if (top + enough > innerHeight) part.scrollIntoView({ block: "nearest" });
}
