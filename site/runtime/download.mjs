/** Fetches and starts Python for the worker: counts the bytes as they come, checks every file, names the one that fails. */

import { urls } from "./config.mjs";

/**
 * @typedef {{pyodide: string, numpy: string, files: Record<string, {bytes: number, sha256: string}>}} Manifest
 * @typedef {(phase: string, loaded: number, total: number) => void} Progress
 */

/** Files that come by `import`, where nothing can be counted. */
const IMPORTED = /\.mjs$/;
const NUMPY = /^pyodide\/numpy-.*\.whl$/;

/**
 * @param {Progress} progress
 * @returns {Promise<{pyodide: any, versions: {python: string, numpy: string}}>}
 * @throws {Error} saying which file failed, and why
 */
export async function fetchPython(progress) {
  progress("Fetching Python", 0, 0);
  const manifest = await readManifest();
  const download = new Download(manifest, progress);
  self.fetch = download.fetch;
  download.ahead("python.zip", NUMPY);
  const pyodide = await download.explain(async () => {
    const { loadPyodide } = await import(urls.pyodide + "pyodide.mjs").catch(() => {
      throw new Error(`pyodide.mjs could not be loaded from ${urls.pyodide}`);
    });
    const quiet = () => {};
    const pyodide = await loadPyodide({ indexURL: urls.pyodide, packageBaseUrl: urls.pyodide, stdout: quiet, stderr: quiet });
    /** @type {string[]} */
    const problems = [];
    await pyodide.loadPackage("numpy", {
      messageCallback: quiet,
      errorCallback: (/** @type {string} */ problem) => problems.push(problem),
    });
    if (!pyodide.loadedPackages.numpy) throw new Error(`NumPy could not be loaded: ${problems.join("; ") || "no reason given"}`);
    pyodide.FS.writeFile("/site.zip", new Uint8Array(await (await fetch(urls.python)).arrayBuffer()));
    return pyodide;
  });
  const version = pyodide.runPython(`
import sys
sys.path.insert(0, "/site.zip")
import numpy, cells.host
sys.version.split()[0]`);
  return { pyodide, versions: { python: version, numpy: manifest.numpy } };
}

/** @returns {Promise<Manifest>} */
async function readManifest() {
  const response = await fetch(urls.manifest).catch(() => {
    throw new Error("manifest.json: no answer from the server. Is the network there?");
  });
  refuse("manifest.json", response);
  return response.json().catch(() => {
    throw new Error("manifest.json: what came is not JSON");
  });
}

/** @param {string} file @param {Response} response */
function refuse(file, response) {
  if (!response.ok) throw new Error(`${file}: the server answered ${response.status} ${response.statusText}`.trim());
  if (response.headers.get("content-type")?.startsWith("text/html")) {
    throw new Error(`${file}: a web page came in its place (from a proxy or a sign-in page?)`);
  }
}

class Download {
  #plain = self.fetch.bind(self);
  #loaded = 0;
  #total = 0;
  /** @type {Promise<void>[]} */
  #checks = [];
  /** The first failure: what Pyodide makes of it says less. @type {Error | undefined} */
  #failure;
  /** @type {(failure: Error) => void} */
  #break = () => {};
  /** Rejected by the first failure. @type {Promise<never>} */
  #broken = new Promise((_, reject) => (this.#break = reject));
  /** Answers that were asked for before they are needed, by address. @type {Map<string, Promise<Response>>} */
  #ahead = new Map();

  /** @param {Manifest} manifest @param {Progress} progress */
  constructor(manifest, progress) {
    this.manifest = manifest;
    this.progress = progress;
    this.#broken.catch(() => {}); // told where it is awaited
    self.addEventListener("unhandledrejection", (event) => {
      if (event.reason === this.#failure) event.preventDefault(); // one that Pyodide does not await; it has been told
    });
    for (const [file, { bytes }] of Object.entries(manifest.files)) {
      if (this.#isCounted(file)) this.#total += bytes;
    }
  }

  /** @param {string} file */
  #isCounted(file) {
    return (file.startsWith("pyodide/") || file === "python.zip") && !IMPORTED.test(file);
  }

  /** Asks for files that will be needed, so that they come side by side. @param {...(string | RegExp)} wanted */
  ahead(...wanted) {
    for (const pattern of wanted) {
      const file = Object.keys(this.manifest.files).find((file) => (pattern instanceof RegExp ? pattern.test(file) : pattern === file));
      if (file === undefined) continue;
      const url = urls.vendor + file;
      const answer = this.fetch(url);
      answer.catch(() => {}); // told where it is awaited
      this.#ahead.set(url, answer);
    }
  }

  /**
   * In place of `fetch`. What is counted is a clone, so that WebAssembly still compiles while it streams. The clone is
   * checked too, so `integrity`, which would hold the stream back and name no file, is not needed.
   *
   * @param {string | URL | Request} input
   * @param {RequestInit} [options]
   */
  fetch = async (input, options) => {
    const url = input instanceof Request ? input.url : new URL(input, self.location.href).href;
    const file = url.startsWith(urls.vendor) ? url.slice(urls.vendor.length) : undefined;
    if (file === undefined) return this.#plain(input, options);
    const early = this.#ahead.get(url);
    if (early !== undefined && this.#ahead.delete(url)) return early;
    try {
      const { integrity, ...others } = options ?? {};
      const response = await this.#plain(input, others).catch(() => {
        throw new Error(`${file}: no answer from the server. Is the network there?`);
      });
      refuse(file, response);
      const check = this.#count(file, response.clone()).catch((error) => {
        throw this.#fail(error);
      });
      check.catch(() => {});
      this.#checks.push(check);
      return response;
    } catch (error) {
      throw this.#fail(/** @type {Error} */ (error));
    }
  };

  /**
   * Waits for the work and for every check. A bad file ends it at once, for Pyodide may wait for such a file for ever;
   * of several errors the one that names a file is the cause.
   *
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async explain(work) {
    try {
      const result = await Promise.race([work(), this.#broken]);
      await Promise.all(this.#checks);
      return /** @type {T} */ (result);
    } catch (error) {
      if (this.#failure === undefined) await Promise.allSettled(this.#checks);
      throw this.#failure ?? error;
    }
  }

  /** @param {Error} error */
  #fail(error) {
    this.#failure ??= error;
    this.#break(this.#failure);
    return this.#failure;
  }

  /** @param {string} file @param {Response} clone */
  async #count(file, clone) {
    const expected = this.manifest.files[file];
    const parts = [];
    let bytes = 0;
    const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (clone.body).getReader();
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new Error(`${file}: the connection broke after ${bytes} bytes`);
      });
      if (done) break;
      parts.push(value);
      bytes += value.length;
      if (!this.#isCounted(file)) continue;
      this.#loaded += value.length;
      this.progress(this.#loaded < this.#total ? "Fetching Python" : "Starting Python", this.#loaded, this.#total);
    }
    if (expected === undefined) return;
    if (bytes !== expected.bytes) throw new Error(`${file}: ${bytes} bytes came, expected ${expected.bytes}`);
    if (!self.crypto.subtle) return; // plain http from another machine: the size must do
    const sha256 = await self.crypto.subtle.digest("SHA-256", await new Blob(parts).arrayBuffer());
    const found = Array.from(new Uint8Array(sha256), (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (found !== expected.sha256) {
      throw new Error(`${file}: sha256 is ${found.slice(0, 8)}…, expected ${expected.sha256.slice(0, 8)}…; the file was not used`);
    }
  }
}
