"""The mirror moves: a pulse down the edges, slopes back up; never under a hand, and not where less motion is wanted."""

from at_once import expect
from cells_in_page import PYTHON_STARTS, cell, output

WATCH = """() => {
  window.dots = [];
  new MutationObserver((records) => records.forEach(({addedNodes}) => addedNodes.forEach((node) => {
    if (node.dataset?.name !== "pulse") return;
    const held = document.querySelector('input[type="range"]:active') !== null;
    queueMicrotask(() => {
      const turns = [...node.children].map((dot) => dot.getAnimations()[0].effect);
      const heightOf = ({transform}) => Number(/, ([-\\d.]+)px/.exec(transform)[1]);
      const timing = turns.map((one) => [one.getTiming().delay, one.getTiming().duration]);
      window.dots.push({held, timing, ends: turns.map((one) => one.getKeyframes().map(heightOf))});
    });
  }))).observe(document.querySelector("#stepper"), {childList: true, subtree: true});
}"""


def opened(page):
    page.goto("backpropagation/")
    page.evaluate(WATCH)
    cell(page, "stepper").scroll_into_view_if_needed()
    return cell(page, "stepper").locator("input[type=range]")


def shows(page, step):
    expect(output(page, "stepper")).to_contain_text(f"Step {step} of 13", timeout=PYTHON_STARTS)
    expect(cell(page, "stepper").locator("[data-undrawn]")).to_have_count(0)


def test_a_step_sends_its_numbers_down_and_slopes_come_back_up_layer_by_layer(page):
    slider = opened(page)
    for step in ("6", "8"):
        slider.fill(step)
        shows(page, step)
        page.wait_for_function(f"() => dots.length === {1 if step == '6' else 2}")
    down, up = page.evaluate("() => dots")
    assert [delay for delay, _ in down["timing"]] == [0] * 4 + [240] * 6 + [480] * 3
    assert [delay for delay, _ in up["timing"]] == [0] * 3 + [240] * 6
    assert {duration for one in (down, up) for _, duration in one["timing"]} == {240}
    assert all(start < end for start, end in down["ends"])
    assert all(start > end for start, end in up["ends"])
    expect(cell(page, "stepper").locator("[data-name=pulse]")).to_have_count(0)  # it has gone by


def test_while_a_hand_holds_the_slider_nothing_runs(page):
    slider = opened(page)
    slider.fill("2")
    page.wait_for_function("() => dots.length === 1", timeout=PYTHON_STARTS)
    slider.evaluate("(slider) => slider.scrollIntoView({block: 'center'})")
    box = slider.bounding_box()
    page.mouse.move(box["x"] + 11 + (box["width"] - 22) / 12, box["y"] + box["height"] / 2)
    page.mouse.down()
    for step in range(3, 8):
        page.mouse.move(box["x"] + 11 + (box["width"] - 22) * (step - 1) / 12, box["y"] + box["height"] / 2)
        shows(page, step)
    assert page.evaluate("() => dots.length") == 1
    page.mouse.up()
    page.wait_for_function("() => dots.length === 2")
    assert not page.evaluate("() => dots[1].held")


def test_who_wants_less_motion_gets_the_last_state_at_once(new_context):
    page = new_context(reduced_motion="reduce").new_page()
    opened(page).fill("9")
    shows(page, 9)
    expect(output(page, "stepper").locator("[data-name='d_hidden 0']")).to_contain_text("∂")
    assert page.evaluate("() => dots") == []
