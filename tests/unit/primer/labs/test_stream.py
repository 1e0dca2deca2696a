"""What the lab of the stream asks Python for."""

from base64 import b64encode

import numpy as np
import pytest

from primer.data import KINDS
from primer.labs import stream
from primer.labs.model_file import ModelFileError, model_bytes, model_from
from primer.labs.stream import begin, exam, go_on, inside, judge, load, look, save, step, train, watch
from primer.network import MLP

SMALL = {"hidden": 8, "epochs": 2, "batch_size": 16, "seed": 3}


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Few pictures: what a session does is the same with many."""
    monkeypatch.setattr(stream, "N_TRAIN", 160)
    monkeypatch.setattr(stream, "N_TEST", 40)


@pytest.fixture
def session():
    one = {}
    begin(one, **SMALL)
    return one


def trained(session):
    report = train(session, 0)
    while not report["is_done"]:
        report = train(session, 0)
    return report


def base64(content):
    return b64encode(content).decode()


def test_slices_of_any_length_lead_to_the_same_network(session):
    other = {}
    begin(other, **SMALL)
    assert trained(session)["step"] == train(other, 1e6)["step"] == 20
    assert save(session) == save(other)


def test_each_report_has_the_losses_since_the_last(session):
    losses = [loss for _ in range(5) for loss in step(session)["losses"]]
    assert len(losses) == 5
    assert losses == session["work"].training.losses


def test_what_a_report_keeps_is_all_that_a_fresh_python_needs(session):
    for _ in range(7):
        kept = step(session)["keep"]
    fresh = {"kept": kept}
    assert go_on(fresh)["step"] == 7
    assert trained(fresh)["step"] == 20
    trained(session)
    assert save(fresh) == save(session)


def test_a_training_is_kept_after_each_epoch_whatever_the_clock_says(session):
    kept = [report["step"] for report in (train(session, 0) for _ in range(20)) if "keep" in report]
    assert {10, 20} <= set(kept)


def test_nothing_is_kept_of_a_training_that_ran_away():
    session = {}
    begin(session, **SMALL, learning_rate=1e9)
    reports = [train(session, 0) for _ in range(20)]
    assert reports[-1]["ran_away"]
    assert "keep" not in reports[-1]


def test_a_session_without_a_training_says_what_to_do():
    with pytest.raises(LookupError, match="press Train"):
        train({})


def test_the_three_tests_have_matrices_that_fit_their_accuracies(session):
    trained(session)
    for told in exam(session).values():
        confusion = np.array(told["confusion"])
        assert np.trace(confusion) / confusion.sum() == pytest.approx(told["accuracy"])


def test_the_same_stretch_of_the_stream_shows_the_same_pictures(session):
    first, again, next_one = (watch(session, number, 12) for number in (0, 0, 1))
    assert [one["pixels"] for one in first] == [one["pixels"] for one in again]
    assert [one["pixels"] for one in first] != [one["pixels"] for one in next_one]
    assert all(one["loss"] == pytest.approx(-np.log(one["probabilities"][KINDS.index(one["kind"])])) for one in first)


@pytest.mark.parametrize(("share", "expected"), [(0.0, {False}), (1.0, {True})])
def test_the_share_of_new_breeds_is_the_readers(session, share, expected):
    assert {one["is_new"] for one in watch(session, 0, 24, new_share=share)} == expected


@pytest.mark.parametrize(
    ("threshold", "precision", "recall", "counts"),
    [(0.5, 2 / 3, 2 / 3, (2, 1, 1)), (0.0, 3 / 5, 1.0, (3, 2, 0)), (0.95, 1.0, 0.0, (0, 0, 3))],
)
def test_precision_and_recall_follow_the_threshold(threshold, precision, recall, counts):
    scores, kinds = [0.9, 0.8, 0.7, 0.4, 0.2], ["dog", "cat", "dog", "dog", "bird"]
    told = judge({}, threshold, scores, kinds)
    assert (told["precision"], told["recall"]) == pytest.approx((precision, recall))
    assert (told["saved_dogs"], told["saved_others"], told["missed_dogs"]) == counts


def test_what_is_exactly_at_the_threshold_is_not_above_it():
    assert judge({}, 0.5, [0.5], ["dog"])["missed_dogs"] == 1


def test_a_look_at_a_picture_agrees_with_what_the_stream_said(session):
    trained(session)
    one = watch(session, 0, 1)[0]
    told = look(session, base64(one["pixels"]), one["kind"])
    np.testing.assert_allclose(told["probabilities"], one["probabilities"])
    np.testing.assert_allclose(told["exponentials"] / told["total"], told["probabilities"])
    assert told["loss"] == pytest.approx(one["loss"])
    assert len(told["spoke_for"]) == len(told["spoke_for_truth"]) == 20 * 20 * 3


def test_a_picture_of_another_size_is_refused(session):
    with pytest.raises(ValueError, match="400 pixels, got 9"):
        look(session, base64(bytes(9)))


def test_the_neurons_are_told_the_loudest_first(session):
    trained(session)
    told = inside(session)["neurons"]
    assert sorted(one["number"] for one in told) == list(range(1, 9))
    assert {one["says"] for one in told} <= set(KINDS)


def test_a_file_of_the_network_alone_is_a_training_that_is_done(session):
    content = model_bytes(session["work"].network, picture_size=20)
    report = load({}, base64(content))
    assert report["is_done"]


def test_a_damaged_file_leaves_the_network_there_is(session):
    before = save(session)
    with pytest.raises(ModelFileError):
        load(session, base64(before[:-3]))
    assert save(session) == before


@pytest.mark.parametrize(
    ("network", "options", "words"),
    [
        (MLP([16, 3, 4]), {"picture_size": 4}, "pictures of 4 pixels"),
        (MLP([400, 3, 2]), {"picture_size": 20, "classes": ("hot dog", "not hot dog")}, "hot dog, not hot dog"),
        (MLP([400, 4]), {"picture_size": 20}, "no hidden layer"),
    ],
)
def test_a_network_for_something_else_is_refused_in_words(network, options, words):
    with pytest.raises(ModelFileError, match=words):
        load({}, base64(model_bytes(network, **options)))


@pytest.mark.parametrize(
    "notes", [{"epochs": 10**9, "step": 5}, {"batch_size": 0}, {"seed": "1"}, {"learning_rate": -1.0}]
)
def test_senseless_notes_in_a_file_are_not_believed(session, notes):
    content = model_bytes(session["work"].network, picture_size=20, notes=notes)
    assert model_from(content).notes == notes
    report = load({}, base64(content))
    assert report["n_epochs"] <= 200
    assert report["is_done"]
