/**
 * The memory of a Python that has already imported what pages need: how it is made (by `py/tools/python/snapshot.mjs`,
 * under node) and how it is put back. Both go the same way through Pyodide's start, so that every address is the same.
 *
 * The file, as 32-bit numbers: MAGIC, bytes of memory, end of the static data, hash of the static data, number of runs;
 * the runs, two numbers each: where and how long; what the runs hold. Pyodide's own header is apart, for Pyodide asks
 * for it before it begins, and the file may still be on its way then.
 */

const MAGIC = 0x50414e53;
const HEAD = 5;

/**
 * Where the table of functions begins to be filled: above what any engine has put into it by then, which differs.
 * Engines with WebAssembly's garbage collection put one function of Pyodide's into it that others do not; WebKit has
 * 15,143 in all.
 */
const TABLE = 16384;

/** Words of equal memory that are not worth a new run. */
const GAP = 16;

/** @typedef {{path: string, module: Promise<WebAssembly.Module>}} SideModule */

/** Where a Python has what it imports: its version says it. @param {Record<string, string>} info  of Pyodide's lock */
export function foldersOf({ python }) {
  const [major, minor] = python.split(".");
  return { stdlib: `/lib/python${major}${minor}.zip`, packages: `/lib/python${major}.${minor}/site-packages/` };
}

/**
 * Starts Pyodide with side modules in place and, if one is given, with the memory of a snapshot.
 * @param {object} given @param {(options: object) => Promise<any>} given.loadPyodide
 * @param {(settings: any) => Promise<any>} given.createPyodideModule
 * @param {object} given.options  for loadPyodide
 * @param {SideModule[]} given.sideModules
 * @param {(FS: any) => Promise<void>} given.write  puts files in place
 * @param {{content: Promise<ArrayBuffer>, header: string, image: string}} [given.snapshot]  its header in base64,
 *   and the hash of static data it was made for
 * @param {(image: Uint8Array) => void} [given.see]  told what memory holds before Python runs
 * @returns {Promise<any>}
 */
export async function boot({ loadPyodide, createPyodideModule, options, sideModules, write, snapshot, see }) {
  /** @type {() => void} */
  let restoreTrampoline = () => {};
  /** What went wrong before Python began: Emscripten would not hear of it. @type {{error: unknown} | undefined} */
  let broken;
  const create = async (/** @type {any} */ settings) => {
    const [, ...preRun] = settings.preRun; // the first would install the standard library
    /** @type {Uint8Array} */
    let image = new Uint8Array();
    settings.preRun = [
      async (/** @type {any} */ Module) => {
        Module.addRunDependency("boot");
        await null; // leaves the stack of Emscripten's factory, where each exception costs much
        try {
          const version = Module.HEAPU32[Module._Py_Version >>> 2];
          const [major, minor, micro] = [24, 16, 8].map((bits) => (version >>> bits) & 255);
          Module.API.pyVersionTuple = [major, minor, micro];
          Module.API.sitePackages = `/lib/python${major}.${minor}/site-packages`;
          Module.FS.mkdirTree(Module.API.sitePackages);
          Module.FS.mkdirTree(`/lib/python${major}.${minor}/lib-dynload`);
          for (const prepare of preRun) await prepare(Module);
          await write(Module.FS);
          Module.wasmTable.grow(TABLE - Module.wasmTable.length);
          for (const { path, module } of sideModules) {
            const library = Module.newDSO(path, undefined, "loading");
            library.refcount = Infinity;
            library.global = false;
            library.exports = await Module.loadWebAssemblyModule(
              await module,
              { loadAsync: true, nodelete: true },
              path,
              {},
            );
          }
          image = staticData(Module);
          see?.(image);
        } catch (error) {
          broken = { error };
        } finally {
          Module.removeRunDependency("boot");
        }
      },
    ];
    const Module = await createPyodideModule(settings);
    if (broken) throw broken.error;
    if (snapshot) {
      const found = hashOf(image); // before all has come, as a rule
      restoreTrampoline = apply(Module, { image, found }, await snapshot.content, snapshot.image);
    }
    return Module;
  };
  const header = snapshot && Uint8Array.from(atob(snapshot.header), (byte) => byte.charCodeAt(0));
  const pyodide = await loadPyodide({
    ...options,
    createPyodideModule: create,
    ...(header && { _loadSnapshot: header }),
  });
  restoreTrampoline();
  return pyodide;
}

