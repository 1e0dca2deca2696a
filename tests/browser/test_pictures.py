"""Pictures and training in the page's own Python: the same losses as here from every start, and pictures that show."""

import json

import numpy as np
import pytest

from at_once import expect
from cells_in_page import error, output, run, type_instead
from tools.base import places

COMMITTED = json.loads((places.ROOT / "tests" / "oracles" / "first_losses.json").read_text())
LOSSES = f"""from primer.labs.model_file import model_bytes, model_from
from primer.pictures import split
from primer.labs.training import Training
_training = Training(split(**{COMMITTED["split"]}).train, **{COMMITTED["training"]})
for _ in range(50): print(repr(_training.step()))
print(model_from(model_bytes(_training.network, picture_size=20)).network)"""
SHEET = """from primer.pictures.images import picture_sheet, signed
from primer.pictures.looking import looks_for
from primer.network import MLP
picture_sheet(signed(looks_for(MLP([400, 3, 4]))), "Three neurons.", captions=["1", "2", "3"], columns=3)"""

LOADED = """async (image) => {
  const picture = new Image();
  picture.src = image.getAttribute("xlink:href");
  await picture.decode();
  return [picture.naturalWidth, picture.naturalHeight];
}"""


@pytest.mark.parametrize("way", ["snapshot", "bytecode", "plain"])
def test_a_page_finds_the_first_fifty_losses_that_are_committed(page, way):
    page.goto("softmax/")
    page.evaluate("way => (document.documentElement.dataset.start = way)", way)
    type_instead(page, "rounding", LOSSES)
    run(page, "rounding")
    expect(error(page, "rounding")).to_be_empty()
    *losses, network = output(page, "rounding").inner_text().split("\n")[:51]
    np.testing.assert_allclose([float(loss) for loss in losses], COMMITTED["losses"], rtol=0, atol=1e-9)
    assert network == "MLP([400, 32, 4], activation='relu'), 12964 parameters"


def test_a_sheet_of_pictures_comes_through_unharmed(page):
    page.goto("softmax/")
    type_instead(page, "rounding", SHEET)
    run(page, "rounding")
    sheet = output(page, "rounding").get_by_role("img", name="Three neurons.")
    images = sheet.locator("image")
    expect(images).to_have_count(3)
    for image in images.all():
        assert image.get_attribute("xlink:href").startswith("data:image/png;base64,")
        assert image.get_attribute("image-rendering") == "pixelated"
        assert image.evaluate(LOADED) == [20, 20]
