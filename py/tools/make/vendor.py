"""site/vendor: what the site serves and others made, pinned, verified, and only what it needs."""

from importlib import metadata
from pathlib import Path

from tools.author import served
from tools.base import files, node, places
from tools.base.errors import ToolError, command
from tools.base.progress import say
from tools.content import colours, fonts, masters, pictures
from tools.fetch import numpy_wheel
from tools.pages import bundle


def check_numpy(installed: str, vendored: str) -> None:
    """Both hosts must print alike: hold the two NumPy releases against each other."""
    if installed != vendored:
        raise ToolError(f"requirements.in has NumPy {installed}, Pyodide's lock {vendored}; pin the same release")


def _wheels(package: Path) -> dict[str, Path]:
    """Fetch those of the packages that the site names."""
    wheel = numpy_wheel.from_lock(package / "pyodide-lock.json")
    check_numpy(metadata.version("numpy"), wheel.version)
    return {name: numpy_wheel.obtain(wheel, numpy_wheel.cdn(package)) for name in served.packages()}


def static() -> set[str]:
    """Make what is the same for every site, and name it."""
    for one in bundle.wanted():
        bundle.make(one)
    return colours.install() | fonts.install() | fonts.install_formulas() | {one.target for one in bundle.wanted()}


def vendor() -> Path:
    """Fill site/vendor; do only what is not done yet."""
    with files.alone(places.BUILD / "vendor.lock"):
        node.install()
        package = places.NODE_MODULES / "pyodide"
        wheels = _wheels(package)
        masters.make()  # which lie in python.zip
        served.serve(package, wheels, static() | pictures.install())
    return places.VENDOR


def main() -> None:
    """Fill site/vendor and say how much is there."""
    folder = vendor()
    total = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    say(f"site/vendor: {total / 1e6:.1f} MB, as site/vendor/manifest.json lists")


if __name__ == "__main__":
    command(main)
