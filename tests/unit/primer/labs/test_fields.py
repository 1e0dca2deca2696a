"""What the form of a lab is made of: the settings themselves, each with a value that it would take."""

import inspect
import re

import pytest

from primer.labs import stream
from primer.labs.fields import LAB, form
from primer.labs.settings import Pace, Settings

FORMS = {"playground": [Settings, Pace], "stream": [stream.Settings]}
ALL = [(lab, one) for lab, settings in FORMS.items() for one in form(*settings)]


@pytest.mark.parametrize(("lab", "one"), ALL, ids=lambda part: part if isinstance(part, str) else part["name"])
def test_the_value_of_a_field_is_one_that_it_takes(lab, one):
    match one["kind"]:
        case "choice":
            assert one["value"] in one["options"]
        case "text":
            assert re.fullmatch(one["pattern"], one["value"])
        case kind:
            assert one["min"] <= one["value"] <= one["max"]
            assert kind == "number" or isinstance(one["value"], int)


def test_layers_of_up_to_eight_neurons_are_taken_and_no_others():
    [field] = [one for one in form(Settings) if one["name"] == "hidden"]
    for hidden in ("", " ", "8", "8,8", " 1 , 2,3, 8 "):
        assert re.fullmatch(field["pattern"], hidden)
        assert Settings(hidden=hidden).layers()
    for hidden in ("9", "0", "8,", "8,8,8,8,8", "8 8", "two", "-1"):
        assert not re.fullmatch(field["pattern"], hidden)


@pytest.mark.parametrize("options", [one for _, one in ALL if one["kind"] == "choice" and one["name"] == "data"])
def test_each_choice_of_data_can_be_drawn(options):
    for data in options["options"]:
        assert len(Settings(data=data).points()[0]) > 0


def test_the_opening_of_the_stream_is_its_form_with_words():
    bundle = stream.Opening()._repr_mimebundle_()
    assert [one["name"] for one in bundle[LAB]["fields"]] == list(inspect.signature(stream.Settings).parameters)
    assert bundle["text/plain"] == "The lab begins with 96 hidden neurons, to be trained for 12 epochs."
