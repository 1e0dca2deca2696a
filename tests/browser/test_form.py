"""The controls of a cell follow its code: each comment that asks for one has one, as the build would make it."""

import re

import pytest

from at_once import expect
from cells_in_page import button, cell, drag, output, run, run_instead, settled, source


def rerun(page, id, text):
    run_instead(page, id, text)
    expect(cell(page, id)).not_to_have_attribute("stale", "")


def controls(page, id):
    return cell(page, id).locator("[data-part=controls] > .control")


def test_a_parameter_that_the_reader_adds_gets_a_control_that_moves_the_code(warm):
    rerun(warm, "rounding", 'breeds = 3  # @param {type:"slider", min:1, max:9, step:1}\nprint(breeds * 2)')
    expect(controls(warm, "rounding")).to_have_count(1)
    group = cell(warm, "rounding").get_by_role("group", name="Parameters of Rounded, cut, and as printed")
    expect(group.get_by_label("breeds", exact=True)).to_have_value("3")
    drag(warm, "rounding", "breeds", 7)
    expect(output(warm, "rounding")).to_have_text("14\n")
    assert source(warm, "rounding").startswith("breeds = 7  # @param")
    expect(group.get_by_role("spinbutton", name="breeds")).to_have_value("7")


def test_a_slider_is_coloured_as_far_as_its_knob_while_it_is_moved(page):
    page.goto("softmax/")
    run(page, "softmax")
    slider = cell(page, "softmax").get_by_role("slider", name="duck")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(output(page, "softmax")).to_contain_text("P(duck) = 0.7637")
    assert float(slider.evaluate("(e) => parseFloat(e.style.getPropertyValue('--fill'))")) == pytest.approx(0.615)


def test_a_parameter_that_the_reader_removes_takes_its_control_with_it_and_reset_brings_it_back(warm):
    built = source(warm, "softmax")
    rerun(warm, "softmax", re.sub(r"(?m)^(dog = 1.0).*$", r"\1", built))
    expect(controls(warm, "softmax")).to_have_count(2)
    expect(cell(warm, "softmax").locator("[name=dog]")).to_have_count(0)
    rerun(warm, "rounding", "print(1)")
    expect(cell(warm, "rounding").locator("[data-part=controls]")).to_have_count(0)
    button(warm, "softmax", "Reset").click()
    expect(controls(warm, "softmax")).to_have_count(3)
    names = controls(warm, "softmax").locator("[name]").evaluate_all("nodes => nodes.map((node) => node.name)")
    assert names == ["duck", "dog", "cat"], "in the order of the code"


def test_choices_follow_the_code(warm):
    built = source(warm, "formula")
    rerun(warm, "formula", built.replace('["duck", "dog", "cat"]', '["cat", "duck"]'))
    select = cell(warm, "formula").get_by_role("combobox", name="animal")
    assert select.locator("option").all_text_contents() == ["cat", "duck"]
    expect(select).to_have_value("duck")
    select.select_option("cat")
    assert 'animal = "cat"  # @param ["cat", "duck"]' in source(warm, "formula")


@pytest.mark.parametrize(
    ("comment", "selector"),
    [
        ('2  # @param {type:"number"}', "input[type=number][step=any]"),
        ('2  # @param {type:"integer", min:0}', "input[type=number][min='0']:not([step=any])"),
        ("True  # @param {type:'boolean'}".replace("'", '"'), "input[type=checkbox]:checked"),
        ('"a"  # @param {type:"string"}', "input[type=text]"),
        ("2  # @param [1, 2]", "select"),
    ],
)
def test_a_parameter_of_another_type_has_another_control(warm, comment, selector):
    rerun(warm, "rounding", 'x = 5  # @param {type:"slider"}')
    expect(cell(warm, "rounding").locator("input[type=range][name=x]")).to_have_value("5")
    rerun(warm, "rounding", f"x = {comment}")
    expect(controls(warm, "rounding")).to_have_count(1)
    expect(cell(warm, "rounding").locator(f"[name=x]:is({selector})")).to_be_visible()
    expect(cell(warm, "rounding").locator("input[type=range]")).to_have_count(0)


def test_limits_follow_the_code(warm):
    built = source(warm, "softmax")
    duck = cell(warm, "softmax").locator("input[name=duck]")
    rerun(warm, "softmax", built.replace("min:-10, max:10, step:0.1", "min:-20, max:20, step:0.5", 1))
    expect(duck).to_have_attribute("min", "-20")
    rerun(warm, "softmax", built.replace("min:-10, max:10, step:0.1", "min:0", 1))
    expect(duck).to_have_attribute("max", "100")  # Colab's own


MARKUP = """(part) => {
    const bare = (node) => [
        node.localName,
        ...[...node.attributes].filter(({ name }) => !["value", "style"].includes(name))
            .map(({ name, value }) => `${name}=${value}`).sort(),
        ...(node.children.length ? [...node.children].map(bare) : [node.textContent]),
    ];
    return [...part.children].map(bare);
}"""


def test_controls_are_those_that_the_build_makes(warm):
    texts = [source(warm, id) for id in ("softmax", "formula")]
    lines = [line for line in "\n".join(texts).split("\n") if "@param" in line]
    built = [cell(warm, id).locator("[data-part=controls]").evaluate(MARKUP) for id in ("softmax", "formula")]
    own = "\n".join(re.sub(r"^(\w+)", r"_\1", line) for line in lines)
    rerun(warm, "rounding", own)
    made = str(cell(warm, "rounding").locator("[data-part=controls]").evaluate(MARKUP))
    made = made.replace("rounding-_animal", "formula-_animal").replace("rounding-", "softmax-").replace("_", "")
    assert made == str([*built[0], *built[1]])


def test_a_comment_that_cannot_become_a_control_is_told_and_the_others_stay(warm):
    text = 'x = 1  # @param {type:"wheel"}\ny = 2  # @param {type:"integer"}\nprint(x + y)'
    rerun(warm, "rounding", text)
    told = cell(warm, "rounding").locator("[data-part=text]")
    expect(told).to_contain_text("No control for line 1: unknown type 'wheel'; known: slider, number")
    expect(controls(warm, "rounding")).to_have_count(1)
    expect(output(warm, "rounding")).to_have_text("3\n")
    told.get_by_role("button", name="Line 1").click()
    expect(cell(warm, "rounding").locator(".cm-content")).to_be_focused()
    rerun(warm, "rounding", text.replace("wheel", "slider"))
    expect(told).to_be_empty()
    expect(controls(warm, "rounding")).to_have_count(2)


def test_a_comment_that_is_half_typed_takes_no_control_away(warm):
    built = source(warm, "softmax")
    rerun(warm, "softmax", built.replace("step:0.1}", "step:", 1))
    told = cell(warm, "softmax").locator("[data-part=text]")
    expect(told).to_contain_text('No control for line 4: cannot read # @param {type:"slider", min:-10, max:10, step:')
    expect(told).to_contain_text("expected # @param {type:")
    expect(cell(warm, "softmax").locator("[name=dog]")).to_be_enabled()


def test_accessible_with_controls_that_were_made_in_the_page(warm, axe):
    rerun(
        warm,
        "rounding",
        'a = 1  # @param {type:"slider"}\nb = True  # @param {type:"boolean"}\nc = "x"  # @param ["x", "y"]\n'
        'd = "t"  # @param {type:"string"}\ne = 1  # @param {type:"knob"}',
    )
    settled(warm, "rounding", "done")
    axe(warm)
