/** Sliders under a finger: a scroll of the page that begins on one leaves it as it was. */

/** @param {HTMLElement} part  with sliders in it, now or later */
export function keepOnScroll(part) {
  /** @type {{slider: HTMLInputElement, value: string} | undefined} */
  let held;
  part.addEventListener(
    "pointerdown",
    ({ target }) => {
      held =
        target instanceof HTMLInputElement && target.type === "range"
          ? { slider: target, value: target.value }
          : undefined;
    },
    { capture: true },
  );
  // The browser takes the finger for a scroll of its own: the slider has followed it already.
  part.addEventListener("pointercancel", () => {
    const { slider, value } = held ?? {};
    held = undefined;
    if (!slider || value === undefined || slider.value === value) return;
    slider.value = value;
    for (const type of ["input", "change"]) slider.dispatchEvent(new Event(type, { bubbles: true }));
  });
}
