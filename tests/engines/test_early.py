"""What is done before the page's script has come is heard at once and carried out, in each engine, over a slow link."""

import re

from gates import Gate, answering
from reader import MOUNT, SITE
from tools.serving.slow_link import Link, slowed
from tools.serving.static_server import serving

LINK = Link(round_trip=50, megabits=20)
RUN = "cell('pictures')?.querySelector('[data-action=run]')"
SLIDER = "cell('weigh').querySelector('input[type=range][name=w_fur]')"
TWIN = "cell('weigh').querySelector('[data-for=w_fur]')"


def test_run_and_a_slider_before_the_script_has_come_are_heard_at_once_and_carried_out(hasty):
    script = Gate("runtime/main.mjs")
    with serving(SITE, MOUNT, compresses=True, answer=answering(script)) as host, slowed(host, LINK) as hasty.address:
        try:
            hasty.engine.goto(f"{hasty.address}perceptron/")
            hasty.wait(f"{RUN}?.getBoundingClientRect().height > 0")
            hasty.click(RUN)
            heard(hasty, "pictures")
            value = hasty.ask(f"return {SLIDER}.value")
            hasty.click(SLIDER, 0.8)
            heard(hasty, "weigh")
            script.let_half()
            pulled = hasty.ask(f"return {SLIDER}.value")
            assert pulled != value
            hasty.engine.press("ArrowLeft", "ArrowLeft")
            hasty.wait(f"{SLIDER}.value < arguments_[0] && {TWIN}.value === {SLIDER}.value", pulled)
            value = hasty.ask(f"return {SLIDER}.value")
            assert not hasty.ask("return Boolean(cell('weigh').hears)"), "the script came too early"
        finally:
            script.open()
        hasty.wait("cell('weigh').hears")
        assert hasty.ask(f"return {SLIDER}.value") == value
        for id in ("pictures", "weigh"):
            hasty.settled(id, "done")
        assert float(hasty.ask("return /^w_fur = (\\S+)/m.exec(cell('weigh').source)[1]")) == float(value)
        assert re.search(rf"fur: {re.escape(value)}(\.0+|0*)? \*", hasty.ask("return told('weigh')"))


def heard(reader, id):
    """See that a cell says that what was done to it was heard, before any script but the head's is there."""
    reader.wait("part(arguments_[0], 'status').textContent.includes('Heard: the page, then Python')", id)
    assert reader.ask("return cell(arguments_[0]).getAttribute('state')", id) == "loading"
