/** Starts Python in the worker from files that the page has sent: nothing else can be reached. */

import { boot, foldersOf } from "./snapshot.mjs";
import { inflater } from "./zstd.mjs";

/** @import { Facts } from "../download.mjs" */
/** @import { Way } from "../ways.mjs" */

/** No such place: Pyodide asks for its files there, and is given what the page sent. */
const BASE = "https://python.invalid/";
const NOTHING = `${BASE}nothing`;
const SITE = "/site.zip";
/** What Pyodide asks for that no file is, by the address below BASE. @type {Map<string, Promise<ArrayBuffer>>} */
const handed = new Map();

/** What `import js` finds. The snapshot is made with the same names. */
export const jsglobals = () => ({
  AbortController,
  AbortSignal,
  Array,
  Date,
  Error,
  Map,
  Math,
  Object,
  Promise,
  Reflect,
  Set,
  Symbol,
  TypeError,
});

/** What no code in the worker needs once Python runs. The frame's policy forbids its use anyway. */
const REMOVED = (
  "fetch Request XMLHttpRequest WebSocket WebSocketStream EventSource WebTransport importScripts Worker SharedWorker " +
  "indexedDB caches CacheStorage BroadcastChannel navigator location close postMessage webkitRequestFileSystem " +
  "webkitRequestFileSystemSync webkitResolveLocalFileSystemURL Notification cookieStore FontFace fonts"
).split(" ");

/** @typedef {(name: string) => Promise<ArrayBuffer>} Files  those that the page sends, when they have come */
/**
 * @typedef {<T>(name: string, use: (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => Promise<T>) => Promise<T>}
 *   Stream  one that is used while it comes
 */

/** When each part of a start was done, in milliseconds since 1970. @type {Record<string, number>} */
export const times = {};

/** @param {string} part */
export const note = (part) => void (times[part] = performance.timeOrigin + performance.now());

/** @template T @param {string} part @param {Promise<T>} made */
function timed(part, made) {
  void made.then(
    () => note(part),
    () => {},
  );
  return made;
}

/** @typedef {(name: string, bytes?: number) => Promise<ArrayBuffer>} Inflated  a file as it was before zstd */

/** @param {Files} files @param {Stream} stream @returns {Inflated} */
function inflating(files, stream) {
  const ready = files("start/zstd.wasm").then(inflater);
  ready.catch(() => {}); // told when it is waited for
  return (name, bytes = 0) =>
    stream(name, async (parts) => {
      const inflate = await ready;
      let content = new Uint8Array(bytes || 1 << 22);
      let at = 0;
      await inflate(parts, (piece) => {
        if (at + piece.length > content.length) {
          const more = new Uint8Array(2 * content.length);
          more.set(content);
          content = more;
        }
        content.set(piece, at);
        at += piece.length;
      });
      return at === content.length ? content.buffer : content.buffer.slice(0, at);
    });
}

/** @param {BufferSource} content */
const compile = (content) => WebAssembly.compile(content);

