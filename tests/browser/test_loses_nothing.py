"""What a reader typed is there again: after a reload, a change of the page, another tab, a link, a full disk."""

import json
import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from cells.parameters import parameters_of
from cells_in_page import cell, drag, output, run, settled, source, type_instead

MINE = "print('mine')"


@pytest.fixture
def softmax(page):
    """The page as a first visit finds it."""
    page.goto("softmax/")
    return page


def notice(page, id):
    """What a cell says about whose text it shows."""
    return cell(page, id).locator("[data-part=text]")


def press(page, id, name):
    cell(page, id).get_by_role("button", name=name, exact=True).click()


def kept(page):
    """What is stored, by cell."""
    entries = page.evaluate("Object.entries(localStorage)")
    return {key.split("#")[1]: json.loads(value) for key, value in entries if "/edit/" in key}


def edit_and_wait(page, id, text):
    type_instead(page, id, text)
    page.wait_for_function(
        "([id, text]) => Object.entries(localStorage).some(([key, value]) => key.endsWith('#' + id) && "
        "value.startsWith('{\"source\":' + JSON.stringify(text)))",
        arg=[id, text],
    )


def test_an_edit_is_there_again_after_a_reload_and_runs_nothing(softmax):
    edit_and_wait(softmax, "rounding", MINE)
    softmax.reload()
    assert source(softmax, "rounding") == MINE
    expect(cell(softmax, "rounding")).to_have_attribute("edited", "")
    expect(cell(softmax, "rounding")).to_have_attribute("state", "static")
    expect(cell(softmax, "rounding").get_by_role("status").last).to_contain_text("Your edit is back")
    expect(softmax.locator("html")).to_have_attribute("data-python", "off")
    expect(softmax.locator("py-cell[edited]")).to_have_count(1)


def test_what_was_typed_in_the_last_moment_is_kept_too(softmax):
    type_instead(softmax, "rounding", MINE)
    softmax.reload()  # at once: nothing waits for the timer
    assert source(softmax, "rounding") == MINE


def test_an_edit_is_kept_within_300_milliseconds_while_typing_goes_on(softmax, guard):
    guard.allow("executing a cancelled action")  # Material's RxJS under a clock that is moved
    softmax.clock.install()
    type_instead(softmax, "rounding", "x = 1")
    softmax.clock.run_for(200)
    softmax.keyboard.type("0")
    softmax.clock.run_for(300)
    assert kept(softmax)["rounding"]["source"] == "x = 10"


def test_a_slider_is_kept_and_shown_again(softmax):
    drag(softmax, "softmax", "duck", 4.5)
    softmax.reload()
    expect(cell(softmax, "softmax").locator("input[name=duck]")).to_have_value("4.5")
    assert "duck = 4.5 " in source(softmax, "softmax")


def test_reset_can_be_undone_and_is_kept(softmax):
    edit_and_wait(softmax, "rounding", MINE)
    built = cell(softmax, "rounding").evaluate("cell => cell.built.source")
    press(softmax, "rounding", "Reset")
    assert source(softmax, "rounding") == built
    softmax.wait_for_function("() => !Object.keys(localStorage).some((key) => key.includes('/edit/'))")
    press(softmax, "rounding", "Undo")
    assert source(softmax, "rounding") == MINE
    expect(cell(softmax, "rounding").get_by_role("button", name="Undo")).to_have_count(0)
    softmax.reload()
    assert source(softmax, "rounding") == MINE
    press(softmax, "rounding", "Reset")
    press(softmax, "rounding", "Reset")  # once more changes nothing, and takes nothing away
    press(softmax, "rounding", "Undo")
    assert source(softmax, "rounding") == MINE
    press(softmax, "rounding", "Reset")
    softmax.reload()
    assert source(softmax, "rounding") == built


@pytest.mark.parametrize("choice", ["Keep mine", "Take the new one"])
def test_when_the_page_has_changed_both_are_offered(softmax, choice):
    edit_and_wait(softmax, "rounding", MINE)
    softmax.evaluate(
        """() => {
            const key = Object.keys(localStorage).find((key) => key.endsWith("#rounding"));
            localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), built: "older" }));
        }"""
    )
    built = cell(softmax, "rounding").evaluate("cell => cell.built.source")
    softmax.reload()
    assert source(softmax, "rounding") == built
    expect(notice(softmax, "rounding")).to_contain_text("The page has changed since you edited this snippet")
    expect(notice(softmax, "rounding").locator("ins")).to_have_text(f"+ {MINE}\n")
    expect(notice(softmax, "rounding").locator("del").first).to_have_text("− import numpy as np\n")
    softmax.reload()  # undecided: both are still there
    press(softmax, "rounding", choice)
    expect(notice(softmax, "rounding")).to_be_empty()
    expected = MINE if choice == "Keep mine" else built
    assert source(softmax, "rounding") == expected
    softmax.reload()
    assert source(softmax, "rounding") == expected
    expect(cell(softmax, "rounding").get_by_text("has changed since")).to_have_count(0)


