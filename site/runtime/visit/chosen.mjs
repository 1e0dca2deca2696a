/** A file that the reader chose: read, or told why it is not used. */

import { limits } from "../config.mjs";
import { say } from "../words/say.mjs";

/**
 * @param {HTMLInputElement} input  another file, or the same, may be chosen after one that is not used
 * @param {(text: string, name: string) => unknown} use @param {(words: string) => void} tell
 */
export async function readChosen(input, use, tell) {
  const [file] = input.files ?? [];
  if (!file) return;
  try {
    if (file.size > limits.file)
      throw new Error(say("it has {size} bytes; at most {most} are read", { size: file.size, most: limits.file }));
    await use(await file.text(), file.name);
  } catch (error) {
    tell(say("{name} cannot be used: {why}.", { name: file.name, why: /** @type {Error} */ (error).message }));
    input.value = "";
  }
}
