"""Programs run behind a bar: what they say is in a log, what went wrong in one line."""

import sys

import pytest

from tools.base.errors import ToolError
from tools.base.processes import run_logged


def run(script, **options):
    run_logged("work", [sys.executable, "-c", script], log="work", advice="try again", **options)


def test_output_goes_to_the_log_and_the_time_to_the_terminal(scratch, capsys):
    run("print('a lot')")
    assert (scratch / "log" / "work.txt").read_text() == "a lot\n"
    assert capsys.readouterr().out.startswith("work: ")


def test_a_failure_names_what_the_program_said_last_and_the_log(scratch):
    with pytest.raises(ToolError) as failure:
        run("import sys; print('fine'); sys.exit('ERROR: no such thing')")
    log = scratch / "log" / "work.txt"
    assert str(failure.value) == f"work failed: ERROR: no such thing; try again (log: {log})"


def test_a_program_that_takes_too_long_is_ended(scratch):
    with pytest.raises(ToolError, match="not done after 1 s; try again"):
        run("import time; time.sleep(60)", seconds=1)


def test_a_program_that_is_not_there_is_said_so(scratch):
    with pytest.raises(ToolError, match="no-such-program is not there; install it"):
        run_logged("work", ["no-such-program"], log="work", advice="install it")


def test_lines_are_followed_as_they_come(scratch):
    lines = []
    run("print(1); print(2)", follow=lambda line, _advance: lines.append(line.strip()))
    assert lines == ["1", "2"]
