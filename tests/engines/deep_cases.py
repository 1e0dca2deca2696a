"""Ways to nest code, for Python's parser on its own and in each engine."""

DEEP = {
    "signs": lambda n: "x = " + "-" * n + "1",
    "brackets": lambda n: "x = " + "(" * n + "1" + ")" * n,
    "lists": lambda n: "x = " + "[" * n + "1" + "]" * n,
    "open brackets": lambda n: "x = " + "[" * n,
    "dots": lambda n: "x = a" + ".a" * n,
    "dots of a number": lambda n: "x = 1.0" + ".real" * n,
    "calls": lambda n: "x = f" + "()" * n,
    "calls in calls": lambda n: "x = " + "f(a=" * n + "1" + ")" * n,
    "positions": lambda n: "x = a" + "[0]" * n,
    "a long sum": lambda n: "x = a" + " + a" * n,
    "powers": lambda n: "x = a" + " ** -a" * n,
    "lambdas": lambda n: "x = " + "lambda a, b: " * n + "1",
    "nots": lambda n: "x = " + "not " * n + "1",
    "choices": lambda n: "x = " + "a if b else " * n + "1",
    "clauses": lambda n: "x = [1 " + "for a in b " * n + "]",
    "branches": lambda n: "if a: pass\n" + "elif a: pass\n" * n,
    "blocks": lambda n: "".join(" " * i + "if a:\n" for i in range(min(n, 100))) + " " * min(n, 100) + "pass",
    "formatted texts": lambda n: "x = " + "f'{" * n + "1" + "}'" * n,
    "signs in a formatted text": lambda n: "x = f'{" + "-" * n + "1}'",
    "a format in a format": lambda n: "x = f'{1:" + "{1:" * n + "}" * n + "}'",
    "types": lambda n: "x: " + "list[" * n + "int" + "]" * n,
    "decorators": lambda n: "@f" + ".a()" * n + "\nclass A: pass",
    "patterns": lambda n: "match 1:\n case " + "[" * n + "1" + "]" * n + ": pass",
    "over lines": lambda n: "x = (\n" + "-\n" * n + "1)",
}
"""What is nested, and how to write it so many times."""

NO_PYTHON = {"open brackets", "a format in a format"}
"""Of these, what Python itself refuses, at whatever depth."""

NAMES = """class _Any:
    a = real = property(lambda self: self)
    def __call__(self, *args, **named): return self
    __getitem__ = __neg__ = __add__ = __pow__ = __call__

a = f = _Any()
b = [a]
"""
"""What the names in them are, so that they can be run."""
