"""A reader trains the dog: the lab, the page's own functions that it calls, and what can go wrong."""

import re

import pytest

from at_once import expect
from cells_in_page import FULL, PYTHON_STARTS, button, error, settled, source, type_instead
from dog_in_page import put, reaches
from lab_in_page import figure, lab, number, press, state, summary
from primer.labs.playground import Training
from tools.base import places

PAGE = (places.ROOT / "site" / "train-your-dog.md").read_text(encoding="utf-8")


def test_it_trains_to_the_goal_and_says_so_no_more_often_than_every_few_seconds(dog):
    dog.evaluate(
        "() => { window.said = 0; new MutationObserver(() => window.said++).observe("
        "document.querySelector('[data-part=announcer]'), { childList: true, subtree: true, characterData: true }) }"
    )
    press(dog, "Train", "training")
    state(dog, "trained")
    assert number(dog, "epoch") == 200
    assert number(dog, "test-accuracy") >= 0.97
    assert number(dog, "test-loss") < 0.1
    expect(summary(dog)).to_contain_text("Trained. Epoch 200")
    dog.wait_for_function("() => window.said > 0")
    assert dog.evaluate("window.said") <= 8
    expect(lab(dog).get_by_role("img", name=re.compile(r"^Loss in nats, from epoch 0 to 200"))).to_be_visible()


def test_pause_and_resume_go_on_from_the_same_place(dog):
    press(dog, "Train")
    reaches(dog, 3)
    press(dog, "Pause", "paused")
    stood = number(dog, "epoch")
    press(dog, "Resume", "training")
    reaches(dog, stood + 3)
    press(dog, "Pause", "paused")


def test_steps_have_the_same_loss_in_both_hosts(dog):
    put(dog, "hidden", "5,4")
    namespace = {}
    for id in ("activation", "forward", "backward", "update"):
        exec(re.search(rf'```python run id="{id}".*?\n(.*?)```', PAGE, re.DOTALL)[1], namespace)
    training = Training({}, *(namespace[name] for name in ("forward", "backward", "update")))
    training.begin(hidden="5,4")
    for i in range(1, 16):
        press(dog, "Step")
        expect(lab(dog).get_by_role("heading", name=f"Step {i}, in numbers")).to_be_visible()
        computed = lab(dog).evaluate("lab => lab.value.lesson.loss")
        assert computed == pytest.approx(training.step(0.1, 10)["lesson"]["loss"], abs=1e-9), f"step {i}"


def test_step_shows_its_numbers_down_to_a_weight(dog):
    put(dog, "batch_size", 2)
    press(dog, "Step")
    table = lab(dog).get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(1 + 2 * 3)
    value = lab(dog).evaluate("lab => lab.value")
    losses = [record["surprise"] for record in value["lesson"]["records"]]
    expect(figure(dog, "step-loss")).to_have_text(f"{sum(losses) / 2:.4f}")
    expect(table).to_contain_text(f"{losses[0]:.4f}")
    lab(dog).get_by_role("button", name=re.compile("^weight from fur to neuron 1:")).click(force=True)
    before, after = value["lesson"]["before"][0][0][0][0], value["layers"][0][0][0][0]
    slope = value["lesson"]["gradients"][0][0][0][0]
    assert after == pytest.approx(before - 0.1 * slope)
    told = lab(dog).locator("[data-part=worked]").inner_text().replace("−", "-")
    assert told.startswith(f"Last step: from {before:.4f} to {after:.4f}. The slope of the loss was {slope:.4f}")


def test_one_epoch_is_one_epoch(dog):
    press(dog, "One epoch")
    expect(figure(dog, "epoch")).to_have_text("1")
    state(dog, "paused")
    assert lab(dog).evaluate("lab => [lab.value.epoch, lab.value.position, lab.value.steps]") == [1, 0, 30]


def test_the_same_seed_gives_the_same_training_and_another_gives_another(dog):
    losses = []
    for seed in (1, 2, 1):
        put(dog, "seed", seed)
        press(dog, "Reset")
        expect(figure(dog, "epoch")).to_have_text("0")
        press(dog, "One epoch")
        expect(figure(dog, "epoch")).to_have_text("1")
        state(dog, "paused")
        losses.append(number(dog, "test-loss"))
    assert losses[0] == losses[2] != losses[1]


