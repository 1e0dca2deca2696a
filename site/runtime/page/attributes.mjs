/** What our elements have: parts and buttons by name, and attributes. */

/**
 * Writes attributes where they are not so yet; null and undefined take one away.
 * @param {Element} element @param {Record<string, string | number | null | undefined>} attributes
 */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
  }
}

/** A part of an element of ours, which is there. @param {Element} owner @param {string} name */
export const partOf = (owner, name) => /** @type {HTMLElement} */ (owner.querySelector(`[data-part="${name}"]`));

/** A button in it. @param {Element} owner @param {string} action */
export const buttonOf = (owner, action) =>
  /** @type {HTMLButtonElement} */ (owner.querySelector(`[data-action="${action}"]`));
