"""Write the published figures under our names, as the package carries them.

Run as `python -m benchmarks.published_table --data ../shared/data`.
"""

from __future__ import annotations

import argparse
import csv
import io
from pathlib import Path

from xner_core.runs.methods import METHODS, Method
from xner_core.runs.published import COLUMNS, SOURCE, TABLE

_DATASETS = {"europarl-ner": "europarl", "masakhaner2": "masakhaner2", "xtreme-wikiann": "xtreme"}
_CANDIDATES = {"dummy": "ngrams", "ner": "ner", "": ""}
_FIGURES = ("f1", "precision", "recall", "per_f1", "loc_f1", "org_f1", "misc_f1")


def convert(path: Path) -> str:
    """The table as CSV.

    Args:
        path: The figures with the columns and names of those who published them.
    """
    text = io.StringIO()
    text.write(f"# {SOURCE}; see published.py\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            method = Method(row["approach"], row["aligner"], _CANDIDATES[row["candidates"]])
            rows.append((_DATASETS[row["dataset"]], row["language"], METHODS.index(method), row))
    for dataset, lang, index, row in sorted(rows, key=lambda r: r[:3]):
        writer.writerow([dataset, lang, METHODS[index], *(row[figure] for figure in _FIGURES)])
    return text.getvalue()


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    source = parser.parse_args().data / "published" / "politov2025_f1.csv"
    target = Path(__file__).parent.parent / "xner_core" / "runs" / TABLE
    target.write_text(convert(source), encoding="utf-8")


if __name__ == "__main__":
    main()
