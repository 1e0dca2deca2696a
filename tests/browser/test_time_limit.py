"""The time limit ends a run that takes too long, and no other."""

import re

from at_once import expect
from cells_in_page import (
    FEW,
    PYTHON_STARTS,
    all_works,
    button,
    cell,
    enter,
    error,
    is_python,
    output,
    run,
    settings,
    settled,
    start,
    status,
)


def test_the_time_limit_is_stated_can_be_changed_is_kept_and_stops_a_run_by_itself(page):
    page.goto(FEW)
    limit = settings(page).get_by_role("spinbutton", name="Time limit")
    expect(limit).to_have_value("30")
    enter(limit, "1")
    page.reload()
    settings(page)
    expect(limit).to_have_value("1")
    start(page, "rounding", "while True: pass", "stopped")
    expect(error(page, "rounding")).to_contain_text("A run may take 1 s")
    expect(status(page, "rounding")).to_contain_text("Stopped by the time limit")
    enter(limit, "60")
    all_works(page)


COUNTS = """import time
print("before")
k = 0
while True:
    k += 1
    time.sleep(0.01)
    print(f"step {k} of many", end="\\r")"""


def test_a_run_tells_how_far_it_is_and_ends_at_its_limit_all_the_same(page):
    page.goto(FEW)
    limit = settings(page).get_by_role("spinbutton", name="Time limit")
    enter(limit, "2")
    start(page, "rounding", COUNTS)
    expect(status(page, "rounding")).to_have_text(re.compile(r"^step \d+ of many …$"), timeout=PYTHON_STARTS)
    settled(page, "rounding", "stopped")
    expect(status(page, "rounding")).to_contain_text("Stopped by the time limit")
    start(page, "rounding", COUNTS.replace("while True:", "while k < 3:"), "done")
    expect(output(page, "rounding")).to_have_text("before\n")
    expect(status(page, "rounding")).to_contain_text("Ran in")


def test_a_time_limit_that_makes_no_sense_becomes_one_that_does(page):
    page.goto(FEW)
    limit = settings(page).get_by_role("spinbutton", name="Time limit")
    for entered in ("0", "-5", "", "1e9"):
        enter(limit, entered)
        assert 1 <= int(limit.input_value()) <= 3600, entered


def test_the_limit_counts_from_the_begin_of_the_run(page, guard):
    guard.allow("executing a cancelled action")  # Material's RxJS under a clock that is moved
    page.clock.install()
    page.goto(FEW)
    run(page, "softmax")
    page.clock.fast_forward("05:00")  # a long pause counts for nothing
    start(page, "rounding", "while True: pass", "running")
    page.clock.run_for(20_000)
    expect(cell(page, "rounding")).to_have_attribute("state", "running")
    page.clock.run_for(15_000)
    settled(page, "rounding", "stopped")
    expect(error(page, "rounding")).to_contain_text("stopped after 30 s")


def test_a_computer_that_slept_has_not_worked_for_that_long(page, guard):
    guard.allow("executing a cancelled action")  # Material's RxJS under a clock that is moved
    page.clock.install()
    page.goto(FEW)
    run(page, "softmax")
    start(page, "rounding", "while True: pass", "running")
    page.clock.run_for(10_000)
    page.clock.fast_forward("08:00:00")  # the lid is closed for a night: timers that are due come once
    expect(cell(page, "rounding")).to_have_attribute("state", "running")
    page.clock.run_for(10_000)
    expect(cell(page, "rounding")).to_have_attribute("state", "running")
    page.clock.run_for(15_000)
    settled(page, "rounding", "stopped")


def test_a_page_out_of_sight_whose_timers_are_rare_is_stopped_too(page, guard):
    guard.allow("executing a cancelled action")
    page.clock.install()
    page.goto(FEW)
    run(page, "softmax")
    start(page, "rounding", "while True: pass", "running")
    for _ in range(2):
        page.clock.fast_forward("01:00")
    settled(page, "rounding", "stopped")


def test_a_worker_that_dies_in_silence_is_replaced_when_its_time_is_up(page):
    page.goto(FEW)
    limit = settings(page).get_by_role("spinbutton", name="Time limit")
    enter(limit, "2")
    run(page, "softmax")
    expect(page.locator("py-cell[state=queued], py-cell[state=running]")).to_have_count(0)  # followers, too
    python = next(filter(is_python, page.workers))
    python.evaluate("() => void setTimeout(() => { for (;;); })")
    button(page, "softmax", "Run").click()
    settled(page, "softmax", "stopped")
    expect(error(page, "softmax")).to_contain_text("stopped after 2 s")
    enter(limit, "30")
    all_works(page)


def test_a_run_that_waits_for_a_part_of_python_has_not_worked_for_that_long(page, guard):
    guard.allow("executing a cancelled action")  # Material's RxJS under a clock that is moved
    is_held = [True]
    page.clock.install()
    page.route("**/rest.zst", lambda route: None if is_held else route.continue_())
    page.goto(FEW)
    with page.expect_request("**/rest.zst"):
        start(page, "rounding", "import wave\nprint(wave.__name__)")
    settled(page, "rounding", "running")
    page.clock.run_for(50_000)
    expect(cell(page, "rounding")).to_have_attribute("state", "running")
    is_held.clear()
    page.clock.run_for(25_000)  # without a byte for so long, the page asks again
    settled(page, "rounding", "done")
