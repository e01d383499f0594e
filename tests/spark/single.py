"""What the program answers on one machine, as rows to compare with those of a cluster."""

import gzip
import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet

NO_YEAR = "unknown"
BEGINNING_BYTES = 200


def corpus_lines(files: list[Path]) -> Iterator[bytes]:
    """Yields the lines of all files in order, unpacked."""
    for path in files:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            yield from lines


def stream(command: list[str], files: list[Path], folder: Path) -> list[dict]:
    """Returns the records that the program gives for the corpus as one stream."""
    whole = folder / "whole.jsonl"
    with whole.open("wb") as out:
        out.writelines(corpus_lines(files))
    with whole.open("rb") as lines:
        run = subprocess.run(command, stdin=lines, capture_output=True, check=False)
    if run.returncode not in (0, 1):
        raise RuntimeError(f"{command}: exit code {run.returncode}: {run.stderr.decode()[-2000:]}")
    return [json.loads(line) for line in run.stdout.splitlines()]


def tables(
    records: list[dict], files: list[Path], without: tuple[str, ...]
) -> dict[str, list[dict]]:
    """Returns the tables that a cluster should write for the records of one stream."""
    sources = [(path.name, line) for path in files for line in corpus_lines([path])]
    found, years = {}, {}
    for record in records:
        kind = record.pop("record")
        if kind == "error":
            file, line = sources[record.pop("line") - 1]
            beginning = line.rstrip(b"\n")[:BEGINNING_BYTES].decode("utf-8", "replace")
            record |= {"file": file, "beginning": beginning}
        else:
            if kind == "document":
                years[record["document"]] = year_of(record)
            record["year"] = years[record["document"]]
        found.setdefault(f"{kind}s", []).append(record)
    return {name: rows for name, rows in found.items() if name not in without}


def known_error(row: dict) -> dict:
    """Returns a row of the errors that a cluster wrote, with what one stream can tell of it."""
    row = row | {"file": Path(row["place"]["file"]).name}
    del row["place"]
    return row


def texts(files: list[Path], names: set[str]) -> Iterator[tuple[str, str]]:
    """Yields the first text of each of the documents named."""
    names = set(names)
    for line in corpus_lines(files):
        try:
            document = json.loads(line)
            name, text = str(document["id"]), document["text"]
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
        if name in names:
            names.remove(name)
            yield name, text


def year_of(document: dict) -> str:
    """Returns the year in which a document was issued, else posted."""
    metadata = document["metadata"]
    return (metadata["issued_on"] or metadata["published_at"] or NO_YEAR).split("-")[0]


def canonical(value):
    """Returns a value in which numbers that are equal look alike."""
    if isinstance(value, dict):
        return {name: canonical(part) for name, part in value.items()}
    if isinstance(value, list):
        return [canonical(part) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def counted(rows) -> Counter:
    """Counts rows, each as text."""
    return Counter(json.dumps(canonical(row), ensure_ascii=False, sort_keys=True) for row in rows)


def table(folder: Path) -> Iterator[dict]:
    """Yields the rows of a table that was written as Parquet, with the year of its folder."""
    for path in sorted(folder.rglob("*.parquet")):
        rows = pyarrow.parquet.ParquetFile(path).read().to_pylist()
        year = path.parent.name.removeprefix("year=") if path.parent != folder else None
        for row in rows:
            yield row if year is None else row | {"year": year}
