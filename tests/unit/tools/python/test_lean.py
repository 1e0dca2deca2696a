import json
import subprocess

from tools.base import places
from tools.base.node import node
from tools.python.lean import lean

SCRIPT = """const Module = {};
var _f,_g,_h,_n,_m,wasmTable;function assignWasmExports(wasmExports){_f=Module["_f"]=wasmExports["f"];_g=Module["_g"]=\
wasmExports["g"];_h=Module["_h"]=wasmExports["other"];_n=Module["_n"]=wasmExports["n"].value>>>0;_m=Module["_m"]=\
wasmExports["m"].value>>>0;wasmTable=Module["wasmTable"]=wasmExports["table"]}
const number = (value) => new WebAssembly.Global({ value: "i32" }, value);
assignWasmExports({ f: () => 1, g: () => 2, other: () => 3, n: number(-1), m: number(5), table: [6] });
const told = { g: _g(), m: _m, table: wasmTable };
for (const name of ["_f", "_g", "_h"]) told[name] = Module[name]();
for (const name of ["_n", "_m", "wasmTable"]) told[name] = Module[name];
console.log(JSON.stringify(told));
"""


def test_a_lean_script_knows_every_export_that_the_whole_one_knew():
    def told(script):
        run = subprocess.run([node(), "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
        return json.loads(run.stdout)

    assert lean(SCRIPT) != SCRIPT
    assert told(lean(SCRIPT)) == told(SCRIPT)


def test_a_third_of_the_script_of_this_release_goes():
    script = (places.NODE_MODULES / "pyodide" / "pyodide.asm.mjs").read_text()
    assert len(lean(script)) < 0.67 * len(script)