def test_two_tabs_do_not_overwrite_each_other_silently(softmax):
    other = softmax.context.new_page()
    other.goto("softmax/")
    edit_and_wait(softmax, "rounding", "print('first tab')")
    expect(notice(other, "rounding")).to_contain_text("Another tab has a newer edit")
    expect(notice(other, "rounding").locator("ins")).to_have_text("+ print('first tab')\n")
    edit_and_wait(other, "rounding", "print('second tab')")  # goes its own way: the first tab's text is not lost
    expect(notice(softmax, "rounding").locator("ins")).to_have_text("+ print('second tab')\n")
    assert source(softmax, "rounding") == "print('first tab')"
    softmax.close()
    other.reload()
    assert source(other, "rounding") == "print('second tab')"
    press(other, "rounding", "Take it")
    assert source(other, "rounding") == "print('first tab')"
    press(other, "rounding", "Undo")
    assert source(other, "rounding") == "print('second tab')"


def link_to(page, id, text):
    """Copy the link of an edit as a friend does, in a browser of their own."""
    type_instead(page, id, text)
    press(page, id, "Copy link")
    expect(cell(page, id).get_by_role("status").last).to_contain_text("copied")
    return page.evaluate("navigator.clipboard.readText()")


def test_a_link_shows_what_it_changes_runs_nothing_and_takes_nothing_away(softmax, new_context):
    friend = new_context().new_page()
    friend.goto("softmax/")
    link = link_to(friend, "rounding", "print('theirs')")
    edit_and_wait(softmax, "rounding", MINE)
    edit_and_wait(softmax, "sigmoid", "lead = 3")
    softmax.goto("about:blank")
    softmax.goto(link)
    expect(cell(softmax, "rounding")).to_have_attribute("foreign", "")
    expect(notice(softmax, "rounding")).to_contain_text("From a link, not from this site. Nothing has run.")
    expect(notice(softmax, "rounding").locator("ins").first).to_have_text("+ print('theirs')\n")
    expect(notice(softmax, "rounding")).to_contain_text("You had an edit of your own")
    expect(notice(softmax, "sigmoid")).to_contain_text("You had an edit of your own")  # the link has the original there
    expect(softmax.locator("html")).to_have_attribute("data-python", "off")
    drag(softmax, "softmax", "duck", 5)
    expect(cell(softmax, "softmax")).to_have_attribute("state", "static")
    assert kept(softmax)["rounding"]["source"] == MINE
    run(softmax, "rounding")
    expect(output(softmax, "rounding")).to_have_text("theirs\n")
    softmax.wait_for_function("() => JSON.stringify(localStorage).includes('theirs')")
    softmax.goto("about:blank")
    softmax.goto("softmax/")  # without the link, and after Run: theirs, and mine still on offer
    assert source(softmax, "rounding") == "print('theirs')"
    press(softmax, "rounding", "Back to mine")
    assert source(softmax, "rounding") == MINE
    assert source(softmax, "sigmoid") == "lead = 3"


def test_a_link_that_was_only_looked_at_leaves_no_trace(softmax, new_context):
    friend = new_context().new_page()
    friend.goto("softmax/")
    link = link_to(friend, "rounding", "print('theirs')")
    edit_and_wait(softmax, "rounding", MINE)
    softmax.goto("about:blank")
    softmax.goto(link)
    expect(cell(softmax, "rounding")).to_have_attribute("foreign", "")
    softmax.goto("about:blank")
    softmax.goto("softmax/")
    assert source(softmax, "rounding") == MINE


