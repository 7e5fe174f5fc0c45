"""Holds every figure that is derived against finished reports, to the digit and both ways: none may be there that is not derived."""

import json
import sys
from pathlib import Path

from . import accounts, assessment, control, handling, headlines, ombudsman, outcomes, regulator, residents, trends, volumes
from .numbers import Rate
from .rows import Rows

MODULES = (volumes, regulator, handling, outcomes, ombudsman, residents, trends, control, accounts)

# Tables of words alone, which no engine can derive: what they say is not counted.
WORDS = {
    "choices": "the readings chosen", "definitions": "what figures mean", "counted": "what tables count", "terms": "what words mean", "markers": "what stands in place of a figure",
    "sector-terms": "what figures of the sector mean", "learning": "what was learnt, in a person's words", "improvements": "a person's words",
    "non-compliance": "the Ombudsman's words", "ombudsman-reports": "the Ombudsman's words",
}


def cells(report):
    """The cells of a report by the names of their figures, and the tables that they stand in."""
    return {cell["figure"]: cell for table in report["tables"].values() if table for row in table["rows"] for cell in row["cells"]}


# What stands for a figure that a published report hides; that it is hidden where it must be is tested elsewhere.
HIDDEN = ("[masked]", "fewer than 5", "–")


def differences(name, printed, derived, is_published):
    """Every way in which a report is not what is derived."""
    tables = {figure.split(".")[0] for figure in printed}
    for figure, value in derived.items():
        cell = printed.get(figure)
        if cell is None:
            # A table that this report does not have is none that it gets wrong; a row that it should have is.
            if not is_published and figure.split(".")[0] in tables and not is_nothing(value):
                yield f"{name}: {figure} is not there, derived {value}"
        elif is_published and cell["plain"] in HIDDEN:
            continue
        elif not (value.agrees(cell) if isinstance(value, Rate) else cell["plain"] == str(value)):
            counts = f" ({cell['numerator']} of {cell['denominator']})" if cell.get("numerator") is not None else ""
            yield f"{name}: {figure} is {cell['plain']}{counts}, derived {value}"
    for figure, cell in printed.items():
        if figure not in derived and figure.split(".")[0] not in WORDS and not (cell["is_words"] and is_wording(figure)):
            yield f"{name}: {figure} is {cell['plain']} and is not derived"


def is_nothing(value):
    """Whether a row with this alone need not be there."""
    return value == 0 or value == "" or (isinstance(value, Rate) and value.numerator == 0)


def is_wording(figure):
    """Words beside figures that say what they are about, and compare nothing."""
    return figure.endswith((".clause", ".stands"))


def main(extract, *folders):
    """Compares every report of the folders; 1 where one differs or has nothing to compare."""
    rows = Rows(extract)
    compared, tables, wrong, reports = 0, set(), [], 0
    for path in sorted(path for folder in folders for path in Path(folder).glob("*.json") if not path.name.endswith(".manifest.json")):
        report = json.loads(path.read_text())
        printed = cells(report)
        manifest = json.loads(path.with_suffix(".manifest.json").read_text())
        rows.look_at(manifest)
        derived = {}
        for module in MODULES:
            derived |= module.derive(rows)
        is_published = manifest["request"]["variant"] == "published"
        here = [figure for figure in derived if figure in printed and printed[figure]["plain"] not in HIDDEN[:2]]
        wrong += differences(path.name, printed, derived, is_published)
        for said, off in (headlines.compare(path.name, rows, derived, report, is_published), assessment.compare(path.name, rows, report, is_published)):
            compared, wrong = compared + said, wrong + off
        wrong += [] if here else [f"{path.name}: no figure to compare"]
        compared, reports = compared + len(here), reports + 1
        tables |= {figure.split(".")[0] for figure in here}
    print(f"{compared} figures of {reports} reports derived a second time, of {len(tables)} tables: {', '.join(sorted(tables))}")
    for table, reason in sorted(WORDS.items()):
        print(f"not derived, as it holds no figure: {table}: {reason}")
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong or compared == 0 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
