import ast
import random
import sys
from pathlib import Path

import pytest

from cells.page.names import names_of
from cells.page.parameters import form_of
from cells.page.reading import DEEPEST, parse, shape_of, too_deep
from deep_cases import DEEP


@pytest.mark.parametrize("kind", DEEP)
def test_what_is_nested_too_deeply_has_an_error_with_a_line(kind):
    with pytest.raises(SyntaxError, match="nested too deeply") as caught:
        names_of(DEEP[kind](20_000), "<cell a>")
    assert caught.value.lineno
    assert caught.value.filename == "<cell a>"


@pytest.mark.parametrize("kind", DEEP)
def test_at_twice_the_limit_the_parser_is_not_asked(kind):
    assert too_deep(DEEP[kind](2 * DEEPEST)) is not None


@pytest.mark.parametrize("kind", DEEP)
def test_half_of_the_limit_is_read_like_anything_else(kind):
    source = DEEP[kind](DEEPEST // 10)
    assert too_deep(source) is None
    if kind not in ("open brackets", "formatted texts", "a format in a format"):  # which not every Python reads
        names_of(source)


FLAT = {
    "a table": "x = [" + "[-1, 2.5, f(a.b)],\n" * 3000 + "]",
    "a dictionary": "x = {" + "'a': lambda a, b: -a if b else a.b, " * 3000 + "}",
    "one line": "x = 1; " * 3000,
    "a text": "x = " + "'(' \"-\" f'{a.b}{c!r:>{d}}' " * 1000,
    "a text over lines": "x = '''" + "(((" * 1000 + "\n'''\ny = 1",
    "a comment": "x = 1  # " + "(" * 1000,
    "comparisons": "x = a.b" + " and -c < d.e" * 1000,
    "functions": "def f(x):\n    if x:\n        return -x\n    elif x:\n        return x\n" * 500,
    "what is no Python": "x = (1\n" + "y = a.b - 'c'\n" * 1000,
}


@pytest.mark.parametrize("kind", FLAT)
def test_what_is_long_is_not_deep(kind):
    assert too_deep(FLAT[kind]) is None


def test_nothing_that_people_write_is_too_deep():
    library = Path(ast.__file__).parent
    for path in sorted(library.glob("*.py"))[::8]:
        assert too_deep(path.read_text(encoding="utf-8")) is None, path.name


def depth_of(tree):
    deepest, todo = 0, [(tree, 0)]
    while todo:
        node, depth = todo.pop()
        deepest = max(deepest, depth)
        todo.extend((child, depth + 1) for child in ast.iter_child_nodes(node))
    return deepest


GROW = [
    *("-{}", "({})", "[{}]", "{{1: {}}}", "{}.a", "{}()", "{}[0]", "f({})", "f(a={})", "{} + a", "a * {}", "a ** {}"),
    *("(not {})", "(lambda a, b=1: {})", "(a if b else {})", "[a for a in {}]", "f'{{ {} }}'", "(a, {})", "a[{}:1]"),
]


def test_no_tree_is_much_deeper_than_what_was_counted():
    rng = random.Random(0)
    for _ in range(500):
        expression = "a"
        for _ in range(rng.randrange(80)):
            grow = rng.choice(GROW)
            if sys.version_info < (3, 12) and "'" in grow and "'" in expression:
                continue
            expression = grow.format(expression)
        source = f"x = {expression}"
        if too_deep(source) is None:
            assert depth_of(parse(source)) < 2 * DEEPEST


@pytest.mark.parametrize(
    ("source", "line", "says"),
    [
        ("x = 1\ny = '\0'", 2, "a null byte"),
        ("# \ud83d\nx = 1", 1, r"half of a character \(U\+D83D\)"),
        ("\r\n\udc36", 2, "half"),
    ],
)
def test_what_is_no_character_has_an_error_with_its_line(source, line, says):
    with pytest.raises(SyntaxError, match=says) as caught:
        names_of(source)
    assert caught.value.lineno == line
    str(caught.value.text).encode()  # and it can be told


def test_the_form_of_what_is_too_deep_is_not_asked_of_pythons_parser():
    with pytest.raises(SyntaxError, match="nested too deeply"):
        form_of("x = 1  # @param {type:'number'}\ny = " + "-" * 100_000 + "1")


def test_names_with_digits_keep_them_in_their_shape():
    assert shape_of("k2.append(1)") != shape_of("k1.append(1)")
    assert shape_of("x = 1.5") == shape_of("x = 27.25")
