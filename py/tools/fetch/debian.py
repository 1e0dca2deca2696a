"""Programs from Debian's packages, where apt-get may install them."""

import os
import shutil
from collections.abc import Sequence

from tools.base.errors import ToolError
from tools.base.processes import run_logged


def install(doing: str, packages: Sequence[str]) -> None:
    """Install packages behind a bar.

    Raises
    ------
    ToolError
        If there is no apt-get, who runs this is not root, or a package cannot be had.
    """
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise ToolError("apt-get can install it for root only")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step, arguments in (
        ("Debian's list of packages", ["update"]),
        (f"{doing}, from Debian", ["install", "--yes", "--no-install-recommends", *packages]),
    ):
        run_logged(
            step,
            ["apt-get", *arguments],
            log=f"apt-{arguments[0]}",
            advice="apt-get cannot install it",
            environment=environment,
            seconds=900,
        )
