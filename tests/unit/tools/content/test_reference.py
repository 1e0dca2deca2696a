import re
import textwrap

import pytest

from tools.base import places
from tools.base.errors import ToolError
from tools.content.reference import reference


def library(folder, source, public):
    package = folder / "primer"
    package.mkdir()
    names = ", ".join(f'"{name}"' for name in public)
    (package / "__init__.py").write_text(
        f"from primer.things import {', '.join(public)}\n\n__all__ = [{names}]\n" if public else ""
    )
    (package / "things.py").write_text('"""Things."""\n\n' + textwrap.dedent(source))
    return folder


DOUBLE = '''
    def double(x, *, times=2):
        r"""Twice `x_in`, or as `halve` would undo; :math:`2x` or ``times * x``.

        .. math:: y = 2 x
            + 0

        Parameters
        ----------
        x : ndarray, shape (n_samples, n_in)
            Any *numbers*.
        times : int

        Returns
        -------
        ndarray, shape (n_samples, n_in)

        Raises
        ------
        ValueError
            If x < 0.

        Examples
        --------
        >>> double(2)
        4
        """
        return times * x  # the code


    def halve(x):
        """Half of it. See `double()`."""
        return x / 2
'''


def test_a_docstring_becomes_markdown_with_anchors_formulas_shapes_errors_and_examples(tmp_path):
    text, _ = reference(library(tmp_path, DOUBLE, ["double", "halve"]))
    for part in [
        "#### `double` { #primer-double }",
        "Twice `x_in`, or as [`halve`](#primer-halve) would undo; $2x$ or `times * x`.",
        "$$\ny = 2 x\n+ 0\n$$",
        "- `x` (ndarray, shape (n\\_samples, n\\_in)): Any *numbers*.",
        "- `times` (int)",
        "- ndarray, shape (n\\_samples, n\\_in)",
        "- `ValueError`: If x &lt; 0.",
        "Half of it. See [`double()`](#primer-double).",
    ]:
        assert part in text, part
    bare = re.sub("<[^>]+>", "", text)
    assert "double(x, *, times=2)" in bare
    assert "&gt;&gt;&gt; double(2)\n4" in bare
    assert ".. math" not in text and ":math:" not in text


def test_the_code_stands_on_another_page_under_the_same_name_and_without_the_docstring(tmp_path):
    text, code = reference(library(tmp_path, DOUBLE, ["double", "halve"]))
    assert "[Code: primer/things.py, line 4](reference/code.md#primer-double)" in text
    assert "return times" not in re.sub("<[^>]+>", "", text)
    there = re.sub("<[^>]+>", "", code.partition("{ #primer-double }")[2].partition("### ")[0])
    assert there.strip() == "def double(x, *, times=2):\n    return times * x  # the code"
    assert "### [`double`](../reference.md#primer-double) { #primer-double }" in code


def test_methods_of_a_class_have_anchors_and_private_ones_stay_private(tmp_path):
    source = '''
    class Dog:
        """A dog that can `bark`."""

        def __init__(self, name):
            self.name = name

        def bark(self, times=1):
            """Say woof."""

        def _sleep(self):
            """Not for readers."""
    '''
    text, code = reference(library(tmp_path, source, ["Dog"]))
    assert "A dog that can [`bark`](#primer-Dog-bark)." in text
    assert '<a id="primer-Dog-bark"></a>`bark(times=1)`\n:   Say woof.' in text
    assert "Dog(name)" in re.sub("<[^>]+>", "", text)
    assert "_sleep" not in text
    assert "_sleep" in code


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("def double(x):\n    return x\n", "primer: double is public and has no docstring"),
        ('def double(x):\n    """Twice.\n\n    .. note:: hm\n    """\n', r"primer: double: .* '.. note::'"),
        ('def double(x):\n    """See :func:`x`."""\n', "does not know ':func:`'"),
    ],
)
def test_what_could_not_be_shown_is_named(tmp_path, source, message):
    with pytest.raises(ToolError, match=message):
        reference(library(tmp_path, source, ["double"]))


def test_a_library_that_says_nothing_of_what_is_public_is_refused(tmp_path):
    with pytest.raises(ToolError, match="no __all__"):
        reference(library(tmp_path, DOUBLE, []))


def test_everything_public_in_primer_has_its_place():
    import primer

    text, code = reference(places.PY)
    missing = [name for name in primer.__all__ if f"{{ #primer-{name} }}" not in text]
    assert not missing
    links = set(re.findall(r"\(#(primer-[\w-]+)\)", text))
    anchors = set(re.findall(r'\{ #(primer-[\w-]+) \}|id="(primer-[\w-]+)"', text))
    assert links <= {one or other for one, other in anchors}
    below = set(re.findall(r"\n### \S+ \{ #(primer-[\w-]+) \}", code))
    assert set(re.findall(r"code\.md#(primer-[\w-]+)\)", text)) == below
