/** Starts Python in the worker from files that the page has sent; from nothing else, for nothing else can be reached. */

import { boot } from "./snapshot.mjs";

/** @import { Facts } from "../../download.mjs" */

/** No such place: Pyodide asks for its files there, and is given what the page sent. */
const BASE = "https://python.invalid/";
const NOTHING = BASE + "nothing";
const WASM = "pyodide/pyodide.asm.wasm";

/** What `import js` finds. The snapshot is made with the same names. */
export const jsglobals = () => ({ AbortController, AbortSignal, Array, Date, Error, Map, Math, Object, Promise, Reflect, Set, Symbol, TypeError });

/** What no code in the worker needs once Python runs. The frame's policy forbids its use anyway. */
const REMOVED = [
  ..."fetch Request XMLHttpRequest WebSocket WebSocketStream EventSource WebTransport importScripts Worker SharedWorker".split(" "),
  ..."indexedDB caches CacheStorage BroadcastChannel navigator location close postMessage webkitRequestFileSystem".split(" "),
  ..."webkitRequestFileSystemSync webkitResolveLocalFileSystemURL Notification cookieStore FontFace fonts".split(" "),
];

/** @typedef {(name: string) => Promise<ArrayBuffer>} Files  those that the page sends, when they have come */
/** @typedef {<T>(name: string, use: (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => Promise<T>) => Promise<T>} Stream  one that is used while it comes */

