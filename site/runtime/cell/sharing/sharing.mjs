/** What a reader passes on of a cell: its link as a code for a camera, and as a frame for a page of their own. */

import { generate } from "lean-qr";
import { set } from "../../page/attributes.mjs";
import { makeButton } from "../../page/button.mjs";
import { copy, linkTo } from "../../state/link.mjs";
import { say } from "../../words/say.mjs";

/** @import { Edit } from "../../state/link.mjs" */

/** Characters that can be read off a screen by a telephone some metres away. */
const READABLE = 1200;
/** Modules of white that belong to a code (ISO/IEC 18004). */
const QUIET = 4;
const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/**
 * @param {{id: string, title: string}} cell @param {Record<string, Edit>} edits
 * @returns {Promise<string>} what came of it, in words; "" if it can be seen
 */
export async function showCode({ id, title }, edits) {
  try {
    const link = await linkTo(id, edits);
    if (link.length > READABLE)
      return say("Too much for a QR code: the link has {length} characters, a camera reads at most {most}.", {
        ...{ length: link.length, most: READABLE },
      });
    open(title, link, drawn(generate(link)));
    return "";
  } catch (error) {
    return say("There is no QR code: {why}", { why: /** @type {Error} */ (error).message });
  }
}

/** @typedef {{size: number, get: (x: number, y: number) => boolean}} Code */

/** One path: a square for each dark module. @param {Code} code */
function drawn(code) {
  const { size } = code;
  let path = "";
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
  const all = size + 2 * QUIET;
  const [svg, squares] = ["svg", "path"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
  set(squares, { d: path });
  set(svg, { viewBox: `${-QUIET} ${-QUIET} ${all} ${all}`, "aria-hidden": "true" }); // the link below says the same
  svg.append(squares);
  return svg;
}

/** @param {string} title @param {string} link @param {SVGElement} picture */
function open(title, link, picture) {
  const close = makeButton(say("Close"), "close", () => dialog.close());
  const dialog = Object.assign(document.createElement("dialog"), { className: "md-typeset qr" });
  set(dialog, { "aria-label": say("QR code: {title}", { title }) });
  dialog.append(picture, Object.assign(document.createElement("a"), { href: link, textContent: link }), close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * @param {HTMLElement} element  the cell's @param {string} title @param {Record<string, Edit>} edits
 * @returns {Promise<string>} what came of it, in words
 */
export async function copyFrame(element, title, edits) {
  try {
    const address = new URL(await linkTo("", edits));
    address.searchParams.set("embed", element.id);
    const frame = document.createElement("iframe");
    set(frame, {
      title: `${title}: ${document.title}`,
      src: address.href,
      width: "100%",
      height: Math.ceil(element.offsetHeight) + 80,
      style: "border: 0",
      loading: "lazy",
      sandbox: SANDBOX,
      allow: "clipboard-write",
    });
    return await copy(frame.outerHTML, say("The frame for your page is copied, as HTML."));
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
}