def test_an_edited_line_changes_how_the_dog_learns(dog):
    press(dog, "One epoch", "paused")
    edited = (
        source(dog, "update")
        .replace("learning_rate * d_weights", "0 * d_weights")
        .replace("learning_rate * d_bias", "0 * d_bias")
    )
    type_instead(dog, "update", edited)
    expect(lab(dog)).to_contain_text("You edited code that has not run")
    before = number(dog, "test-loss")
    press(dog, "One epoch")
    expect(figure(dog, "epoch")).to_have_text("2")
    state(dog, "paused")
    assert number(dog, "test-loss") == before
    settled(dog, "update", "done")


def test_a_broken_edit_says_so_at_its_cell_and_the_training_stops_where_it_was(dog):
    put(dog, "epochs", 5000)
    press(dog, "Train")
    reaches(dog, 2)
    type_instead(dog, "forward", source(dog, "forward").replace("@ weights", "@ weights.T"))
    button(dog, "forward", "Run").click()
    state(dog, "paused")
    stood = number(dog, "epoch")
    assert stood >= 2
    expect(error(dog, "forward")).to_contain_text("ValueError")
    expect(lab(dog).locator("[data-part=notice]")).to_contain_text("The code stopped with an error in")
    expect(lab(dog).locator("[data-part=notice]")).to_contain_text(f"at epoch {stood:.0f}")
    button(dog, "forward", "Reset").click()
    press(dog, "Resume")
    reaches(dog, stood + 2)
    expect(error(dog, "forward")).to_be_empty()
    press(dog, "Pause", "paused")


def test_numbers_that_run_away_are_caught_explained_and_one_click_back(dog):
    put(dog, "activation", "relu")
    put(dog, "hidden", "8,8")
    put(dog, "learning_rate", 1)
    press(dog, "One epoch", "paused")
    type_instead(dog, "update", source(dog, "update").replace("weights - learning", "weights + learning"))
    press(dog, "Resume", "failed")
    expect(figure(dog, "train-loss")).to_have_text("nan")
    notice = lab(dog).locator("[data-part=notice]")
    expect(notice).to_contain_text("The numbers ran away")
    button(dog, "update", "Reset").click()
    settled(dog, "update", "done")
    notice.get_by_role("button", name="Back to epoch").click()
    state(dog, "paused")
    expect(notice).to_be_empty()
    assert number(dog, "train-loss") < 2
    expect(lab(dog).get_by_role("button", name="Resume", exact=True)).to_be_focused()


def test_a_weight_is_set_in_place_by_the_keyboard_alone(dog):
    first = lab(dog).locator("[data-place='0 0 0']")
    first.focus()
    dog.keyboard.press("ArrowRight")
    expect(lab(dog).locator("[data-place='0 1 0']")).to_be_focused()
    dog.keyboard.press("Enter")
    box = lab(dog).get_by_label("weight from noise to neuron 1", exact=True)
    expect(box).to_be_focused()
    dog.keyboard.type("-2.5")
    dog.keyboard.press("Enter")
    expect(summary(dog)).to_contain_text("weight from noise to neuron 1 is -2.5 now")
    assert lab(dog).evaluate("lab => lab.value.layers[0][0][1][0]") == -2.5
    box.focus()
    dog.keyboard.press("Escape")
    expect(lab(dog).get_by_role("button", name="weight from noise to neuron 1: -2.500")).to_be_focused()


def test_train_and_pause_by_the_keyboard_keep_the_focus(dog):
    lab(dog).get_by_role("button", name="Train", exact=True).focus()
    dog.keyboard.press("Enter")
    reaches(dog, 2)
    dog.keyboard.press("Enter")
    state(dog, "paused")
    expect(lab(dog).get_by_role("button", name="Resume", exact=True)).to_be_focused()
    dog.keyboard.press("Tab")
    dog.keyboard.press("Enter")
    expect(lab(dog).get_by_role("heading", name="in numbers")).to_be_visible()
    expect(lab(dog).get_by_role("button", name="Step", exact=True)).to_be_focused()