/** @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream  of what gzip made */
const inflated = (stream) => new Response(stream.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();

/** @param {ArrayBuffer} content */
const inflate = (content) => inflated(new Blob([content]).stream());

/** @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream */
const compiled = (stream) => WebAssembly.compileStreaming(new Response(stream, { headers: { "content-type": "application/wasm" } }));

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
 * Writes the files of a bundle (`tools.start.bundle`) below a folder.
 *
 * @param {any} FS @param {string} folder @param {ArrayBuffer} content
 */
function unbundle(FS, folder, content) {
  const length = new DataView(content).getUint32(0, true);
  /** @type {[string, number][]} */
  const listed = JSON.parse(new TextDecoder().decode(new Uint8Array(content, 4, length)));
  let at = 4 + length;
  for (const [name, bytes] of listed) {
    write(FS, `${folder}/${name}`, new Uint8Array(content, at, bytes));
    at += bytes;
  }
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

/** @param {Files} files @param {Facts} facts @param {Promise<unknown>} go @param {Stream} stream */
async function fromSnapshot(files, facts, go, stream) {
  const content = stream("start/snapshot.gz", inflated);
  content.catch(() => {}); // told when it is waited for
  const sideModules = Object.entries(facts.sideModules).map(([name, path]) => ({
    path: `/lib/python3.14/site-packages/${path}`,
    module: files(`start/${name}`).then((content) => WebAssembly.compile(content)),
  }));
  const { loadPyodide, createPyodideModule } = await tools(files);
  await go;
  return boot({
    loadPyodide,
    createPyodideModule,
    options: { ...options(), stdLibURL: NOTHING, lockFileContents: { info: facts.info, packages: {} } },
    sideModules,
    write: async (FS) => write(FS, "/site.zip", new Uint8Array(await files("start/site.zip"))),
    snapshot: { content, header: facts.header, image: facts.image },
  });
}

/** @param {Files} files @param {Facts} facts @param {Promise<unknown>} go */
async function fromBytecode(files, facts, go) {
  const core = files("start/numpy-core.gz").then(inflate);
  const { loadPyodide, createPyodideModule } = await tools(files);
  await go;
  const pyodide = await loadPyodide({
    ...options(),
    createPyodideModule,
    stdLibURL: BASE + "start/stdlib.zip",
    lockFileContents: { info: facts.info, packages: {} },
    fsInit: async (/** @type {any} */ FS, /** @type {{sitePackages: string}} */ { sitePackages }) => {
      unbundle(FS, sitePackages, await core);
      for (const [name, path] of Object.entries(facts.sideModules)) {
        write(FS, `${sitePackages}/${path}`, new Uint8Array(await files(`start/${name}`)));
      }
      write(FS, "/site.zip", new Uint8Array(await files("start/site.zip")));
    },
  });
  return pyodide;
}

/** @param {Files} files @param {Facts} _facts @param {Promise<unknown>} go */
async function plainly(files, _facts, go) {
  const { loadPyodide, createPyodideModule } = await tools(files);
  await go;
  const pyodide = await loadPyodide({ ...options(), createPyodideModule });
  /** @type {string[]} */
  const problems = [];
  const errorCallback = (/** @type {string} */ problem) => problems.push(problem);
  await pyodide.loadPackage("numpy", { messageCallback: () => {}, errorCallback });
  if (!pyodide.loadedPackages.numpy) throw new Error(`NumPy could not be loaded: ${problems.join("; ") || "no reason given"}`);
  write(pyodide.FS, "/site.zip", new Uint8Array(await files("python.zip")));
  return pyodide;
}

function options() {
  const quiet = () => {};
  const place = { indexURL: BASE + "pyodide/", packageBaseUrl: BASE + "pyodide/" };
  return { ...place, jsglobals: jsglobals(), stdin: () => undefined, stdout: quiet, stderr: quiet };
}

/** Where our own modules are; a snapshot knows it. */
const FIND = `
import sys
sys.path.insert(0, "/site.zip")
del sys`;

/** What `cells.host` must say of NumPy. */
const SHARES = "0.7054,0.2595,0.0351";

/**
 * Compiles what has come, and starts Python when it is told to.
 *
 * @param {"snapshot" | "bytecode" | "plain"} way @param {Files} files @param {Stream} stream @param {Facts} facts
 * @param {Promise<unknown>} go
 * @returns {Promise<{host: any, version: string, later: Later | undefined}>} `cells.host`, Python's version, what comes after
 */
export async function start(way, files, stream, facts, go) {
  self.fetch = async (input) => {
    const url = String(input instanceof Request ? input.url : input);
    if (url === NOTHING || url.endsWith(".asm.wasm")) return new Response();
    if (!url.startsWith(BASE)) throw new TypeError(`${url} is out of reach`);
    return new Response(await files(url.slice(BASE.length)));
  };
  self.importScripts = () => {
    throw new TypeError("out of reach"); // Pyodide asks in this way whether the worker is a classic one; all it imports are modules
  };
  const compiling = stream(WASM, compiled); // takes longest
  compiling.catch(() => {}); // told when it is waited for
  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (_response, imports) => {
    WebAssembly.instantiateStreaming = instantiateStreaming;
    const module = await compiling;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
  const pyodide = await { snapshot: fromSnapshot, bytecode: fromBytecode, plain: plainly }[way](files, facts, go, stream);
  if (way !== "snapshot") pyodide.runPython(FIND);
  const host = pyodide.pyimport("cells.host");
  const isWhole = way === "plain";
  close(pyodide);
  const { version, shares } = JSON.parse(host.wake(isWhole));
  if (String(shares) !== SHARES) throw new Error(`its NumPy does not compute: expected ${SHARES}, here ${shares}`);
  return { host, version, later: isWhole ? undefined : new Later(pyodide.FS, host, facts) };
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
  #facts;
  #isHere = false;
  /** @type {() => void} */
  #come = () => {};
  /** Kept when it has come, or cannot. */
  come = new Promise((resolve) => (this.#come = () => resolve(undefined)));

  /** @param {any} FS @param {any} host @param {Facts} facts */
  constructor(FS, host, facts) {
    this.#FS = FS;
    this.#host = host;
    this.#facts = facts;
  }

  /** Whether code has asked, since the last time, for a module that is not here. */
  isMissed() {
    return !this.#isHere && this.#host.take_missed();
  }

  /** @param {Record<string, ArrayBuffer>} files  none, if they could not be had */
  async take(files) {
    if (Object.keys(files).length > 0 && !this.#isHere) {
      const rest = await inflate(files["start/stdlib-rest.gz"]);
      const numpy = await inflate(files["start/numpy-rest.gz"]);
      const FS = this.#FS;
      const first = files["start/stdlib.zip"] ? new Uint8Array(files["start/stdlib.zip"]) : FS.readFile("/lib/python314.zip");
      const whole = new Uint8Array(this.#facts.cut + rest.byteLength);
      whole.set(first.subarray(0, this.#facts.cut));
      whole.set(new Uint8Array(rest), this.#facts.cut);
      write(FS, "/lib/python314.zip", whole);
      unbundle(FS, "/lib/python3.14/site-packages", numpy);
      this.#host.arrived();
      this.#isHere = true;
    }
    this.#come();
  }
}
