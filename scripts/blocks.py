"""Takes the fenced blocks out of a page of docs/."""

import re
import sys
from typing import NamedTuple

FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A block as it stands, and what stands after its language."""

    language: str
    words: list[str]
    text: str


def blocks(path):
    """The blocks of a page, in order."""
    with open(path, encoding="utf-8") as page:
        return [Block(language, words.split(), text) for language, words, text in FENCE.findall(page.read())]


if __name__ == "__main__":
    wanted = sys.argv[2:]
    print("\n".join(block.text for block in blocks(sys.argv[1]) if [block.language, *block.words] == wanted), end="")
