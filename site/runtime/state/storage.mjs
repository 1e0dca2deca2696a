/**
 * What the reader's browser keeps for this site: edits and settings, in localStorage, one key each. Nothing in here
 * throws: what is damaged counts as not there, and what cannot be kept is told once.
 */

import { PREFIX } from "../config.mjs";

/**
 * Another text of a cell that the reader has not decided on: their edit of an older page, their own from before a link,
 * another tab's, or one from a file.
 * @typedef {{why: "page" | "own" | "tab" | "visit" | "file", source: string}} Offer
 *
 * @typedef {object} Kept  what is kept of a cell
 * @property {string | null} source  the reader's text; null is the cell as it was built
 * @property {string} built  the version of the built source that it was made from
 * @property {Offer[]} offers
 *
 * @typedef {"full" | "forbidden"} Trouble
 */

const EDIT = `${PREFIX}edit/`;
const SETTING = `${PREFIX}setting/`;
const REASONS = ["page", "own", "tab", "visit", "file"];
/** Undecided texts of one cell that are kept. */
const OFFERS = 4;

/** @param {string} page @param {string} id */
const keyOf = (page, id) => `${EDIT}${encodeURIComponent(page)}#${id}`;

/** What a key is of; undefined if it is none of ours. @param {string} key */
function placeOf(key) {
  const [page, id] = key.slice(EDIT.length).split("#");
  try {
    return { page: decodeURIComponent(page), id };
  } catch {
    return undefined;
  }
}

/** A short name for a text: two rounds of FNV-1a, 32 bits each. @param {string} text */
export function versionOf(text) {
  let [a, b] = [0x811c9dc5, 0xc9dc5118];
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(text.length - 1 - i), 0x01000193);
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}

/** Of the reader's own visits: what is embedded in somebody's page keeps nothing. It may be forbidden to ask for it. */
function ofSite() {
  if (globalThis.document?.documentElement.dataset.embed !== undefined) throw new DOMException("embedded");
  return localStorage;
}

/** @param {string} key @returns {string | null} */
export function get(key, from = ofSite) {
  try {
    return from().getItem(key);
  } catch {
    return null; // said when something is to be kept
  }
}

/** @param {string} key @param {string | null} text  null: nothing @returns {Trouble | undefined} why it is not kept */
export function put(key, text, into = ofSite) {
  try {
    if (text === null) into().removeItem(key);
    else into().setItem(key, text);
    return undefined;
  } catch (error) {
    const isFull = ["QuotaExceededError", "NS_ERROR_DOM_QUOTA_REACHED"].includes(/** @type {Error} */ (error)?.name);
    return isFull ? "full" : "forbidden";
  }
}

/** Forgets what is kept under keys that begin so. @param {string} prefix */
export function forget(prefix) {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}

/** A record that was kept; undefined if it is none of ours. @param {string | null} text @returns {Kept | undefined} */
export function read(text) {
  try {
    const { source, built, offers } = JSON.parse(text ?? "null") ?? {};
    const isText = source === null || typeof source === "string";
    if (!isText || typeof built !== "string" || !Array.isArray(offers)) return undefined;
    const good = offers.filter((offer) => REASONS.includes(offer?.why) && typeof offer.source === "string");
    return { source, built, offers: good.slice(0, OFFERS).map(({ why, source }) => ({ why, source })) };
  } catch {
    return undefined;
  }
}

/** The reader's texts of all pages. @returns {{page: string, id: string, source: string}[]} */
export function edits() {
  const keys = (() => {
    try {
      return Object.keys(ofSite()).filter((key) => key.startsWith(EDIT));
    } catch {
      return [];
    }
  })();
  return keys.flatMap((key) => {
    const place = placeOf(key);
    const source = read(get(key))?.source;
    return place && typeof source === "string" ? [{ ...place, source }] : [];
  });
}

/**
 * A text from a file waits at its cell for the reader's word.
 * @param {string} page @param {string} id @param {string} source @returns {boolean} whether there was none like it
 */
export function offer(page, id, source) {
  const kept = read(get(keyOf(page, id))) ?? { source: null, built: "", offers: [] };
  if (kept.source === source || kept.offers.some((one) => one.source === source)) return false;
  const offers = [{ why: "file", source }, ...kept.offers].slice(0, OFFERS);
  return put(keyOf(page, id), JSON.stringify({ ...kept, offers })) === undefined;
}

/** Events: `trouble` (once a kind) with what is the matter, `edit` when another tab changed what is kept of a cell. */
export class Store extends EventTarget {
  /** @type {Set<Trouble>} */
  #told = new Set();
  /** What this tab last saw under each key. @type {Map<string, string | null>} */
  #seen = new Map();

  constructor() {
    super();
    globalThis.addEventListener?.("storage", (event) => {
      const { key } = /** @type {StorageEvent} */ (event);
      if (key?.startsWith(EDIT)) this.#look(key); // it may tell, late, what this page wrote before it was loaded again
    });
  }

  /** @param {string} page @param {string} id @returns {Kept | undefined} */
  edit(page, id) {
    const key = keyOf(page, id);
    const text = get(key);
    this.#seen.set(key, text);
    return read(text);
  }

  /** @param {string} page @param {string} id @param {() => Kept} kept  asked when another tab's has been told */
  keepEdit(page, id, kept) {
    const key = keyOf(page, id);
    this.#look(key);
    const record = kept();
    const isNothing = record.source === null && record.offers.length === 0;
    const text = isNothing ? null : JSON.stringify({ ...record, offers: record.offers.slice(0, OFFERS) });
    const trouble = put(key, text);
    if (trouble) this.#tell(trouble);
    else this.#seen.set(key, text);
  }

  /** @param {string} name @returns {string | null} */
  setting(name) {
    return get(SETTING + name);
  }

  /** @param {string} name @param {string} value */
  keepSetting(name, value) {
    put(SETTING + name, value);
  }

  /** Forgets all edits of this site, of whatever page. */
  forgetEdits() {
    forget(EDIT);
    this.#seen.clear();
  }

  /** Tells what is kept under a key, if this tab has not seen it. @param {string} key */
  #look(key) {
    const text = get(key);
    if (text === (this.#seen.get(key) ?? null)) return;
    this.#seen.set(key, text);
    const place = placeOf(key);
    if (place) this.dispatchEvent(new CustomEvent("edit", { detail: { ...place, kept: read(text) } }));
  }

  /** @param {Trouble} trouble */
  #tell(trouble) {
    if (this.#told.has(trouble)) return;
    this.#told.add(trouble);
    this.dispatchEvent(new CustomEvent("trouble", { detail: trouble }));
  }
}
