"""`make dist`: the whole site as one zip, for any plain file server in a classroom without a network."""

import os
from itertools import chain
from pathlib import Path

from tools.base import files, places, zips
from tools.base.errors import command
from tools.base.progress import bar, say

ARCHIVE = places.BUILD / "dog-primer.zip"
FOLDER = "dog-primer"
_READ_ME = f"""\
A dog lover's primer to neural networks: the whole site, with Python in it. It needs no internet.

Unpack it, and serve the folder {FOLDER} with any web server, at any address. With Python on the machine:

    python3 -m http.server --directory {FOLDER} 8000

Then open http://127.0.0.1:8000/ there, or http://<name of the machine>:8000/ from the others in the room. Opening the
files without a server does not work: browsers do not let such pages load Python.

Only a page from 127.0.0.1, or over https, may keep itself in the browser for later. Over plain http from another
machine everything works as long as that machine is there.


Neuronale Netze für Hundefreunde: die ganze Website, samt Python. Sie braucht kein Internet.

Pack sie aus und gib den Ordner {FOLDER} mit einem beliebigen Webserver unter einer beliebigen Adresse frei. Mit Python:

    python3 -m http.server --directory {FOLDER} 8000

Öffne dann auf diesem Rechner http://127.0.0.1:8000/de/ und auf den anderen im Raum http://<Name des Rechners>:8000/de/.
Die Dateien ohne Server zu öffnen genügt nicht: Browser lassen solche Seiten Python nicht laden.
"""
_LEFT_OUT = "*.map"


def pack(site: Path, archive: Path) -> None:
    """Write a zip of a built site; the same site gives the same bytes."""
    paths = [path for path in sorted(site.rglob("*")) if path.is_file() and not path.match(_LEFT_OUT)]
    pages = ((f"{FOLDER}/{path.relative_to(site).as_posix()}", path.read_bytes()) for path in paths)
    with files.whole(archive) as neighbour:
        zips.write(neighbour, chain([("README.txt", _READ_ME.encode())], pages))


def main() -> None:
    """Pack the site that was built."""
    with bar("dist"):
        pack(places.BUILT_SITE, ARCHIVE)
    say(f"{os.path.relpath(ARCHIVE)}: {ARCHIVE.stat().st_size / 1e6:.1f} MB; README.txt in it says how to serve it")


if __name__ == "__main__":
    command(main)
