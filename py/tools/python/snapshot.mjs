/**
 * Makes the memory snapshot that pages start from: Pyodide with packages and our modules imported.
 *
 *     node snapshot.mjs <job.json>
 *
 * The job: `pyodide`, the package's folder; `boot` and `start`, the page's own modules of these names; `info`, of
 * Pyodide's lock; `stdlib`, a zip of bytecode; `site`, our zip; `files`, a folder of the packages' files;
 * `sideModules`, paths in it; `imports`; `target`; `facts`, where the hash of static data and the header go.
 */

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const load = (/** @type {string} */ file) => import(pathToFileURL(file).href);
const { boot, encode, foldersOf, hashOf } = await load(job.boot);
const { jsglobals } = await load(job.start);

// The same memory each time: what Python could ask of chance and time is fixed until the snapshot is taken.
globalThis.crypto.getRandomValues = (array) => array.fill(0);
Date.now = () => 0;
performance.now = () => 0;

const { loadPyodide } = await load(path.join(job.pyodide, "pyodide.mjs"));
const { default: createPyodideModule } = await load(path.join(job.pyodide, "pyodide.asm.mjs"));

const { packages, stdlib } = foldersOf(job.info);
/** @type {Uint8Array} */
let image = new Uint8Array();
const read = (/** @type {string} */ file) => new Uint8Array(fs.readFileSync(file));
const python = await boot({
  loadPyodide,
  createPyodideModule,
  options: {
    indexURL: job.pyodide,
    packageBaseUrl: job.pyodide,
    lockFileContents: { info: job.info, packages: {} },
    jsglobals: jsglobals(),
    env: { PYTHONHASHSEED: "0" },
    _makeSnapshot: true,
  },
  sideModules: job.sideModules.map((file) => ({
    path: packages + file,
    module: WebAssembly.compile(read(path.join(job.files, file))),
  })),
  async write(FS) {
    FS.writeFile(stdlib, read(job.stdlib));
    FS.writeFile("/site.zip", read(job.site));
    for (const entry of fs.readdirSync(job.files, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      const target = packages + path.relative(job.files, file);
      FS.mkdirTree(path.posix.dirname(target));
      FS.writeFile(target, read(file));
    }
  },
  see: (seen) => (image = seen),
});

python.runPython(`
import sys
sys.path.insert(0, "/site.zip")
import ${job.imports}
cells.page.host.rehearse()
import gc, functools, importlib, linecache, typing, zipimport
linecache.clearcache()
re.purge()
for forget in typing._cleanups:
    forget()
sys._clear_internal_caches()
# Zips and folders are others in the page.
sys.path_importer_cache.clear()
zipimport._zip_directory_cache.clear()
for name in list(globals()):
    if not name.startswith("__"):
        del globals()[name]
del name
import gc
gc.collect()
gc.collect()
del gc
`);

// Memory that is free need not be shipped: fill it with zeros.
const { _module: Module } = python;
const end = () => Module.HEAPU32[Module._emscripten_get_sbrk_ptr() >>> 2];
const taken = [];
for (let size = 1 << 18; size >= 24; size = size > 4096 ? size >> 1 : Math.floor(size * 0.75) & ~7) {
  const before = end();
  for (;;) {
    const at = Module._malloc(size);
    if (!at) break;
    Module.HEAPU8.fill(0, at, at + size);
    taken.push(at);
    if (end() !== before) break;
  }
}
for (const at of taken) Module._free(at);

const { content, header } = encode(Module, image, python.makeMemorySnapshot());
fs.writeFileSync(job.target, content);
fs.writeFileSync(job.facts, JSON.stringify({ image: hashOf(image), header }));
process.exit(0);
