/** Small pictures on canvases: grey ones, and ones whose colours Python chose. The style sheet enlarges them. */

import { make } from "../../lab/parts.mjs";

/**
 * @param {Uint8Array} pixels  one byte a pixel, or three
 * @param {string} label  what is to be seen; empty where a text beside it says so
 */
export function picture(pixels, label = "") {
  const isGrey = Number.isInteger(Math.sqrt(pixels.length));
  const size = Math.round(Math.sqrt(isGrey ? pixels.length : pixels.length / 3));
  const told = label ? { role: "img", "aria-label": label } : { "aria-hidden": true };
  const canvas = make("canvas", { width: size, height: size, className: "picture", ...told });
  canvas.classList.toggle("signed", !isGrey);
  fill(canvas, pixels);
  return canvas;
}

/** @param {HTMLCanvasElement} canvas @param {Uint8Array} pixels  one byte a pixel, or three */
export function fill(canvas, pixels) {
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const count = canvas.width * canvas.height;
  const channels = pixels.length / count;
  const image = pen.createImageData(canvas.width, canvas.height);
  for (let i = 0; i < count; i++) {
    for (let channel = 0; channel < 3; channel++)
      image.data[4 * i + channel] = pixels[i * channels + (channel % channels)];
    image.data[4 * i + 3] = 255;
  }
  pen.putImageData(image, 0, 0);
}

/** @param {Uint8Array} bytes */
export const base64Of = (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
};

/** Asks the reader for a file. @param {string} accept @param {(file: File) => void} take */
export function ask(accept, take) {
  const input = make("input", { type: "file", accept });
  input.addEventListener("change", () => input.files?.[0] && take(input.files[0]));
  input.click();
}
