"""What stands in Python's modules between quotation marks, and what of it is said by `say` or `counted`."""

import ast
import functools

_ARGUMENTS = {"say": slice(0, 1), "counted": slice(1, 3)}
_FOR_READERS = ("AssertionError", "ParameterError")
"""Of what is raised: the words of all others are as English as Python's own, and hints are found by them."""


@functools.cache
def texts_in(source):
    """Each text with its line, and whether it is said; what documents code is none, nor is what an error says."""
    tree = ast.parse(source)
    said = _said_nodes(tree)
    left_out = {id(node) for one in ast.walk(tree) if _is_left_out(one) for node in ast.walk(one)} - said
    within = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    texts = []
    for node in ast.walk(tree):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in within:
            texts.append((node.value, node.lineno, id(node) in said))
        elif isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
            texts.append(("".join(parts), node.lineno, False))
    return texts


def _is_left_out(node):
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id.endswith(("Error", "_error")) and node.func.id not in _FOR_READERS
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _said_nodes(tree):
    """Texts that are arguments of one of the two, or have a name that is."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    arguments = [one for call in calls if call.func.id in _ARGUMENTS for one in call.args[_ARGUMENTS[call.func.id]]]
    branches = [part for one in arguments for part in ([one.body, one.orelse] if isinstance(one, ast.IfExp) else [one])]
    names = {one.id for one in branches if isinstance(one, ast.Name)}
    assigned = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in names
    ]
    return {id(one) for one in (*branches, *assigned) if isinstance(one, ast.Constant)}
