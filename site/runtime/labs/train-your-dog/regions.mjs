/** Small pictures of the plane, painted cell by cell: what a network says where, and what each neuron does there. */

/** @typedef {[red: number, green: number, blue: number]} Colour */

/**
 * The colours of the page as it is now, by day or by night.
 * @param {Element} element
 * @param {string[]} kinds  each of which has a colour of its own, by its name
 */
export function palette(element, kinds) {
  const style = getComputedStyle(element);
  const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  const read = (/** @type {string} */ name) => {
    pen.fillStyle = style.getPropertyValue(`--${name}`).trim();
    const hex = pen.fillStyle;
    return /** @type {Colour} */ ([1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));
  };
  return {
    paper: read("surface"),
    ink: read("ink"),
    kinds: kinds.map(read),
    below: read("negative"),
    above: read("positive"),
  };
}

/** @typedef {ReturnType<typeof palette>} Palette */

/**
 * Every cell in the colour of the most probable kind, the paler the less sure.
 * @param {HTMLCanvasElement} canvas  as many pixels as there are cells
 * @param {Uint8Array} probabilities  of each kind in each cell, as bytes
 * @param {Palette} colours
 */
export function paintKinds(canvas, probabilities, { paper, kinds }) {
  const count = kinds.length;
  paint(canvas, (cell, pixels, at) => {
    let best = 0;
    for (let k = 1; k < count; k++) if (probabilities[cell * count + k] > probabilities[cell * count + best]) best = k;
    const sure = Math.max(0, probabilities[cell * count + best] / 255 - 1 / count) / (1 - 1 / count);
    mix(pixels, at, paper, kinds[best], 0.08 + 0.5 * sure);
  });
}

/**
 * One kind's probability: the stronger the more probable.
 * @param {HTMLCanvasElement} canvas @param {Uint8Array} probabilities @param {number} kind @param {Palette} colours
 */
export function paintKind(canvas, probabilities, kind, { paper, kinds }) {
  paint(canvas, (cell, pixels, at) =>
    mix(pixels, at, paper, kinds[kind], (0.9 * probabilities[cell * kinds.length + kind]) / 255),
  );
}

/**
 * A neuron's output: one colour above 0, another below, the paler the nearer to 0.
 * @param {HTMLCanvasElement} canvas
 * @param {Uint8Array} outputs  128 is 0
 * @param {number} start  where this neuron's begin
 * @param {Palette} colours
 */
export function paintNeuron(canvas, outputs, start, { paper, below, above }) {
  paint(canvas, (cell, pixels, at) => {
    const value = (outputs[start + cell] - 128) / 127;
    mix(pixels, at, paper, value < 0 ? below : above, Math.min(0.9, Math.abs(value)));
  });
}

/** An input: its value, -1 to 1. @param {HTMLCanvasElement} canvas @param {"x" | "y"} axis @param {Palette} colours */
export function paintInput(canvas, axis, { paper, below, above }) {
  const side = canvas.width;
  paint(canvas, (cell, pixels, at) => {
    const along = axis === "x" ? cell % side : side - 1 - Math.floor(cell / side);
    const value = ((along + 0.5) / side) * 2 - 1;
    mix(pixels, at, paper, value < 0 ? below : above, 0.9 * Math.abs(value));
  });
}

/** @param {HTMLCanvasElement} canvas @param {(cell: number, pixels: Uint8ClampedArray, at: number) => void} colour */
function paint(canvas, colour) {
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = pen.createImageData(canvas.width, canvas.height);
  for (let cell = 0; cell < canvas.width * canvas.height; cell++) colour(cell, image.data, 4 * cell);
  pen.putImageData(image, 0, 0);
}

/**
 * @param {Uint8ClampedArray} pixels @param {number} at @param {Colour} paper @param {Colour} colour
 * @param {number} share
 */
function mix(pixels, at, paper, colour, share) {
  for (let i = 0; i < 3; i++) pixels[at + i] = paper[i] + share * (colour[i] - paper[i]);
  pixels[at + 3] = 255;
}
