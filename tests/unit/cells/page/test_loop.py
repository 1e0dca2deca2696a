import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from cells.page.loop import Loop


def run(main):
    """In a thread: the browser's tests may have a loop of their own in this one."""

    def work():
        with asyncio.Runner(loop_factory=Loop) as runner:
            return runner.run(main)

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def test_what_waits_for_the_clock_goes_on_when_its_time_has_come():
    told = []

    async def tell(name, seconds):
        await asyncio.sleep(seconds)
        told.append(name)

    async def main():
        await asyncio.gather(tell("late", 0.02), tell("soon", 0.01), tell("now", 0))
        return len(told)

    assert run(main()) == 3
    assert told == ["now", "soon", "late"]


def test_an_error_is_raised_where_it_was_waited_for():
    async def main():
        return 1 / 0

    with pytest.raises(ZeroDivisionError):
        run(main())


def test_waiting_for_what_nobody_will_bring_is_an_error():
    async def main():
        await asyncio.Future()

    with pytest.raises(RuntimeError, match="nobody will bring"):
        run(main())
