"""Tables: names and numbers in place, markup escaped."""

from xml.etree import ElementTree

import numpy as np
import pytest

from primer import Table
from primer.colours import token


def test_a_table_is_well_formed_and_holds_every_number():
    table = Table([[0.70538, -1], [np.inf, np.nan]], rows=["r", "s"], columns=["a", "b"])
    html = ElementTree.fromstring(table._repr_html_())
    assert [cell.text for cell in html.iterfind("tbody/tr/td")] == ["0.7054", "−1.0000", "inf", "nan"]
    assert [cell.text for cell in html.iterfind("thead/tr/th")] == ["a", "b"]
    assert [cell.text for cell in html.iterfind("tbody/tr/th")] == ["r", "s"]


def test_markup_in_a_name_stays_text():
    table = Table([[1]], rows=["<b>"], columns=["<script>"], caption="a & <i>")
    html = table._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    root = ElementTree.fromstring(html)
    assert root.findtext("caption") == "a & <i>"
    assert root.findtext("tbody/tr/th") == "<b>"


def test_as_text_the_columns_stand_in_line():
    text = repr(Table([[1, -10], [2, 0.5]], rows=["a", "long"], columns=["x", "y"], digits=1))
    assert text.splitlines() == ["        x      y", "a     1.0  -10.0", "long  2.0    0.5"]


def test_a_caption_comes_first_in_text():
    assert repr(Table([[1]], rows=["a"], columns=["x"], caption="One.")).startswith("One.\n")


def test_no_minus_before_a_zero():
    assert "-" not in repr(Table([[-0.00001]], rows=["a"], columns=["x"]))


def test_names_that_do_not_fit_are_counted():
    with pytest.raises(ValueError, match=r"shape \(1, 2\).* got \(1, 3\)"):
        Table([[1, 2, 3]], rows=["a"], columns=["x", "y"])


def test_a_kind_has_its_mark_in_its_colour_before_its_name_and_for_the_eye_alone():
    table = Table([[1.0, 2.0]], rows=["duck"], columns=["dog", "score"])
    html = ElementTree.fromstring(table._repr_html_())
    heads = ["".join(head.itertext()) for head in html.iter("th")]
    assert heads == ["● dog", "score", "▲ duck"]
    marks = [(mark.get("aria-hidden"), mark.get("style")) for mark in html.iter("span")]
    assert marks == [("true", f"color:{token('dog')}"), ("true", f"color:{token('bird')}")]
