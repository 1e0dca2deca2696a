"""Ten thousand inputs and more of each kind, in one page: what is damaged throws nothing and is named."""

import json
import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cells.page.parameters import parameters_of


@pytest.fixture
def softmax(page):
    """The page as a first visit finds it."""
    page.goto("softmax/")
    return page


RUNTIME = "new URL('.', document.querySelector('script[src*=\"runtime/main.mjs\"]').src).href"


def test_ten_thousand_damaged_records_of_edits_throw_nothing(softmax):
    good = json.dumps({"source": "x = 1\n", "built": "0123456789abcdef", "offers": [{"why": "own", "source": "y"}]})
    dice = random.Random(1)
    records = [mutated(good, dice) for _ in range(9_990)]
    records += ["", "null", "[]", "{}", "0", '"x"', '{"source":null}', '{"__proto__":{"offers":[]}}', "{", "\x00"]
    bad = softmax.evaluate(
        f"""async (records) => {{
            const {{ read, versionOf }} = await import({RUNTIME} + "state/storage.mjs");
            const isGood = (kept) => kept === undefined || (
                (kept.source === null || typeof kept.source === "string") && typeof kept.built === "string" &&
                kept.offers.every(({{ why, source }}) => /^(page|own|tab)$/.test(why) && typeof source === "string"));
            return records.filter((record) => {{
                try {{ return !isGood(read(record)) || versionOf(record).length !== 16; }} catch {{ return true; }}
            }});
        }}""",
        records,
    )
    assert bad == []


def mutated(text, dice):
    """Change, drop, double or insert some characters."""
    characters = list(text)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(characters) + 1)
        match dice.randrange(4):
            case 0:
                characters[at : at + 1] = [chr(dice.choice([*range(32, 127), 0, 0xE9, 0x2028, 0x1F415]))]
            case 1:
                del characters[at : at + dice.randint(1, 8)]
            case 2:
                characters[at:at] = characters[max(at - 8, 0) : at]
            case 3:
                characters[at:at] = dice.choice(["null", "{", "}", "[]", '"', "\\", "1e999", "__proto__"])
    return "".join(characters)


def test_ten_thousand_damaged_links_give_edits_or_a_reason(softmax):
    outcome = softmax.evaluate(
        f"""async () => {{
            const {{ encode, decode }} = await import({RUNTIME} + "state/link.mjs");
            const known = [...document.querySelectorAll("py-cell")].map(({{ id }}) => id);
            let seed = 1;
            const random = (n) => (seed = Math.imul(seed, 48271) >>> 0, seed % n);
            const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=%#. é";
            const edits = {{ softmax: "duck = 2.0\\nprint(duck, 'é 🐕')", rounding: "x = 1" }};
            const whole = await encode(edits);
            const packed = async (text) => {{
                const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
                const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
                return "#v1." + btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
            }};
            const reasons = new Map();
            const strange = [];
            for (let i = 0; i < 10_000; i++) {{
                const isInside = i % 2 === 0; // the JSON in the link is damaged, not the link
                const letters = [...(isInside ? JSON.stringify(edits) : i % 5 === 0 ? "#v1." : whole)];
                const changes = i % 5 === 0 ? random(60) : 1 + random(4);
                for (let j = 0; j < changes; j++) {{
                    const at = isInside ? random(letters.length) : 4 + random(Math.max(letters.length - 3, 1));
                    letters.splice(at, random(3), alphabet[random(alphabet.length)]);
                }}
                const fragment = isInside ? await packed(letters.join("")) : letters.join("");
                try {{
                    const edits = await decode(fragment, known);
                    reasons.set("edits", (reasons.get("edits") ?? 0) + 1);
                    for (const [id, source] of Object.entries(edits)) {{
                        if (!known.includes(id) || typeof source !== "string") strange.push(fragment);
                    }}
                }} catch (error) {{
                    reasons.set(error.message, (reasons.get(error.message) ?? 0) + 1);
                }}
            }}
            return {{ reasons: [...reasons], strange }};
        }}"""
    )
    print("\n", sorted(outcome["reasons"], key=lambda pair: -pair[1])[:6])
    assert outcome["strange"] == []
    told = re.compile(
        "edits|it is damaged|the code in it is too large|this page has no cell|made by another version|longer"
    )
    assert [reason for reason, _ in outcome["reasons"] if not told.search(reason)] == []
    assert sum(count for _, count in outcome["reasons"]) == 10_000


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


PYTHONS_OWN = re.compile(r"0[xobXOB]|\\N")
"""Ways to write a literal that the page leaves to Python."""


def test_python_and_the_page_read_the_same_literals(softmax):
    """Wherever Python finds a parameter, the page finds it too, with the same value; and the page never throws."""
    sources: list[str] = []

    @settings(max_examples=4_000, suppress_health_check=list(HealthCheck), database=None)
    @given(st.one_of(lines, st.lists(lines, max_size=3).map("".join), st.text(max_size=30)))
    def collect(source):
        sources.append(source)

    collect()
    assert len(sources) >= 4_000
    found = softmax.evaluate(
        f"""async (sources) => {{
            const {{ literals, write }} = await import({RUNTIME} + "state/parameters.mjs");
            return sources.map((source) => {{
                const found = literals(source);
                for (const [name, {{ value }}] of found) {{
                    for (const type of ["slider", "integer", "boolean", "string"]) {{
                        write(source, {{ name, type, value }}, "7");
                    }}
                }}
                return [...found].map(([name, {{ value }}]) => [name, String(value), typeof value]);
            }});
        }}""",
        sources,
    )
    wrong = []
    for text, pairs in zip(sources, found, strict=True):
        try:
            parameters = parameters_of(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        seen = {name: (value, kind) for name, value, kind in pairs}
        for parameter in parameters:
            if parameter.name not in seen and PYTHONS_OWN.search(text):
                continue  # the control is switched off, and says so
            value, kind = seen.get(parameter.name, (None, None))
            expected = {bool: "boolean", str: "string"}.get(type(parameter.value), "number")
            if kind == "number" and not isinstance(parameter.value, str | bool):
                agree = value is not None and float(value) == float(parameter.value)
            else:
                agree = kind == expected and value == (
                    str(parameter.value).lower() if kind == "boolean" else parameter.value
                )
            if not agree:
                wrong.append((text, parameter.value, value))
    assert wrong[:10] == []
