"""Accuracy, confusion, precision and recall: against scikit-learn, and where a share is of nothing."""

import numpy as np
import pytest
import sklearn.metrics
from hypothesis import given, settings
from hypothesis import strategies as st

from primer import accuracy, confusion_matrix, precision, recall

few = settings(max_examples=25)
pairs = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=20)


@few
@given(pairs)
def test_scikit_learn_counts_the_same(records):
    guessed, true = np.array(records).T
    assert accuracy(guessed, true) == sklearn.metrics.accuracy_score(true, guessed)
    expected = sklearn.metrics.confusion_matrix(true, guessed, labels=range(4))
    np.testing.assert_array_equal(confusion_matrix(guessed, true, 4), expected)
    assert len(confusion_matrix(guessed, true)) == np.max(records) + 1
    options = {"labels": [3], "average": None, "zero_division": 1.0}
    assert precision(guessed, true, positive=3) == sklearn.metrics.precision_score(true, guessed, **options)[0]
    assert recall(guessed, true, positive=3) == sklearn.metrics.recall_score(true, guessed, **options)[0]


def test_an_empty_album_holds_no_wrong_picture_and_no_dog_was_missed():
    assert precision([0, 1], [3, 1], positive=3) == 1.0
    assert recall([3, 1], [0, 1], positive=3) == 1.0
    assert precision([], [], positive=3) == recall([], [], positive=3) == 1.0


def test_none_confuse_nothing():
    assert confusion_matrix([], [], 2).tolist() == [[0, 0], [0, 0]]
    assert confusion_matrix([], []).shape == (0, 0)


def test_plain_floats_come_back():
    for share in (accuracy([1], [1]), precision([1], [1], positive=1), recall([1], [1], positive=1)):
        assert type(share) is float


@pytest.mark.parametrize(
    ("predictions", "labels", "error", "says"),
    [
        ([0, 1], [0], ValueError, r"one length, got shapes \(2,\) and \(1,\)"),
        ([[0]], [[0]], ValueError, r"got shapes \(1, 1\)"),
        ([-1], [0], ValueError, "predictions must be 0 or above, got -1 at position 0"),
        ([0.5], [0], TypeError, "predictions must be whole numbers"),
        ([0], [0.5], TypeError, "labels must be whole numbers"),
    ],
)
def test_a_wrong_input_is_named(predictions, labels, error, says):
    for function in (accuracy, confusion_matrix):
        with pytest.raises(error, match=says):
            function(predictions, labels)


def test_a_class_too_high_is_named():
    with pytest.raises(ValueError, match=r"labels must lie in 0\.\.1 for 2 classes, got 2 at position 0"):
        confusion_matrix([0], [2], 2)


def test_the_accuracy_of_none_is_no_number():
    with pytest.raises(ValueError, match="at least one record"):
        accuracy([], [])
