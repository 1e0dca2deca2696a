import pytest

from cells.page.parameters import Forms, Parameter, ParameterError, form_of, parameters_of


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            'duck = 2.0  # @param {type:"slider", min:-10, max:10, step:0.1}',
            Parameter("duck", "slider", 2.0, 1, -10, 10, 0.1),
        ),
        ('n = 3 # @param {type: "slider"}', Parameter("n", "slider", 3, 1, 0, 100, 1)),
        ('n = -1.5 # @param {"type":"number"}', Parameter("n", "number", -1.5, 1)),
        ('n = 3 #@param {type:"integer", min:1}', Parameter("n", "integer", 3, 1, 1)),
        ('on = True # @param {type:"boolean"}', Parameter("on", "boolean", True, 1)),
        ('s = "a#b" # @param {type:"string"}', Parameter("s", "string", "a#b", 1)),
        ('\nk = "b"  # @param ["a", "b"]', Parameter("k", "dropdown", "b", 2, options=("a", "b"))),
        ("k = 2  # @param [1, 2]", Parameter("k", "dropdown", 2, 1, options=(1, 2))),
    ],
)
def test_colabs_form_comments_are_read(source, expected):
    assert parameters_of(source) == [expected]


def test_a_comment_inside_a_text_is_no_parameter():
    assert parameters_of("s = '# @param {}'\nt = '''\nx = 1 # @param {type:\"number\"}\n'''") == []


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('x = y # @param {type:"number"}', "must be one number"),
        ('x = 1 # @param {type:"colour"}', "unknown type 'colour'; known: slider, number"),
        ('x = 1 # @param {type:"number", rows:3}', "unknown option 'rows' for a number; known: min, max, step"),
        ('x = "a" # @param {type:"slider"}', "a slider cannot show 'a'"),
        ('x = True # @param {type:"integer"}', "an? integer cannot show True"),
        ('x = 1 # @param {type:"slider", min:5, max:2}', "min must be below max"),
        ('x = 11 # @param {type:"slider", min:0, max:10}', "lies outside 0 … 10"),
        ('x = 1 # @param {type:"slider", step:0}', "step must be above 0"),
        ('x = 1 # @param {type:"slider", min:"a"}', "min must be a number"),
        ('x = "c" # @param ["a", "b"]', "not among the choices"),
        ("x = 1 # @param []", "choices must be a list"),
        ("x = 1 # @param {type:", "cannot read"),
        ("x = 1 # @param", "expected # @param|cannot read"),
        ('# @param {type:"number"}', "stands behind an assignment"),
        ('x = 1 # @param {type:"number"}\nx = 2 # @param {type:"number"}', "'x' is there twice"),
    ],
)
def test_a_comment_that_cannot_become_a_control_says_why(source, message):
    with pytest.raises(ParameterError, match=message) as caught:
        parameters_of(source)
    assert caught.value.line >= 1


def test_a_broken_comment_takes_no_other_control_with_it():
    parameters, broken = form_of('x = 1 # @param {type:"wheel"}\ny = 2 # @param {type:"integer"}\nz = {[]: 1} # @param')
    assert [parameter.name for parameter in parameters] == ["y"]
    assert [error.line for error in broken] == [1, 3]


SLIDERS = (
    'a = {}  # @param {{type:"slider", min:-5, max:5}}\nb = {}  # @param {{type: "slider"}}\nk = 1  # @param [1, 2]'
)
SOURCES = [SLIDERS, SLIDERS.replace("\n", "\r\n"), f"'''\n{SLIDERS}\n'''\n{SLIDERS}"]
MOVED = [("2", "3"), ("2.5", "3"), ("-2.50", "0"), ("6", "3"), ("2", "-1.0"), ("2", "1e1"), ("1_0", "0x3"), ("c", "3")]


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("moved", MOVED)
def test_after_a_slider_has_moved_the_form_is_the_one_that_a_fresh_look_finds(source, moved):
    def told(form):
        return form[0], [(str(error), error.line) for error in form[1]]

    forms = Forms()
    for numbers in [("1", "1"), ("1.0", "1"), ("1", "1.0"), moved]:
        text = source.format(*numbers, *numbers)
        assert told(forms.of(text)) == told(form_of(text))


def test_a_form_is_read_anew_when_more_than_a_number_changes():
    forms = Forms()
    before = forms.of('a = 1  # @param {type:"slider", max:5}')[0]
    after = forms.of('a = 1  # @param {type:"slider", max:6}')[0]
    assert (before[0].max, after[0].max) == (5, 6)
    with pytest.raises(SyntaxError):
        forms.of('a = 007  # @param {type:"slider", max:6}')
