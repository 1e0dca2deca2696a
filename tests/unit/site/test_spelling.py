"""What is read as prose is spelled as in the dictionary; names and words of the field stand in words.txt."""

import json
import subprocess
from pathlib import Path

from tools.base import places
from tools.base.node import environment, node

HERE = Path(__file__).parent
ELSEWHERE = (places.SITE / "licences.md", places.SITE / "vendor", places.SITE / "de")  # others' words, and German ones
TEXTS = [
    *places.ROOT.glob("*.md"),
    *(path for path in places.SITE.rglob("*.md") if not any(map(path.is_relative_to, ELSEWHERE))),
]


def unknown(*texts):
    """The words of each text that are in neither list, by the file's name."""
    command = [node(), HERE / "spelling.mjs", HERE / "words.txt", *texts]
    ran = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    return {Path(file).name: words for file, words in json.loads(ran.stdout).items() if words}


def test_every_page_is_spelled_as_the_dictionary_has_it():
    assert len(TEXTS) > 15
    assert unknown(*TEXTS) == {}, "mend them; a name or a word of the field goes into words.txt beside this test"


def test_a_wrong_word_is_found_in_prose_and_in_a_description_and_not_in_code(tmp_path):
    text = tmp_path / "page.md"
    text.write_text(
        "---\ndescription: A probabilty.\n---\n\nTwo wieghts of `x_wieght` in $sofmax$.\n\n```python\nnumbr\n```\n"
    )
    assert unknown(text) == {"page.md": ["probabilty", "wieghts"]}