/** Where Python keeps the number of the function that engines differ in. @param {any} Module */
const trampoline = (Module) =>
  (Module.__PyRuntime + Module.HEAP32[Module.__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET >>> 2]) >>> 2;

/** @param {any} Module */
const dataEnd = (Module) => Module.HEAPU32[Module._emscripten_get_sbrk_ptr() >>> 2];

/** What the modules alone have put into memory: the same in every engine. @param {any} Module */
function staticData(Module) {
  const image = Module.HEAPU8.slice(0, dataEnd(Module));
  new Int32Array(image.buffer)[trampoline(Module)] = 0;
  return image;
}

/** A hash of memory, as eight digits. @param {Uint8Array} image */
export function hashOf(image) {
  const words = new Int32Array(image.buffer, 0, image.length >>> 2);
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i], 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/**
 * @param {any} Module @param {{image: Uint8Array, found: string}} here  static data, and its hash
 * @param {ArrayBuffer} content @param {string} expected
 * @returns {() => void} to be called when Pyodide has started
 */
function apply(Module, { image, found }, content, expected) {
  const [magic, bytes, end, hash, count] = new Uint32Array(content, 0, HEAD);
  if (magic !== MAGIC) throw new Error("this is no snapshot");
  if (image.length !== end || found !== expected || parseInt(found, 16) !== hash) {
    throw new Error(`the snapshot was made for other static data: ${expected}, here ${found}`);
  }
  if (bytes > Module.HEAPU8.length) Module.growMemory(bytes);
  const slot = trampoline(Module);
  const own = Module.HEAP32[slot];
  const memory = Module.HEAPU8;
  memory.fill(0, end, dataEnd(Module));
  memory.set(image);
  const runs = new Uint32Array(content, 4 * HEAD, 2 * count);
  let at = 4 * (HEAD + 2 * count);
  for (let i = 0; i < runs.length; i += 2) {
    memory.set(new Uint8Array(content, at, runs[i + 1]), runs[i]);
    at += runs[i + 1];
  }
  Module.HEAP32[slot] = 0;
  return () => void (Module.HEAP32[slot] = own);
}

/**
 * The file, from Pyodide's own snapshot: what differs from the static data. And Pyodide's header, in base64.
 * @param {any} Module @param {Uint8Array} image @param {Uint8Array<ArrayBuffer>} full  as Pyodide makes it
 */
export function encode(Module, image, full) {
  const [, start] = new Uint32Array(full.buffer, full.byteOffset, 2);
  const header = btoa(String.fromCharCode(...full.subarray(0, start)));
  const memory = full.slice(start);
  const words = new Int32Array(memory.buffer);
  words[trampoline(Module)] = 0;
  const before = new Int32Array(words.length);
  before.set(new Int32Array(image.buffer, 0, image.length >>> 2));
  /** @type {number[]} */
  const runs = [];
  let first = -1;
  let last = -1;
  const close = () => first >= 0 && runs.push(4 * first, 4 * (last + 1 - first));
  for (let i = 0; i < words.length; i++) {
    if (words[i] === before[i]) continue;
    if (first < 0 || i - last > GAP) {
      close();
      first = i;
    }
    last = i;
  }
  close();
  const head = new Uint32Array([MAGIC, memory.length, image.length, parseInt(hashOf(image), 16), runs.length / 2]);
  const parts = [new Uint8Array(head.buffer), new Uint8Array(new Uint32Array(runs).buffer)];
  for (let i = 0; i < runs.length; i += 2) parts.push(memory.subarray(runs[i], runs[i] + runs[i + 1]));
  const content = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    content.set(part, at);
    at += part.length;
  }
  return { content, header };
}