def test_a_link_carries_the_values_of_parameters(softmax, new_context):
    drag(softmax, "softmax", "duck", 3.5)
    settled(softmax, "softmax", "done")
    press(softmax, "softmax", "Copy link")
    expect(cell(softmax, "softmax").get_by_role("status").last).to_contain_text("copied")
    friend = new_context().new_page()
    friend.goto(softmax.evaluate("navigator.clipboard.readText()"))
    expect(cell(friend, "softmax").locator("input[name=duck]")).to_have_value("3.5")
    expect(notice(friend, "softmax").locator("ins")).to_contain_text("duck = 3.5")


FILL = """() => {
    let size = 1 << 20;
    for (let i = 0; size >= 1;) {
        try { localStorage.setItem("filler" + i++, "x".repeat(size)); } catch { size >>= 1; }
    }
}"""
FORBID = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("denied", "SecurityError"); } })"""


@pytest.mark.parametrize("trouble", ["full", "forbidden"])
def test_storage_that_cannot_be_used_is_said_once_and_work_goes_on(page, guard, trouble):
    if trouble == "forbidden":
        guard.allow("denied|SecurityError")  # Material asks for the storage too, and says so
        page.add_init_script(FORBID)
    page.goto("softmax/")
    if trouble == "full":
        page.evaluate(FILL)
    type_instead(page, "rounding", MINE)
    expected = "storage for this site is full" if trouble == "full" else "does not let this site keep anything"
    expect(notice(page, "rounding")).to_contain_text(expected)
    press(page, "rounding", "All right")
    expect(notice(page, "rounding")).to_be_empty()
    type_instead(page, "sigmoid", "lead = 2.0\nprint('on it goes')")
    run(page, "sigmoid")
    expect(output(page, "sigmoid")).to_have_text("on it goes\n")
    expect(page.locator("[data-part=text]:not(:empty)")).to_have_count(0)
    assert source(page, "rounding") == MINE


def test_the_reader_can_have_everything_forgotten(softmax):
    edit_and_wait(softmax, "rounding", MINE)
    softmax.get_by_role("button", name="Forget my edits").click()
    assert kept(softmax) == {}
    expect(softmax.locator("py-cell[edited]")).to_have_count(0)
    press(softmax, "rounding", "Undo")
    assert source(softmax, "rounding") == MINE
    press(softmax, "rounding", "Reset")
    softmax.reload()
    expect(softmax.locator("py-cell[edited]")).to_have_count(0)


def test_accessible_with_a_difference_on_show(softmax, new_context, axe):
    link = link_to(softmax, "rounding", MINE)
    friend = new_context(color_scheme="dark").new_page()
    friend.goto(link)
    expect(cell(friend, "rounding")).to_have_attribute("foreign", "")
    axe(friend)


# Ten thousand inputs and more, each kind in one page.

RUNTIME = "new URL('.', document.querySelector('script[src*=\"runtime/main.mjs\"]').src).href"


def test_ten_thousand_damaged_records_of_edits_throw_nothing(softmax):
    good = json.dumps({"source": "x = 1\n", "built": "0123456789abcdef", "offers": [{"why": "own", "source": "y"}]})
    dice = random.Random(1)
    records = [mutated(good, dice) for _ in range(9_990)]
    records += ["", "null", "[]", "{}", "0", '"x"', '{"source":null}', '{"__proto__":{"offers":[]}}', "{", "\x00"]
    bad = softmax.evaluate(
        f"""async (records) => {{
            const {{ read, versionOf }} = await import({RUNTIME} + "storage.mjs");
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


def test_damaged_storage_never_breaks_the_page(softmax):
    edit_and_wait(softmax, "rounding", MINE)
    for record in ["{", "null", '{"source": 3, "built": "x", "offers": []}', '{"source": "x", "built": 1}', "\ud83d"]:
        softmax.evaluate(
            """(record) => {
                const key = Object.keys(localStorage).find((key) => key.endsWith("#rounding"));
                localStorage.setItem(key, record);
            }""",
            record,
        )
        softmax.reload()
        expect(softmax.locator("py-cell[edited]")).to_have_count(0)
    edit_and_wait(softmax, "rounding", MINE)


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
            const {{ encode, decode }} = await import({RUNTIME} + "link.mjs");
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

    @settings(max_examples=10_000, suppress_health_check=list(HealthCheck), database=None)
    @given(st.one_of(lines, st.lists(lines, max_size=3).map("".join), st.text(max_size=30)))
    def collect(source):
        sources.append(source)

    collect()
    assert len(sources) >= 10_000
    found = softmax.evaluate(
        f"""async (sources) => {{
            const {{ literals, write }} = await import({RUNTIME} + "parameters.mjs");
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
