/** By which a file is known. */

/**
 * @param {ArrayBuffer | Uint8Array} content
 * @returns {Promise<string | undefined>} SHA-256 in 64 digits; nothing where the browser computes none (plain http)
 */
export async function sha256(content) {
  if (!globalThis.crypto?.subtle) return undefined;
  const hash = await crypto.subtle.digest("SHA-256", /** @type {BufferSource} */ (content));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
