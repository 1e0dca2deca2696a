"""What JavaScript and Python both name, they name alike."""

import json
import subprocess

from cells.page import outputs
from cells.page.outputs import CHART
from primer import KINDS
from primer.charts import VEGA_LITE
from primer.labs.fields import LAB
from tools.base import places
from tools.base.node import environment, node


def exported(module, name):
    script = f"console.log(JSON.stringify((await import({json.dumps((places.RUNTIME / module).as_uri())})).{name}))"
    command = [node(), "--input-type=module", "-e", script]
    return json.loads(subprocess.run(command, env=environment(), capture_output=True, text=True, check=True).stdout)


def test_the_kinds_of_the_pictures():
    assert exported("labs/dog-stream/kinds.mjs", "KINDS") == list(KINDS)


def test_the_media_types_of_what_cells_show():
    media = exported("python/protocol.mjs", "media")
    assert media["chart"] == CHART == VEGA_LITE
    assert (media["verdict"], media["lab"]) == (outputs.VERDICT, LAB)
    assert {media[name] for name in ("svg", "html", "latex")} <= outputs._REPRS.keys()
