/** What is rarely wanted of a cell, in a pop-over: the browser opens and closes it, here are the keys within. */

/** @param {HTMLElement} menu  `[data-part="menu"]` */
export function followMenu(menu) {
  const buttons = () => [...menu.querySelectorAll("button")];
  menu.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "open") buttons()[0]?.focus();
  });
  menu.addEventListener("click", () => menu.hidePopover());
  menu.addEventListener("keydown", (event) => {
    const all = buttons();
    const at = all.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    all.at(next % all.length)?.focus();
  });
}
