/**
 * Compiles the Python in zips to unchecked-hash bytecode, by the Pyodide that will run it, and says what is imported
 * first.
 *
 *     node compile.mjs <job.json>
 *
 * The job: `pyodide`, the package's folder; `zips`, a list of [source, target, prefix of the file names in tracebacks];
 * `modules`, if asked for: {stdlib, packages: [[zip, folder]], imports, target}; told are the names of the modules that
 * are imported then and, below the folders, the paths of the compiled ones.
 */

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const { loadPyodide } = await import(pathToFileURL(path.join(job.pyodide, "pyodide.mjs")).href);
const env = { PYTHONHASHSEED: "0" };

if (job.zips.length > 0) {
  const python = await loadPyodide({ indexURL: job.pyodide, env });
  for (const [source, target, prefix] of job.zips) {
    python.FS.writeFile("/source.zip", new Uint8Array(fs.readFileSync(source)));
    python.globals.set("prefix", prefix);
    python.runPython(`
import importlib.util, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc
with zipfile.ZipFile("/source.zip") as source, zipfile.ZipFile("/target.zip", "w") as target:
    for info in source.infolist():
        if not info.filename.endswith(".py"):
            continue
        text = source.read(info)
        code = compile(text, prefix + info.filename, "exec", dont_inherit=True, optimize=0)
        bytecode = _code_to_hash_pyc(code, importlib.util.source_hash(text), False)
        target.writestr(zipfile.ZipInfo(info.filename + "c"), bytes(bytecode))
`);
    fs.writeFileSync(target, python.FS.readFile("/target.zip"));
  }
}

if (job.modules) {
  const { stdlib, packages, imports, target } = job.modules;
  const python = await loadPyodide({ indexURL: job.pyodide, stdLibURL: stdlib, env });
  for (const [zip, extractDir] of packages)
    python.unpackArchive(new Uint8Array(fs.readFileSync(zip)), "zip", { extractDir });
  python.globals.set(
    "folders",
    packages.map(([, folder]) => folder),
  );
  const told = python.runPython(`
import sys
sys.path.insert(0, "/site")
import ${imports}
import json
files = (getattr(module, "__file__", None) or "" for module in sys.modules.values())
libraries = ((file, folder) for file in files if file.endswith(".so") for folder in folders if file.startswith(folder))
libraries = sorted(file.removeprefix(folder) for file, folder in libraries)
json.dumps({"modules": sorted(sys.modules), "libraries": libraries})`);
  fs.writeFileSync(target, told);
}
process.exit(0);