/** @param {ArrayBuffer} content  of a module @returns {Promise<any>} */
async function importFrom(content) {
  const url = URL.createObjectURL(new Blob([content], { type: "text/javascript" }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * The files of a bundle (`tools.python.start.bundle`), by name.
 * @param {ArrayBuffer} content @returns {Map<string, Uint8Array<ArrayBuffer>>}
 */
function unbundled(content) {
  const length = new DataView(content).getUint32(0, true);
  /** @type {[string, number][]} */
  const listed = JSON.parse(new TextDecoder().decode(new Uint8Array(content, 4, length)));
  let at = 4 + length;
  return new Map(listed.map(([name, bytes]) => [name, new Uint8Array(content, (at += bytes) - bytes, bytes)]));
}

/** @param {any} FS @param {string} path @param {Uint8Array} content */
function write(FS, path, content) {
  FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
  FS.writeFile(path, content, { canOwn: true });
}

/** @param {Files} files */
async function tools(files) {
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all(
    ["pyodide/pyodide.mjs", "pyodide/pyodide.asm.mjs"].map((name) => files(name).then(importFrom)),
  );
  return { loadPyodide, createPyodideModule };
}

/**
 * @typedef {object} Given
 * @property {Files} files
 * @property {Inflated} inflated
 * @property {Facts} facts
 * @property {Promise<unknown>} go
 */

/** @param {Given} given */
async function fromSnapshot({ files, inflated, facts, go }) {
  const content = timed("inflated", inflated("start/snapshot.zst", facts.memory));
  content.catch(() => {}); // told when it is waited for
  const shared = inflated("start/shared.zst").then(unbundled);
  const { packages } = foldersOf(facts.info);
  const sideModules = facts.sideModules.map((path) => ({
    path: packages + path,
    module: shared.then((there) => compile(/** @type {Uint8Array<ArrayBuffer>} */ (there.get(path)))),
  }));
  const { loadPyodide, createPyodideModule } = await tools(files);
  await go;
  return boot({
    loadPyodide,
    createPyodideModule,
    options: { ...options(), stdLibURL: NOTHING, lockFileContents: { info: facts.info, packages: {} } },
    sideModules,
    write: async (FS) => write(FS, SITE, /** @type {Uint8Array} */ ((await shared).get("site.zip"))),
    snapshot: { content, header: facts.header, image: facts.image },
  });
}

/** @param {Given} given */
async function fromBytecode({ files, inflated, facts, go }) {
  const [stdlib, early, shared] = ["start/stdlib.zst", "start/packages.zst", "start/shared.zst"].map((name) =>
    inflated(name),
  );
  for (const one of [stdlib, early, shared]) one.catch(() => {}); // told when it is waited for
  const { loadPyodide, createPyodideModule } = await tools(files);
  await go;
  handed.set("start/stdlib.zip", stdlib);
  const { packages } = foldersOf(facts.info);
  return loadPyodide({
    ...options(),
    createPyodideModule,
    stdLibURL: `${BASE}start/stdlib.zip`,
    lockFileContents: { info: facts.info, packages: {} },
    fsInit: async (/** @type {any} */ FS) => {
      for (const [name, content] of unbundled(await early)) write(FS, packages + name, content);
      for (const [name, content] of unbundled(await shared))
        write(FS, name === "site.zip" ? SITE : packages + name, content);
    },
  });
}

/** @param {Given} given */
async function plainly({ files, facts, go }) {
  const { loadPyodide, createPyodideModule } = await tools(files);
  await go;
  const pyodide = await loadPyodide({ ...options(), createPyodideModule });
  /** @type {string[]} */
  const problems = [];
  const errorCallback = (/** @type {string} */ problem) => problems.push(problem);
  await pyodide.loadPackage(facts.packages, { messageCallback: () => {}, errorCallback });
  const lacking = facts.packages.filter((name) => !pyodide.loadedPackages[name]);
  if (lacking.length > 0)
    throw new Error(`${lacking.join(", ")} could not be loaded: ${problems.join("; ") || "no reason given"}`);
  write(pyodide.FS, SITE, new Uint8Array(await files("python.zip")));
  return pyodide;
}

/** Hears how far a run has come (`cells.page.host`). @type {(line: string) => void} */
let hear = () => {};

/** @param {(line: string) => void} heard */
export const hearProgress = (heard) => void (hear = heard);

function options() {
  const quiet = () => {};
  const stderr = (/** @type {string} */ line) => line.startsWith("\x01") && hear(line.slice(1));
  const place = { indexURL: `${BASE}pyodide/`, packageBaseUrl: `${BASE}pyodide/` };
  return { ...place, jsglobals: jsglobals(), stdin: () => undefined, stdout: quiet, stderr };
}

/** Where our own modules are; a snapshot knows it. */
const FIND = `
import sys
sys.path.insert(0, "/site.zip")
del sys`;

/**
 * Compiles what has come, and starts Python when it is told to.
 * @param {Way} way @param {Files} files @param {Stream} stream @param {Facts} facts
 * @param {Promise<unknown>} go
 * @returns {Promise<{host: any, version: string, later: Later | undefined}>} `cells.page.host`, Python's version, what
 *   comes after
 */
export async function start(way, files, stream, facts, go) {
  self.fetch = async (input) => {
    const url = String(input instanceof Request ? input.url : input);
    if (url === NOTHING || url.endsWith(".asm.wasm")) return new Response();
    if (!url.startsWith(BASE)) throw new TypeError(`${url} is out of reach`);
    const name = url.slice(BASE.length);
    return new Response(await (handed.get(name) ?? files(name)));
  };
  self.importScripts = () => {
    // Pyodide asks in this way whether the worker is a classic one; all it imports are modules
    throw new TypeError("out of reach");
  };
  const inflated = inflating(files, stream);
  const wasm = way === "plain" ? files("pyodide/pyodide.asm.wasm") : inflated("start/pyodide.zst");
  const compiling = timed("compiled", wasm.then(compile)); // its functions one by one, when they are called first
  compiling.catch(() => {}); // told when it is waited for
  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (_response, imports) => {
    WebAssembly.instantiateStreaming = instantiateStreaming;
    const module = await compiling;
    return { module, instance: await timed("instantiated", WebAssembly.instantiate(module, imports)) };
  };
  const begin = { snapshot: fromSnapshot, bytecode: fromBytecode, plain: plainly }[way];
  const pyodide = await begin({ files, inflated, facts, go });
  note("put in place");
  if (way !== "snapshot") pyodide.runPython(FIND);
  const host = pyodide.pyimport("cells.page.host");
  // Python looks into it every 50 steps, by way of JavaScript: WebKit ends no worker whose WebAssembly never goes
  // there, and an endless loop would go on after Stop, in a processor of its own.
  pyodide.setInterruptBuffer(new Uint8Array(1));
  const isWhole = way === "plain";
  close(pyodide);
  const { version } = JSON.parse(host.wake(isWhole));
  const cut = way === "bytecode" ? facts.cut : 0;
  const later = isWhole ? undefined : new Later(pyodide.FS, host, inflated, cut, foldersOf(facts.info));
  return { host, version, later };
}

/** Takes away what leads from Python into the worker. @param {any} pyodide */
function close(pyodide) {
  pyodide.unregisterJsModule("pyodide_js");
  Reflect.deleteProperty(AbortSignal, "timeout"); // nothing of a cell's is called when its run is over
  for (const name of REMOVED) {
    for (let owner = self; owner; owner = Object.getPrototypeOf(owner)) Reflect.deleteProperty(owner, name);
  }
}

/** What the first result did not need, and comes after it. */
export class Later {
  #FS;
  #host;
  #inflated;
  #cut;
  #folders;
  #isHere = false;
  /** @type {() => void} */
  #come = () => {};
  /** Kept when it has come, or cannot. */
  come = new Promise((resolve) => (this.#come = () => resolve(undefined)));

  /**
   * @param {any} FS @param {any} host @param {Inflated} inflated
   * @param {number} cut  where the standard library that is here ends, which the rest follows; a snapshot has none here
   * @param {ReturnType<typeof foldersOf>} folders
   */
  constructor(FS, host, inflated, cut, folders) {
    this.#FS = FS;
    this.#host = host;
    this.#inflated = inflated;
    this.#cut = cut;
    this.#folders = folders;
  }

  /** Whether code has asked, since the last time, for a module that is not here. */
  isMissed() {
    return !this.#isHere && this.#host.take_missed();
  }

  /** @param {boolean} isHere  whether the file has come, or cannot be had */
  async take(isHere) {
    if (isHere && !this.#isHere) {
      const { stdlib, packages } = this.#folders;
      const { later, alone, together, ...rest } = Object.fromEntries(unbundled(await this.#inflated("start/rest.zst")));
      const parts =
        this.#cut > 0 ? [this.#FS.readFile(stdlib).subarray(0, this.#cut), later, together] : [later, alone];
      write(this.#FS, stdlib, new Uint8Array(await new Blob(parts).arrayBuffer()));
      for (const [name, content] of Object.entries(rest)) write(this.#FS, packages + name, content);
      this.#host.arrived();
      this.#isHere = true;
    }
    this.#come();
  }
}
