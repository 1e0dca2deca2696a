"""Training in slices: the same as training in one go, with the functions that it is given."""

import inspect
import json
import re

import numpy as np
import pytest

from primer import MLP, GradientDescent, cross_entropy
from primer.labs.fields import LAB
from primer.labs.playground import GRID, Opening, Settings, Training
from tools.base import places

PAGE = (places.ROOT / "site" / "train-your-dog.md").read_text(encoding="utf-8")


def code_of(cell):
    return re.search(rf'```python run id="{cell}".*?\n(.*?)```', PAGE, re.DOTALL)[1]


@pytest.fixture
def functions():
    """`forward`, `backward` and `update` as the page has them."""
    namespace = {}
    for cell in ("activation", "forward", "backward", "update"):
        exec(code_of(cell), namespace)
    return [namespace[name] for name in ("forward", "backward", "update")]


@pytest.fixture
def training(functions):
    one = Training({}, *functions)
    one.begin()
    return one


def test_the_pages_functions_learn_the_four_quadrants(training):
    for _ in range(50):
        report = training.train(0.1, 10, 10_000)
    assert report["epoch"] == 50
    assert report["test_accuracy"] >= 0.97
    assert report["test_loss"] < 0.1


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
@pytest.mark.parametrize("hidden", ["", "3", "4,5"])
def test_a_step_is_that_of_the_librarys_network(functions, activation, hidden):
    training = Training({}, *functions)
    training.begin(hidden=hidden, activation=activation, seed=4)
    state = training.state
    network = MLP(state["settings"].sizes, activation)
    layers = state["layers"]
    names = [(f"weights_{i}", f"bias_{i}") for i in range(1, len(layers) + 1)]
    network.set_parameters(
        {n: a for pair, layer in zip(names, layers, strict=True) for n, a in zip(pair, layer, strict=True)}
    )
    chosen = np.random.default_rng([4, 1]).permutation(len(state["X_train"]))[:7]
    loss, gradients = network.loss_and_gradients(state["X_train"][chosen], state["labels_train"][chosen])
    GradientDescent(0.3).step(network.parameters, gradients)
    lesson = training.step(0.3, 7)["lesson"]
    assert lesson["loss"] == pytest.approx(loss, rel=1e-12)
    for (weights, bias), pair in zip(training.state["layers"], names, strict=True):
        np.testing.assert_allclose(weights, network.parameters[pair[0]], rtol=1e-11, atol=1e-14)
        np.testing.assert_allclose(bias, network.parameters[pair[1]], rtol=1e-11, atol=1e-14)


def test_slices_of_any_length_lead_to_the_same_numbers(functions):
    ends = []
    for milliseconds in (0, 10_000):
        one = Training({}, *functions)
        one.begin(seed=2)
        while one.state["epoch"] < 3:
            one.train(0.1, 16, milliseconds)
        ends.append(one.report()["train_loss"])
    assert ends[0] == ends[1]


def test_what_a_report_keeps_is_enough_to_go_on_elsewhere(training, functions):
    for _ in range(7):
        training.step(0.1, 10)
    kept = json.loads(json.dumps(training.report()["keep"]))
    other = Training({"kept": kept}, *functions)
    assert other.report()["test_loss"] == training.report()["test_loss"]
    assert other.step(0.1, 10)["lesson"]["loss"] == training.step(0.1, 10)["lesson"]["loss"]


def test_every_record_is_learned_from_once_an_epoch(training):
    seen = []
    while training.state["epoch"] == 0:
        seen += [tuple(record["place"]) for record in training.step(0.1, 6)["lesson"]["records"]]
    assert sorted(seen) == sorted(map(tuple, training.state["X_train"].tolist()))


def test_the_numbers_of_a_step_fit_together(training):
    report = training.step(0.1, 4)
    lesson = report["lesson"]
    records = lesson["records"]
    assert lesson["n_records"] == len(records) == 4
    logits = [record["logits"] for record in records]
    assert lesson["loss"] == pytest.approx(cross_entropy(logits, [record["kind"] for record in records]))
    assert np.mean([record["surprise"] for record in records]) == pytest.approx(lesson["loss"])
    for before, slopes, after in zip(lesson["before"], lesson["gradients"], report["layers"], strict=True):
        for old, slope, new in zip(before, slopes, after, strict=True):
            np.testing.assert_allclose(np.array(old) - 0.1 * np.array(slope), new, rtol=1e-12)


