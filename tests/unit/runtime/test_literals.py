"""Wherever Python finds a parameter, the page finds it too, with the same value; and the page never throws."""

import json
import re
import subprocess

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cells.page.parameters import parameters_of
from tools.base import places
from tools.base.node import environment, node

numbers = st.one_of(
    st.integers(-(10**12), 10**12).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.from_regex(r"[-+]?[0-9_]{0,4}\.?[0-9_]{0,4}([eE][-+]?[0-9]{1,3})?", fullmatch=True),
)


texts = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=12).map(repr),
    st.from_regex(r"""["'][a-z0-7\\nuxN{}'"#@ ]{0,10}["']""", fullmatch=True),
)


literals = st.one_of(
    numbers, texts, st.sampled_from(["True", "False", "None", "1j", "0x1f", "b''", "1 + 1", "f'a'", "()"])
)


names = st.sampled_from(["duck", "learning_rate", "x1", "größe", "_x"])


lines = st.builds(
    "{}{}{}{}# @param {}\n".format,
    names,
    st.sampled_from([" = ", "=", "  =  ", "\t=\t"]),
    literals,
    st.sampled_from(["  ", "", "\t"]),
    st.sampled_from(['{type:"number"}', '{type:"string"}', '{type:"boolean"}', '{type:"slider", min:0}', "{}", ""]),
)


PYTHONS_OWN = re.compile(r"""0[xobXOB]|\\N|["']["']""")
"""Ways to write a literal that the page leaves to Python; two texts side by side are one, too."""

IN_THE_PAGE = """
const { literals, write } = await import(process.argv[1]);
let text = "";
for await (const part of process.stdin) text += part;
const found = JSON.parse(text).map((source) => {
    const found = literals(source);
    for (const [name, { value }] of found) {
        for (const type of ["slider", "integer", "boolean", "string"]) write(source, { name, type, value }, "7");
    }
    return [...found].map(([name, { value }]) => [name, String(value), typeof value]);
});
process.stdout.write(JSON.stringify(found));
"""


def in_the_page(sources):
    command = [node(), "--input-type=module", "--eval", IN_THE_PAGE, places.RUNTIME / "state" / "parameters.mjs"]
    ran = subprocess.run(
        command,
        env=environment(),
        input=json.dumps(sources),
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    return json.loads(ran.stdout)


def agree(parameter, value, kind):
    """Whether the page understood what Python did."""
    if kind == "number" and not isinstance(parameter.value, str | bool):
        return float(value) == float(parameter.value)
    expected = {bool: "boolean", str: "string"}.get(type(parameter.value), "number")
    return kind == expected and value == (str(parameter.value).lower() if kind == "boolean" else parameter.value)


def test_python_and_the_page_read_the_same_literals():
    sources: list[str] = []

    @settings(max_examples=2_000, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
    @given(st.one_of(lines, st.lists(lines, max_size=3).map("".join), st.text(max_size=30)))
    def collect(source):
        sources.append(source)

    collect()
    assert len(sources) >= 2_000
    wrong = []
    seen = 0
    for text, pairs in zip(sources, in_the_page(sources), strict=True):
        try:
            parameters = parameters_of(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        found = {name: (value, kind) for name, value, kind in pairs}
        for parameter in parameters:
            if parameter.name not in found and PYTHONS_OWN.search(text):
                continue  # the control is switched off, and says so
            seen += 1
            value, kind = found.get(parameter.name, (None, None))
            if value is None or not agree(parameter, value, kind):
                wrong.append((text, parameter.value, value))
    assert wrong[:10] == []
    assert seen > 100, "too few parameters to tell"
