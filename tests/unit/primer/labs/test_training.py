"""A training in steps: the same every time, in slices, gone on with, stopped when it runs away; and what it reaches."""

import json
import time
from pathlib import Path

import numpy as np
import pytest

import primer
from primer.labs.model_file import model_bytes, model_from
from primer.labs.training import Training, examine
from primer.pictures.camera import Pictures, split

FIRST_LOSSES = json.loads((Path(__file__).parents[3] / "oracles" / "first_losses.json").read_text())


@pytest.fixture(scope="module")
def pictures():
    return split(2400, 400, seed=1)


def finished(pictures, **settings):
    training = Training(pictures, **settings)
    while not training.is_over:
        training.step()
    return training


def test_the_first_fifty_losses_are_those_that_the_browser_finds():
    training = Training(split(**FIRST_LOSSES["split"]).train, **FIRST_LOSSES["training"])
    losses = [training.step() for _ in FIRST_LOSSES["losses"]]
    np.testing.assert_allclose(losses, FIRST_LOSSES["losses"], rtol=0, atol=1e-9)
    assert len(losses) == 50 and losses[-1] < losses[0]


def test_a_short_training_knows_new_photographs_and_is_worse_at_new_breeds(pictures):
    training = finished(pictures.train, dtype=np.float32, n_epochs=8)
    met, test, new = (examine(training.network, part) for part in pictures[1:])
    assert met.accuracy >= 0.97 and test.accuracy >= 0.85
    assert 0.3 < new.accuracy < test.accuracy
    assert test.loss < new.loss


def test_a_report_counts_what_the_network_says(pictures):
    network = Training(pictures.train, hidden=[4]).network
    report = examine(network, pictures.test)
    guesses = network.predict(primer.pictures.inputs(pictures.test.pixels))
    assert report.accuracy == primer.accuracy(guesses, pictures.test.labels)
    assert np.sum(report.confusion) == 400 and np.trace(report.confusion) == round(400 * report.accuracy)
    for kind in range(4):
        assert report.precision[kind] == primer.precision(guesses, pictures.test.labels, positive=kind)
        assert report.recall[kind] == primer.recall(guesses, pictures.test.labels, positive=kind)
    assert report.loss == pytest.approx(
        network.loss(primer.pictures.inputs(pictures.test.pixels), pictures.test.labels)
    )
    assert json.loads(json.dumps(report._asdict()))["confusion"] == report.confusion


def test_the_same_seed_learns_the_same_and_another_another(pictures):
    one, same, other = (finished(pictures.train, hidden=[8], n_epochs=1, seed=seed) for seed in (3, 3, 4))
    assert one.losses == same.losses != other.losses


def test_slices_make_no_difference_to_what_is_learned(pictures):
    whole = finished(pictures.train, hidden=[8], n_epochs=1)
    sliced, slices = Training(pictures.train, hidden=[8], n_epochs=1), 0
    while not sliced.state.is_done:
        sliced.run(seconds=0)
        slices += 1
    assert sliced.losses == whole.losses and slices == whole.n_steps


def test_a_slice_ends_in_its_time_or_with_the_training(pictures):
    training = Training(pictures.train, hidden=[8], n_epochs=1)
    training.run(seconds=60)
    assert training.state.is_done and training.state.step == training.n_steps
    before = training.losses.copy()
    training.run()
    assert training.losses == before
    with pytest.raises(StopIteration, match="the training is over"):
        training.step()


def test_the_state_says_how_far_it_is(pictures):
    training = Training(pictures.train, hidden=[8], n_epochs=2, batch_size=600)
    assert training.state[:4] == (0, 8, 0, 2) and np.isnan(training.state.train_loss)
    losses = [training.step() for _ in range(5)]
    state = training.state
    assert state[:4] == (5, 8, 1, 2) and not state.is_done and not state.ran_away
    assert state.train_loss == pytest.approx(np.mean(losses[1:]))
    assert state.seconds_left == pytest.approx(state.seconds / 5 * 3)


def test_every_epoch_shows_every_picture_once_in_another_order(pictures):
    few = Pictures(*(part[:10] for part in pictures.train))
    training, seen = Training(few, hidden=[2], batch_size=4, n_epochs=2), []
    training.network.loss_and_gradients = lambda X, labels, ask=training.network.loss_and_gradients: (
        seen.append(X.copy()),
        ask(X, labels),
    )[1]
    while not training.is_over:
        training.step()
    assert [len(batch) for batch in seen] == [4, 4, 2] * 2
    first, second = np.concatenate(seen[:3]), np.concatenate(seen[3:])
    assert (first != second).any()
    for order in (first, second):
        np.testing.assert_array_equal(np.unique(order, axis=0), np.unique(training.X, axis=0))


@pytest.mark.parametrize(("dtype", "width"), [(np.float32, "<f4"), (np.float64, "<f8")])
def test_going_on_from_a_file_is_as_if_there_had_been_no_break(pictures, dtype, width):
    settings = {"hidden": [8], "n_epochs": 1, "dtype": dtype}
    whole = finished(pictures.train, **settings)
    first = Training(pictures.train, **settings)
    for _ in range(13):
        first.step()
    saved = model_bytes(first.network, picture_size=20, arrays=first.arrays(), notes={"step": 13}, dtype=width)
    model = model_from(saved)
    second = Training(pictures.train, **settings)
    second.go_on_from(model.arrays, model.notes["step"])
    while not second.is_over:
        second.step()
    assert first.losses + second.losses == whole.losses


def test_what_cannot_be_gone_on_from_is_named_and_changes_nothing(pictures):
    training = Training(pictures.train, hidden=[3], n_epochs=1)
    before = training.arrays()
    with pytest.raises(ValueError, match=r"step must lie in 0\.\.38 for this training, got 99"):
        training.go_on_from(before, 99)
    with pytest.raises(ValueError, match=r"velocity_bias_1 of shape \(9,\) fits no parameter"):
        training.go_on_from({**before, "velocity_bias_1": np.zeros(9)}, 1)
    with pytest.raises(ValueError, match=r"bias_1 must have shape \(3,\)"):
        training.go_on_from({"bias_1": np.zeros(9)}, 1)
    for name, value in training.arrays().items():
        np.testing.assert_array_equal(value, before[name])


def test_a_learning_rate_far_too_large_stops_with_what_was_there(pictures):
    training = finished(pictures.train, hidden=[8, 8], n_epochs=1, learning_rate=1e200, activation="linear")
    assert training.state.ran_away and not training.state.is_done
    assert not np.isfinite(training.losses[-1])
    assert np.isfinite(training.losses[:-1]).all()


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"batch_size": 0}, "batch_size must be a whole number of 1 or above, got 0"),
        ({"n_epochs": 1.5}, "n_epochs must be a whole number"),
        ({"learning_rate": -1}, "learning_rate must be a number of 0 or above"),
        ({"activation": "step"}, "unknown activation 'step'"),
    ],
)
def test_settings_that_make_no_sense_are_named(pictures, settings, says):
    with pytest.raises(ValueError, match=says):
        Training(pictures.train, **settings)


def test_nothing_to_learn_from_or_to_examine_is_named():
    nothing = split(0, 0)
    with pytest.raises(ValueError, match="a training needs at least one picture"):
        Training(nothing.train)
    with pytest.raises(ValueError, match="give at least one picture"):
        examine(primer.MLP([400, 4]), nothing.test)


def test_a_pause_costs_nothing_of_the_time_that_is_told(pictures):
    training = Training(pictures.train, hidden=[4], n_epochs=1)
    training.step()
    told = training.state.seconds
    time.sleep(0.01)
    assert training.state.seconds == told
