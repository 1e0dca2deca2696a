"""Answers that may be anything: read as they are meant, or refused in words."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from primer.answers import number, numbers, result, told


@pytest.mark.parametrize(
    "value", [2, 2.0, True + True, np.float32(2), np.array(2), np.array([2]), [2], (2.0,), [[2]], np.array([[[2]]])]
)
def test_one_number_is_one_number_whatever_holds_it(value):
    assert number(value, "It") == 2.0
    assert type(number(value, "It")) is float


@pytest.mark.parametrize(
    "value", [[1, 0], (1, 0), np.array([1, 0]), [True, False], np.array([1, 0], np.float32), [np.array(1), 0.0]]
)
def test_numbers_are_numbers_whatever_holds_them(value):
    np.testing.assert_array_equal(numbers(value, (2,), "They"), [1.0, 0.0])


def test_what_is_read_is_a_copy():
    given_in = np.array([1.0, 2.0])
    numbers(given_in, (2,), "They")[0] = 7
    assert given_in[0] == 1


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (..., "nothing is there yet"),
        (None, "is None"),
        ("2", "Numbers stand without quotation marks"),
        (np.exp, "Call it"),
        ({2.0}, "yours is a set"),
        ((one for one in [2]), "yours is a generator"),
        (Fraction(1, 2), "yours is a Fraction"),
        ([[1], [1, 2]], "yours is a list"),
        (2j, "yours is a complex"),
        ([1, 2], r"yours has the shape \(2,\)"),
        (float("nan"), "is nan"),
        (-float("inf"), "is infinite"),
    ],
)
def test_what_is_no_number_is_refused_in_words(value, says):
    with pytest.raises(AssertionError, match=says):
        number(value, "It")


def test_infinities_may_be_asked_for():
    assert np.isnan(number(np.nan, "It", is_finite=False))


def test_a_shape_that_does_not_fit_is_told_with_the_one_that_would():
    with pytest.raises(AssertionError, match=r"should have the shape \(2,\); yours has \(3,\)"):
        numbers([1, 2, 3], (2,), "They")


def test_a_function_may_change_what_it_is_given():
    row = np.array([1.0, 2.0])

    def doubled(values):
        values *= 2
        return values

    np.testing.assert_array_equal(result(doubled, row), [2, 4])
    np.testing.assert_array_equal(row, [1, 2])


@pytest.mark.parametrize(
    ("function", "says"),
    [(3, "it is an int"), (lambda: ..., "still returns the dots"), (lambda: None, "is there a return?")],
)
def test_what_a_function_lacks_is_told(function, says):
    with pytest.raises(AssertionError, match=says):
        result(function)


def test_none_may_be_an_answer():
    assert result(lambda: None, may_be_none=True) is None


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_no_number_is_rounded_into_another(value, beside):
    said = told(value, beside)
    assert (float(said) == round(beside, len(said.partition(".")[2]))) == (value == beside) or value == float(said)


@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3))
def test_a_number_that_is_far_from_the_other_has_few_digits(value, beside):
    assume(abs(value - beside) > 0.01)
    assert len(told(value, beside).partition(".")[2]) == 3