def test_numbers_that_run_away_stop_before_the_step_is_taken(training):
    training.train(0.1, 10, 10_000)
    best = training.report()["best"]
    before = [weights.copy() for weights, _ in training.state["layers"]]
    report = training.step(1e308, 10)
    for _ in range(20):
        if report["ran_away"]:
            break
        before = [weights.copy() for weights, _ in training.state["layers"]]
        report = training.step(1e308, 10)
    assert report["ran_away"]["step"] == training.state["steps"] + 1
    for old, (weights, _) in zip(before, training.state["layers"], strict=True):
        np.testing.assert_array_equal(old, weights)
    back = training.back()
    assert back["epoch"] == best["epoch"]
    assert back["train_loss"] == best["train_loss"]


def test_uphill_with_relu_runs_away_and_is_caught(functions):
    forward, backward, _ = functions

    def uphill(layers, gradients, rate):
        return [(w + rate * dw, b + rate * db) for (w, b), (dw, db) in zip(layers, gradients, strict=True)]

    training = Training({}, forward, backward, uphill)
    training.begin(activation="relu", hidden="8,8")
    reports = (training.train(1.0, 10, 10_000) for _ in range(300))
    assert next((report for report in reports if report["ran_away"]), None), "it goes on for ever"


def test_a_weight_and_a_bias_can_be_set(training):
    training.set_weight(0, 1, 2, 0.5)
    report = training.set_weight(1, -1, 3, -2.0)
    assert report["layers"][0][0][1][2] == 0.5
    assert report["layers"][1][1][3] == -2.0


def test_a_training_can_begin_with_given_weights(training, functions):
    given = training.report()["layers"]
    given[0][0][0][0] = 9.0
    other = Training({}, *functions)
    assert other.begin(weights=given)["layers"] == given
    with pytest.raises(ValueError, match=r"these weights must return|for layer 1"):
        other.begin(weights=given, hidden="5")


def test_the_pictures_have_a_byte_for_each_cell(functions):
    training = Training({}, *functions)
    report = training.begin(hidden="3,2")
    assert len(report["regions"]) == GRID * GRID * 4
    assert len(report["neurons"]) == GRID * GRID * 5
    assert training.begin(hidden="")["neurons"] == b""
    picture = np.frombuffer(report["regions"], np.uint8).reshape(GRID * GRID, 4)
    assert (abs(picture.sum(axis=1, dtype=int) - 255) <= 4).all()


@pytest.mark.parametrize(
    ("name", "broken", "told"),
    [
        ("forward", lambda layers, X, activation: X, "forward must return a list of 3 arrays"),
        ("forward", lambda layers, X, activation: [X, X, X], "forward must give layer 1 outputs of shape"),
        ("backward", lambda *_: 0.5, "backward must return two things"),
        ("backward", lambda *_: (0.5, []), "backward must return one pair for each of 2 layers, got 0 things"),
        ("update", lambda *_: None, "update must return one pair for each of 2 layers, got NoneType"),
        ("update", lambda layers, *_: [layers[1], layers[0]], "for layer 1"),
    ],
)
def test_a_function_that_returns_something_else_is_told_what_is_wanted(training, name, broken, told):
    setattr(training, name, broken)
    with pytest.raises(ValueError, match=told):
        training.step(0.1, 10)


@pytest.mark.parametrize("wrong", [{"data": "moons"}, {"activation": "step"}])
def test_unknown_settings_are_refused(wrong):
    with pytest.raises(ValueError, match="unknown"):
        Settings(**wrong).points(), Settings(**wrong).layers()


def test_the_opening_is_plain_data_with_words(functions):
    opening = Opening(Training({}, *functions).begin())
    bundle = opening._repr_mimebundle_()
    assert bundle["text/plain"] == repr(opening)
    assert re.match(
        r"The lab begins with 300 records to learn from, 100 for the test, and a test loss of \d", repr(opening)
    )
    assert bundle[LAB]["kinds"] == ("toaster", "bird", "cat", "dog")


def test_what_begins_anew_is_what_a_training_begins_with_and_the_rest_what_it_goes_on_with(functions):
    opening = Opening(Training({}, *functions).begin())._repr_mimebundle_()
    fields = json.loads(json.dumps(opening[LAB]["fields"]))
    begun = {one["name"] for one in fields if one["restarts"]}
    goes_on = {one["name"] for one in fields} - begun
    assert begun == inspect.signature(Settings).parameters.keys() - {"n_samples"}
    assert goes_on - {"epochs"} == inspect.signature(Training.step).parameters.keys() - {"self"}
