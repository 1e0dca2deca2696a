/** Attributes of an element, written where they are not so yet; null and undefined take one away. */

/** @param {Element} element @param {Record<string, string | number | null | undefined>} attributes */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
  }
}
