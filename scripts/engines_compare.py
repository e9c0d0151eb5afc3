"""Measures every engine on every partition scheme, and compares: see engines.sh.

    engines_compare.py PAGE FOLDER
"""

import json
import os
import re
import subprocess
import sys

from engines_measure import ENGINES, tables

SCHEMES = ["issuer", "issuer-bucket=4", "year", "none"]
# The columns of the page's table of types, in order.
KINDS = ["text", "decimal", "date", "time", "flag", "int32", "int64", "marks"]


def promised(page):
    """The patterns of the types that the page's table promises: engine to kind to pattern."""
    found = {}
    with open(page, encoding="utf-8") as lines:
        for line in lines:
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            name = re.match(r"\[(\w+)\]\(#", cells[0])
            if name and name[1] in ENGINES:
                types = [re.escape(cell.strip("`")).replace(r"\.\.\.", ".*") for cell in cells[2:]]
                found[name[1]] = dict(zip(KINDS, types, strict=True))
    return found


def measured(page, folder, engine, scheme):
    """What the engine sees, or why it sees nothing."""
    python = f"{folder}/venv{'-spark' if engine == 'spark' else ''}/bin/python"
    script = os.path.join(os.path.dirname(__file__), "engines_measure.py")
    result = f"{folder}/data/{scheme}/{engine}.json"
    done = subprocess.run(
        [python, script, page, engine, scheme.partition("=")[0], f"{folder}/schema.json", result],
        cwd=f"{folder}/data/{scheme}",
        capture_output=True,
        text=True,
    )
    if done.returncode:
        return None, done.stderr.strip().splitlines()[-5:]
    with open(result, encoding="utf-8") as file:
        return json.load(file), []


def differences(seen, expected_rows, kinds, types, first):
    """What is not as it must be, in words."""
    for table, (rows, columns) in seen.items():
        if rows != expected_rows[table]:
            yield f"{table}: {rows} rows, and {expected_rows[table]} were written"
        for column, (type_, *values) in columns.items():
            pattern = types[kinds[table][column]]
            if not re.fullmatch(pattern, type_):
                yield f"{table}.{column} is {type_}, not {pattern}"
            if values != first[table][1][column][1:]:
                yield f"{table}.{column}: {values}, and elsewhere {first[table][1][column][1:]}"


def main(page, folder):
    kinds, types, first = tables(f"{folder}/schema.json"), promised(page), None
    print("| engine | partition | tables | columns | rows | types | sums equal |")
    print("|---|---|---|---|---|---|---|")
    all_well = True
    for engine in ENGINES:
        for scheme in SCHEMES:
            with open(f"{folder}/data/{scheme}/report.json", encoding="utf-8") as file:
                written = {name: table["rows"] for name, table in json.load(file)["tables"].items()}
            seen, wrong = measured(page, folder, engine, scheme)
            if seen:
                first = first or seen
                wrong = list(differences(seen, written, kinds, types[engine], first))
                columns = sum(len(columns) for _, columns in seen.values())
                rows = sum(rows for rows, _ in seen.values())
                is_typed = not any(" is " in line for line in wrong)
                is_equal = not any(" is " not in line for line in wrong)
                cells = [len(seen), columns, f"{rows:,}", "as promised" if is_typed else "WRONG", "yes" if is_equal else "NO"]
            else:
                cells = ["-", "-", "-", "-", "FAILED"]
            print(f"| {' | '.join(map(str, [engine, scheme, *cells]))} |", flush=True)
            for line in wrong:
                print(f"    {line}", flush=True)
            all_well &= not wrong
    sys.exit(0 if all_well else 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
