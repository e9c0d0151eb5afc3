"""Runs the SQL of the cookbook, and holds the answers against the page: see docs.sh.

    docs.py ENGINES_PAGE COOKBOOK [--update]

Works in the folder that holds `insider`. Below each block of SQL stands a block of text, its answer.
"""

import re
import sys

from blocks import blocks

# A block of SQL, and the block of text below it where there is one.
ANSWERED = re.compile(r"^```sql\n(.*?)^```$\n(?:\n^```text\n(.*?)^```$\n)?", re.MULTILINE | re.DOTALL)


def answer(db, statement):
    """The rows as a table of text, numbers to the right."""
    result = db.execute(statement.rstrip().rstrip(";"))
    names = [column[0] for column in result.description]
    rows = [["" if value is None else str(value) for value in row] for row in result.fetchall()]
    widths = [max(map(len, column)) for column in zip(names, *rows)]
    is_number = [all(re.fullmatch(r"-?[\d.]*", row[i]) for row in rows) for i in range(len(names))]

    def line(cells):
        padded = (c.rjust(w) if n else c.ljust(w) for c, w, n in zip(cells, widths, is_number))
        return "  ".join(padded).rstrip() + "\n"

    return line(names) + line(["-" * width for width in widths]) + "".join(map(line, rows))


def main(engines, cookbook, update):
    names = {}
    views = next(block for block in blocks(engines) if block.words == ["duckdb"])
    exec(compile(views.text, engines, "exec"), names)
    with open(cookbook, encoding="utf-8") as page:
        text = page.read()
    wrong = 0

    def replace(match):
        nonlocal wrong
        statement, expected = match.groups()
        found = answer(names["db"], statement)
        if found.count("\n") < 3:
            wrong += 1
            print(f"no rows:\n{statement}")
        if found != expected and not update:
            wrong += 1
            print(f"{statement}\nthe page says\n{expected}\nthe answer is\n{found}")
        return f"```sql\n{statement}```\n\n```text\n{found}```\n"

    written, count = ANSWERED.subn(replace, text)
    if update:
        with open(cookbook, "w", encoding="utf-8") as page:
            page.write(written)
    print(f"{count} answers of {cookbook}: {wrong} wrong")
    sys.exit(1 if wrong or count == 0 else 0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "--update" in sys.argv[3:])
