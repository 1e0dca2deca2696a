"""The two labs in each engine: training, the stream, a drawing, and an album that is there after a reload."""

import time

import pytest

MEASURED = 3.0
"""Seconds in which epochs are counted."""

dog = pytest.mark.parametrize("path", ["train-your-dog/"], ids=["train-your-dog"], scope="module")
stream = pytest.mark.parametrize("path", ["dog-stream/"], ids=["dog-stream"], scope="module")


@dog
def test_the_dog_is_trained_paused_and_trained_on(visit):
    visit.press("Train")
    visit.lab_is("training")
    visit.wait("Number(figure('epoch').textContent) >= 1")
    first, begun = visit.number("epoch"), time.monotonic()
    visit.wait("Number(figure('epoch').textContent) >= arguments_[0] + 5", first)
    while time.monotonic() < begun + MEASURED:
        visit.wait("true")
    epochs, seconds = visit.number("epoch") - first, time.monotonic() - begun
    visit.record("train-your-dog, epochs a second", f"{epochs / seconds:.1f}")
    visit.press("Pause")
    visit.lab_is("paused")
    stood, loss = visit.number("epoch"), visit.number("train-loss")
    assert loss < 1.3
    visit.press("Resume")
    visit.lab_is("training")
    visit.wait("Number(figure('epoch').textContent) >= arguments_[0] + 3", stood)
    visit.press("Pause")
    visit.lab_is("paused")


@stream
def test_one_epoch_of_the_stream_is_trained(visit):
    visit.click("lab().querySelector('details summary')")
    for name, value in (("epochs", "1"), ("hidden", "32")):
        visit.click(f"lab().querySelector('[name={name}]')")
        visit.engine.press("Control+a")
        visit.engine.type(value)
        visit.engine.press("Tab")
    begun = time.monotonic()
    visit.press("Train")
    visit.lab_is("training")
    visit.lab_is("trained")
    visit.record("dog-stream, one epoch from Train on", f"{time.monotonic() - begun:.1f} s")
    assert visit.number("epoch") == 1
    assert visit.number("test-accuracy") > 0.6  # a quarter is chance
    tables = "return [...lab().querySelectorAll('table')].filter((one) => one.checkVisibility()).length"
    assert visit.ask(tables) >= 2


@stream
def test_a_picture_is_drawn_by_mouse_and_by_keys_and_the_network_says_what_it_sees(visit):
    board = "lab().querySelector('canvas.board')"
    ink = f"""const {{ data }} = {board}.getContext("2d").getImageData(0, 0, 20, 20);
        return data.filter((grey, i) => i % 4 === 0 && grey < 128).length;"""
    x, y = visit.place(board, 0.2, 0.3)
    visit.engine.pointer(("move", x, y), ("down",), ("move", x + 40, y + 10), ("move", x + 90, y + 30), ("up",))
    visit.wait("lab().querySelector('[data-part=own]').textContent.includes('It says: ')")
    drawn = visit.ask(ink)
    assert drawn > 5
    visit.click("button('Clear', lab().querySelector('[data-part=own]'))")
    visit.click(board, 0.5, 0.5)
    dotted = visit.ask(ink)
    for key in ("ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowUp", "ArrowUp", "ArrowUp", " ", "ArrowUp", " "):
        visit.engine.press(key)
    assert visit.ask(ink) == dotted + 2


@stream
def test_the_album_that_the_stream_filled_is_there_after_a_reload(visit):
    visit.press("Start stream")
    visit.lab_is("streaming")
    visit.wait("Number(figure('album-count').textContent) >= 2")
    visit.press("Stop stream")
    visit.lab_is("trained")
    count = visit.number("album-count")
    visit.reload()
    visit.wait("figure('album-count')?.textContent === String(arguments_[0])", int(count))
    pictures = visit.ask("return lab().querySelectorAll('[data-part=album] .tiles li canvas').length")
    assert pictures == min(count, 24)
