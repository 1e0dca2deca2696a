"""Module paths that pages, links and readers' edits may hold, from before the library had rooms."""

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
OLDER = {
    "bars": ("drawing.bars", "ROW TOP BOTTOM NUMBERS guess_bars"),
    "breeds": ("pictures.breeds", "MASTER_SIZE FILE Breed BREEDS masters"),
    "drawing": (
        "drawing.svg",
        "INK TEXT GRID PAPER WIDTH LIT KNOB SIZE Element written Drag handle Why asked text ROW "
        "LINE plate breadth number Drawing",
    ),
    "graph_picture": ("drawing.graph_picture", "GAP SPACE GraphNode graph_picture Key"),
    "images": ("pictures.images", "COLD PALE WARM png png_address signed picture_sheet"),
    "looking": ("pictures.looking", "looks_for loudest looked_at"),
    "model_file": ("labs.model_file", "MAGIC VERSION MOST_BYTES Notes ModelFileError Model model_bytes model_from"),
    "network_picture": ("drawing.network_picture", "Layers network_picture"),
    "pictures": ("pictures.camera", "SIZE Bytes Camera Pictures Split kinds_of split inputs"),
    "plane": ("drawing.plane", "LEFT RIGHT TOP BOTTOM SIDE CELLS Plane"),
    "playground": (
        "labs.playground labs.settings labs.given",
        "DATA INPUTS GRID REACH RECORDS_TOLD Layers Report Settings Training Opening",
    ),
    "step_picture": ("drawing.step_picture", "step_picture"),
    "stream": (
        "labs.stream",
        "Session Told DOG N_TRAIN N_TEST KEEP_EVERY MOST_NEURONS Settings Work begin go_on train step "
        "exam watch judge look inside save load",
    ),
    "training": ("labs.training", "SLICE State Training Report examine"),
    "transforms": ("pictures.transforms", "photograph halved blur invert add_noise to_bytes"),
    "variable_graph": ("drawing.variable_graph", "MOST_NODES variable_graph"),
    "walkthrough": (
        "drawing.walkthrough drawing.steps drawing.writing",
        "Quantity Step STEPS Walkthrough step_number short factor weighted_sum",
    ),
}
"""By module, where it stands now, and the public names that it had."""
FLAT = [path.stem for path in (ROOT / "py" / "primer").glob("*.py") if path.stem != "__init__"]
PAGES = [*(ROOT / "site").glob("*.md"), *(ROOT / "tests" / "browser" / "pages").glob("*.md")]
IMPORTS = {
    line for page in PAGES for line in re.findall(r"^ *(from primer[.\w]* import .+)$", page.read_text(), re.MULTILINE)
}


@pytest.mark.parametrize("module", OLDER)
def test_an_older_path_gives_the_very_things_that_stand_in_a_room(module):
    rooms, names = OLDER[module]
    now = [importlib.import_module(f"primer.{room}") for room in rooms.split()]
    older = importlib.import_module(f"primer.{module}")
    for name in names.split():
        assert any(getattr(room, name, None) is getattr(older, name) for room in now), name


@pytest.mark.parametrize("module", sorted({*OLDER, *FLAT}))
def test_a_path_can_be_imported_first_of_all(module):
    """Not only after what it stands for: by a Python that has nothing of the library yet."""
    subprocess.run([sys.executable, "-c", f"import primer.{module}"], check=True, env={"PYTHONPATH": str(ROOT / "py")})


@pytest.mark.parametrize("line", sorted(IMPORTS))
def test_what_a_page_imports_is_there(line):
    (statement,) = ast.parse(line).body
    module = importlib.import_module(statement.module)
    assert all(hasattr(module, alias.name) for alias in statement.names)
