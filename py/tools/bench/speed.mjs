/**
 * Runs a Python program in Pyodide under node, with NumPy and our Python at hand, and prints what it prints.
 *
 *     node speed.mjs <folder of Pyodide> <NumPy's wheel> <folder of our Python> <program>
 */

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, wheel, own, program] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(pyodide, "pyodide.mjs")).href);
const python = await loadPyodide({ indexURL: pyodide, stdout: (/** @type {string} */ line) => console.log(line) });
python.unpackArchive(new Uint8Array(fs.readFileSync(wheel)), "wheel");
python.FS.mkdirTree("/own");
python.mountNodeFS("/own", own);
python.runPython('import sys; sys.path.insert(0, "/own"); sys.dont_write_bytecode = True');
const globals = python.toPy({ __name__: "__main__" });
python.runPython(fs.readFileSync(program, "utf8"), { globals, filename: program });
process.exit(0);
