/** Numbers in the code that have a control: they are dragged like one. A click on one picks it, to be typed over. */

import { snap } from "../state/parameters.mjs";

/** @import { Parameter } from "../python/protocol.mjs" */

/**
 * @typedef {object} Owner
 * @property {(name: string) => Parameter & {value: number} | undefined} number  as it stands in the code
 * @property {(name: string, value: number) => void} set
 * @property {(name: string) => void} pick
 */

/** Pixels in which a number goes through all that it may be, and those that are no drag yet. */
const [WHOLE, STILL] = [300, 3];

/** @param {HTMLElement} part  with `[data-literal]` in it, now or later @param {Owner} owner */
export function dragNumbers(part, owner) {
  /** @type {{name: string, x: number, value: number, isMoved: boolean, pointer: number} | undefined} */
  let held;
  part.addEventListener(
    "pointerdown",
    (event) => {
      const literal = /** @type {HTMLElement | null} */ (
        /** @type {Element} */ (event.target).closest("[data-literal]")
      );
      const name = literal?.dataset.literal ?? "";
      const number = literal && event.button === 0 ? owner.number(name) : undefined;
      if (number === undefined) return;
      held = { name, x: event.clientX, value: number.value, isMoved: false, pointer: event.pointerId };
    },
    { capture: true },
  );
  // The text would be selected, and the caret would come, while the number is dragged.
  part.addEventListener(
    "mousedown",
    (event) => {
      if (!held) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
  part.addEventListener("pointermove", (event) => {
    if (held?.pointer !== event.pointerId) return;
    const by = event.clientX - held.x;
    if (!held.isMoved && Math.abs(by) <= STILL) return;
    if (!held.isMoved) part.setPointerCapture(event.pointerId);
    held.isMoved = true;
    part.toggleAttribute("data-dragging", true);
    const number = owner.number(held.name);
    if (number === undefined) return;
    const { min, max, step } = number;
    const per = min != null && max != null ? (max - min) / WHOLE : (step ?? 1) / 4;
    owner.set(held.name, snap(held.value + by * per, number));
  });
  for (const type of ["pointerup", "pointercancel"])
    part.addEventListener(type, (event) => {
      if (held?.pointer !== /** @type {PointerEvent} */ (event).pointerId) return;
      const { name, value, isMoved } = held;
      held = undefined;
      part.toggleAttribute("data-dragging", false);
      if (!isMoved && type === "pointerup") owner.pick(name);
      if (isMoved && type === "pointercancel") owner.set(name, value); // the page was scrolled
    });
}
