"""What is wrong with a table of words."""

import re
from collections.abc import Mapping, Set


def faults(table: Mapping[str, str], said: Set[str]) -> dict[str, list[str]]:
    """What a table lacks, what nobody says any more, and where a translation names other values than the English."""

    def values(text: str) -> set[str]:
        return set(re.findall(r"\{\w+\}", text))

    found = {
        "lacks": sorted(said - table.keys()),
        "said by nobody": sorted(table.keys() - said),
        "other values": [english for english, there in table.items() if values(english) != values(there)],
    }
    return {fault: texts for fault, texts in found.items() if texts}