def test_settings_out_of_range_are_refused_in_words(dog):
    for name, value, told in (
        ("hidden", "9", "from 1 to 8"),
        ("hidden", "a,b", "one for each layer"),
        ("batch_size", "0", "Batch size is a whole number from 1 to 400"),
        ("learning_rate", "-1", "Learning rate is a number from 0 to 1000"),
    ):
        put(dog, name, value)
        expect(lab(dog).locator("[data-part=refusal]").filter(has_text=told)).to_be_visible()
    press(dog, "Step")
    expect(lab(dog).get_by_role("heading", name="Step 1, in numbers")).to_be_visible()


@pytest.mark.parametrize("data", ["checkerboard", "rings", "spirals"] if FULL else ["spirals"])
def test_the_harder_sets_are_learned_better_than_by_chance(dog, data):
    put(dog, "data", data)
    put(dog, "hidden", "8,8")
    put(dog, "activation", "relu")
    put(dog, "epochs", 60)
    press(dog, "Train", "trained")
    assert number(dog, "test-accuracy") > 0.5


def test_a_loop_that_never_ends_is_ended_by_pause_and_nothing_is_lost(dog):
    press(dog, "One epoch", "paused")
    loss = number(dog, "test-loss")
    type_instead(dog, "forward", "def forward(layers, X, activation):\n    while len(X): pass")
    lab(dog).get_by_role("button", name="Resume", exact=True).click()
    settled(dog, "check", "running")  # it calls forward, too
    press(dog, "Pause", "paused")
    settled(dog, "check", "stopped")
    button(dog, "forward", "Reset").click()
    press(dog, "One epoch")
    expect(figure(dog, "epoch")).to_have_text("2", timeout=PYTHON_STARTS)
    state(dog, "paused")
    assert number(dog, "test-loss") < loss


def test_python_that_ends_in_the_middle_is_replaced_and_the_training_goes_on_from_where_it_was(dog):
    press(dog, "One epoch", "paused")
    crash = source(dog, "update").replace("return [", "if steps_taken(): import os; os._exit(1)\n    return [")
    type_instead(
        dog, "update", "_seen = []\ndef steps_taken():\n    _seen.append(1)\n    return len(_seen) > 600\n\n" + crash
    )
    press(dog, "Resume")
    expect(lab(dog)).to_contain_text("A fresh one takes over", timeout=PYTHON_STARTS)
    state(dog, "paused")
    stood = number(dog, "epoch")
    assert stood >= 1
    button(dog, "update", "Reset").click()
    press(dog, "Resume")
    reaches(dog, stood + 2)
    press(dog, "Pause", "paused")


def test_while_it_trains_the_page_stays_free_and_cells_still_run(dog):
    put(dog, "hidden", "8,8")
    put(dog, "epochs", 5000)
    dog.evaluate(
        """() => {
            window.blocked = [];
            new PerformanceObserver((list) => window.blocked.push(...list.getEntries().map((e) => e.duration)))
                .observe({ type: "longtask" });
            window.frames_ = 0;
            const count = () => (window.frames_++, (window.counting = requestAnimationFrame(count)));
            count();
            window.drawn = 0;
            const loss = document.querySelector("[data-figure=train-loss]");
            new MutationObserver(() => window.drawn++).observe(loss, { childList: true });
        }"""
    )
    press(dog, "Train")
    reaches(dog, 1)
    begun = dog.evaluate("() => ((window.frames_ = window.drawn = 0), performance.now())")
    reaches(dog, 60)
    seconds = (dog.evaluate("performance.now()") - begun) / 1000
    frames, drawn, blocked = dog.evaluate("() => [window.frames_, window.drawn, window.blocked]")
    button(dog, "check", "Run").click()
    settled(dog, "check", "done")
    state(dog, "training")
    press(dog, "Pause", "paused")
    dog.evaluate("cancelAnimationFrame(window.counting)")
    longest = max(blocked, default=0)
    print(
        f"\n{frames / seconds:.0f} frames a second, {drawn / seconds:.0f} pictures a second; "
        f"longest blocked time {f'{longest:.0f} ms' if longest else 'under 50 ms'}"
    )
    assert drawn > 10
