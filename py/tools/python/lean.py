"""Pyodide's script without what nobody uses of it: a variable and an assignment for each of 4,800 exports.

All of them are read by a browser before Python begins, and few are asked for by that name. One loop does the same.
"""

import re
from collections import Counter

_BEGIN = "function assignWasmExports(wasmExports){"
_LOOP = (
    "for(const name in wasmExports){const value=wasmExports[name];"
    'if(typeof value=="function")Module["_"+name]=value;'
    'else if(typeof value.value=="number")Module["_"+name]=value.value>>>0}'
)
_EXPORT = re.compile(r'(_([\w$]+))=Module\["\1"\]=wasmExports\["\2"\](?:\.value>>>0)?(?:;|(?=\}))')
_NAME = re.compile(r"[\w$]+")
_ITS_OWN = 3
"""Times that an export is named for its own sake: where it is declared, and twice where it is assigned."""


def lean(script: str) -> str:
    """Give the script with that loop; as it is, if it is not made in the way that is known.

    >>> script = 'var _a,_b;function assignWasmExports(wasmExports){_a=Module["_a"]=wasmExports["a"];'
    >>> script += '_b=Module["_b"]=wasmExports["b"].value>>>0}run(_b)'
    >>> lean(script).startswith("var _b;"), lean(script).endswith('_b=Module["_b"]=wasmExports["b"].value>>>0}run(_b)')
    (True, True)
    >>> lean("another script")
    'another script'
    """
    before, begin, rest = script.partition(_BEGIN)
    declared, _, _ = before.rpartition("var ")[2].partition(";")
    body, end, after = rest.partition("}")
    used = Counter(_NAME.findall(script))
    unused = {name for name, _ in _EXPORT.findall(body) if used[name] <= _ITS_OWN}
    if not begin or not unused <= {*declared.split(",")}:
        return script
    left = ",".join(name for name in declared.split(",") if name not in unused)
    kept = _EXPORT.sub(lambda match: "" if match[1] in unused else match[0], body)
    return before.replace(f"var {declared};", f"var {left};" if left else "") + begin + _LOOP + kept + end + after
