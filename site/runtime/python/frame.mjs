/**
 * The place where readers' code runs: a worker in a frame of an origin of its own, which shares nothing with the site
 * and whose policy lets nothing in or out. Code and bytes reach it by message alone.
 */

import { say } from "../words/say.mjs";

/** @import { Delivery, Request } from "./protocol.mjs" */

/**
 * All that the frame itself does. The worker is a classic one: Chromium starts no module from a blob of an opaque
 * origin. The script's hash stands in the frame's policy and, as frames inherit it, in the page's.
 */
export const SCRIPT = `addEventListener("message", ({ data, ports: [control, python], source }) => {
  if (source !== parent) return;
  const worker = new Worker(URL.createObjectURL(new Blob([data], { type: "text/javascript" })), { name: "python" });
  worker.onerror = (event) => {
    event.preventDefault();
    control.postMessage(event.message || "the worker could not be started");
  };
  worker.postMessage(python, [python]);
  control.postMessage("");
}, { once: true });`;

/** `tests/unit/tools/python/test_start.py` holds it to the script. */
export const SCRIPT_HASH = "sha256-gMjaOjZt4x3yjOV0dFk6Hd3uwNcD96NdagU2LLY8EPw=";

const POLICY = [
  "default-src 'none'",
  `script-src '${SCRIPT_HASH}' blob: 'wasm-unsafe-eval'`,
  "worker-src blob:",
  "connect-src 'none'",
].join("; ");

/** Milliseconds after which a frame that has loaded and says nothing counts as forbidden. */
const PATIENCE = 20_000;

/**
 * @typedef {object} Sandbox
 * @property {(message: Delivery | Request, moved?: Transferable[]) => void} post  to the worker; it waits until that is
 *   there
 * @property {(hear: (message: any) => void) => void} hear  what the worker says: a `Message`, unless readers' code says
 *   it
 * @property {(code: string) => Promise<void>} run  starts the worker from its source; kept when it is there
 * @property {(broken: (message: string) => void) => void} watch  told when the worker breaks
 * @property {() => void} close  ends whatever runs in it
 */

/** @returns {Sandbox} */
export function openSandbox() {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.title = "Python";
  frame.setAttribute("sandbox", "allow-scripts");
  const policy = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
  frame.srcdoc = `<!doctype html>${policy}<script>${SCRIPT}</script>`;
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  document.documentElement.append(frame); // not into the body, which instant navigation may replace
  /** @type {(message: string) => void} */
  let broken = () => {};
  const control = new MessageChannel();
  const python = new MessageChannel();
  return {
    post: (message, moved = []) => python.port1.postMessage(message, moved),
    hear: (hear) => void (python.port1.onmessage = ({ data }) => hear(data)),
    async run(code) {
      await loaded;
      return new Promise((resolve, reject) => {
        const forbidden = () => reject(new Error(say("this browser does not let Python run in a frame of its own")));
        const timer = setTimeout(forbidden, PATIENCE);
        control.port1.onmessage = ({ data }) => {
          clearTimeout(timer);
          if (data === "") return resolve();
          reject(new Error(data));
          broken(data);
        };
        frame.contentWindow?.postMessage(code, "*", [control.port2, python.port2]);
      });
    },
    watch: (told) => void (broken = told),
    close() {
      python.port1.close();
      frame.remove();
    },
  };
}
