/** A link to edits as it stands in an address; what a page begins with knows it before any other script is there. */

/**
 * @typedef {object} Link
 * @property {string} pathname  of the page that it is for
 * @property {string} hash
 * @property {string} visit  it, and the entry of the browser's history that it stands in: a new visit of it has another
 */

/** @param {string} fragment */
export const isLink = (fragment) => /^#v\d+\./.test(fragment);

/** The link in the address of the page in sight. @returns {Link | undefined} */
export function linkHere() {
  const { pathname, hash } = location;
  if (!isLink(hash)) return undefined;
  const { navigation } = /** @type {any} */ (globalThis);
  return { pathname, hash, visit: `${navigation?.currentEntry?.key ?? ""} ${pathname}${hash}` };
}
