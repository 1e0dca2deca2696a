/**
 * Numbers as the language of the page writes them in its sentences; py/cells/page/prose.py has the same. Code, what
 * code prints, axes and controls keep Python's way.
 */

/** What stands in place of Python's signs; English has its own. @type {Record<string, Record<string, string>>} */
const SIGNS = { de: { ".": ",", ",": "\u202f", "%": "\u202f%" } };
const NUMBER = /(\d+(?:,\d{3})*)(\.\d+)?(%?)/g;

/** A value's text in a sentence. @param {string} text @param {string} [language] */
export function inProse(text, language = globalThis.document?.documentElement.lang ?? "en") {
  const signs = SIGNS[language];
  if (signs === undefined || text.includes("[")) return text; // a list is code
  return text.replace(NUMBER, (_, /** @type {string} */ number, parts = "", share = "") => {
    const digits = number.replaceAll(",", "");
    const isLong = digits.length > 4 || number.includes(",");
    const whole = isLong ? digits.replace(/\B(?=(\d{3})+$)/g, signs[","]) : digits;
    return whole + parts.replace(".", signs["."]) + (share && signs["%"]);
  });
}
