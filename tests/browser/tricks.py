"""What a cell may do to Python, and what must come of it: at its own run, and never at the next one's."""

HANG = "while True: pass"


def _method(body, name="__deepcopy__(self, memo)"):
    return f"class Odd:\n    def {name}:\n        {body}\nodd = Odd()"


ANSWERED = {
    "__deepcopy__ raises": (_method("raise ValueError('no')"), "begin its name with _"),
    "__reduce_ex__ exits": (_method("raise SystemExit", "__reduce_ex__(self, version)"), "begin its name with _"),
    "deep tuple": ("odd = ()\nfor _ in range(3000): odd = (odd,)", "nested too deeply to be handed to other cells"),
    "call_later": (
        "import asyncio\nasyncio.get_event_loop().call_later(0.1, lambda: 1 / 0)\nodd = 1",
        "write asyncio.run(main())",
    ),
    "Pyodide's own loop": (
        "from pyodide.webloop import WebLoop\nimport os\nWebLoop().call_soon(os._exit, 1)\nodd = 1",
        "nothing comes after it",
    ),
    "a promise": (
        "import js, os\nfrom pyodide.ffi import create_proxy\n"
        "js.Promise.resolve(1).then(create_proxy(lambda _: os._exit(1)))\nodd = 1",
        "write asyncio.run(main())",
    ),
    "a timer of the browser's": ("import js\njs.AbortSignal.timeout(20)\nodd = 1", "timeout"),
    "waiting for nobody": (
        "import asyncio\nasync def main(): await asyncio.Future()\nasyncio.run(main())\nodd = 1",
        "nobody will bring",
    ),
    "an exception that cannot be told": (
        "class Odd(Exception):\n    def __getattribute__(self, name): raise SystemExit\nraise Odd",
        "Error",
    ),
    "its words exit": (
        "class Odd(Exception):\n    def __str__(self): raise SystemExit\nraise Odd",
        "could not be made",
    ),
    "deep JSON": (
        "deep = []\nfor _ in range(300): deep = [deep]\nclass D:\n"
        "    def _repr_mimebundle_(self): return {'text/plain': 'x', 'application/json': deep}\ndisplay(D())\nodd = 1",
        "must not be nested more than 100 deep",
    ),
}
"""Each by name: the code, and what its cell says."""

HARMLESS = {
    "asyncio.run": """
import asyncio
async def main():
    await asyncio.sleep(0.01)
    return 3
odd = asyncio.run(main())""",
    "a callback of gc's": f"""
import gc
calls = []
def f(*a):
    calls.append(1)
    if len(calls) > 200:
        {HANG}
gc.callbacks.append(f)
odd = 1""",
    "settrace in a frame": "import sys\nsys._getframe().f_trace = print\nodd = 1",
    "monitoring": f"""
import sys
m = sys.monitoring
m.use_tool_id(3, 'x')
def f(code, *a):
    if code.co_filename.endswith('names.py'):
        {HANG}
m.register_callback(3, m.events.PY_START, f)
m.set_events(3, m.events.PY_START)
odd = 1""",
    "an audit hook": f"import sys\ndef f(*a):\n    {HANG}\nsys.addaudithook(f)\nodd = 1",
    "an import hook": f"""
import sys
class F:
    def find_spec(*a):
        {HANG}
sys.meta_path.insert(0, F)
odd = 1""",
    "how lists are copied": f"import copy\ndef f(*a):\n    {HANG}\ncopy._deepcopy_dispatch[list] = f\nodd = 1",
    "how arrays are copied": f"""
import copyreg, numpy
def f(a):
    {HANG}
copyreg.pickle(numpy.ndarray, f)
odd = 1""",
    "the unraisable hook": f"import sys\ndef f(*a):\n    {HANG}\nsys.unraisablehook = f\nodd = 1",
    "what runs cells": """
import cells.page.host, cells.page.program
cells.page.host._programs.clear()
cells.page.program.Program.run = None
odd = 1""",
    "signals": f"import signal\ndef f(*a):\n    {HANG}\nsignal.signal(signal.SIGINT, f)\nodd = 1",
    "at exit": f"import atexit\n@atexit.register\ndef f():\n    {HANG}\nodd = 1",
    "its own names": "odd = 1\nglobals()[3] = 4",
    "methods that nobody calls": _method(HANG, "__eq__(self, other)") + "\nOdd.__repr__ = Odd.__bool__ = Odd.__eq__",
    "json.dumps replaced": "import json\njson.JSONEncoder.encode = None\nodd = 1",
}
"""What ends with the run that did it, which may say so."""

ENDLESS = {
    "__deepcopy__": _method(HANG),
    "__getattr__": _method(HANG, "__getattr__(self, name)"),
    "__del__ of a circle": _method(HANG, "__del__(self)") + "\nodd.odd = odd\ndel odd\nodd = 1",
    "__del__ kept by a function": _method(HANG, "__del__(self)") + "\n_odd, odd = odd, 1\ndef kept(): return _odd",
    "settrace": f"import sys\ndef f(*a):\n    {HANG}\nsys.settrace(f)\nodd = 1",
}
"""What never comes back: the time limit ends it, at the cell that did it."""

FATAL = {
    "exit in __deepcopy__": "import os\n" + _method("os._exit(1)"),
    "__getattr__ without end": _method("return self.x", "__getattr__(self, name)"),
    "a deep list": "odd = []\nfor _ in range(100_000): odd = [odd]",
    "a text that is parsed": "exec('x = ' + '-' * 100_000 + '1')\nodd = 1",
}
"""What ends Python itself."""
