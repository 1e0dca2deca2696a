/** What is known of the reader's link. */

/** Whether bytes are dear or slow here: then nothing is fetched before it is asked for, and the least of it. */
export function isMetered() {
  const { saveData, type, effectiveType } = /** @type {any} */ (navigator).connection ?? {};
  return saveData === true || type === "cellular" || ["slow-2g", "2g", "3g"].includes(effectiveType);
}
