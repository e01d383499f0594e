#!/usr/bin/env python3
"""Measures how fast a corpus is read by one process, by two, and by Spark with one and
two workers, all in one run, and writes docs/scale.md.

    GANGMU=target/release/gangmu tests/spark/run measure.py [--documents N] [--rounds N]
"""

import argparse
import os
import platform
import shutil
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import corpus
import pyspark
from cluster import Cluster, processes_of

ROOT = Path(__file__).resolve().parents[2]
JOB = ROOT / "deploy/spark/gangmu_job.py"
PAGE = ROOT / "docs/scale.md"
GANGMU = Path(os.environ["GANGMU"]).resolve()
STREAM = [GANGMU, "parse", "-", "--input", "jsonl", "--format", "jsonl", "--threads", "1"]
TICKS = os.sysconf("SC_CLK_TCK")

# Every so manieth document is the founding one, 45 kB long; the others have some 0.5 kB.
FOUNDING_EVERY = 6


PAGE_TEXT = """\
# How far one machine gets, and what a cluster costs

`GANGMU=target/release/gangmu tests/spark/run measure.py` reads one corpus in each way in turn (rounds: {n_rounds}) and writes this page: every
figure below is of that run or computed from it. {n_documents:,} documents, {megabytes:.1f} MB of JSONL, are varied copies of the texts of this repository, one of {founding_every} of
them the founding document (45 kB), the others short. All read them into documents, divisions, assignments and targets; a process reads on one thread.

| way | seconds, best | worst | documents/s | MB/s | seconds of processors | ms of them a document |
| --- | --- | --- | --- | --- | --- | --- |
{rows}

On {machine}; load {load:.1f} at the beginning, from other work on the same cores. Processes write JSONL to a pipe that is read and
counted. Spark's seconds are of the whole job: they hold the start of driver and executors, which is most of it here, and two shuffles and the
Parquet of five tables, and its processors are those of the workers with all they start. Two workers, the driver and the master share the two cores, so
the second worker can add little on this machine; what a cluster gains with machines of their own was not measured. Where the load is above the number
of cores, seconds by the clock tell more of the other work than of this; those of processors stand for the work itself, and swell less.

What Spark adds for each document is the difference between its two corpora on one worker, in which its start is in both: {spark_ms:.2f} ms of processors a
document, against {process_ms:.2f} ms of the process alone. The start takes {start:.0f} s by the clock.

## Bytes

A document takes {each[in]:,.0f} bytes of JSONL that go in, {each[jsonl]:,.0f} of JSONL that come out of the program, and {each[parquet]:,.0f} of Parquet ({parquet}).
The varied copies resemble each other, which gzip likes: a corpus of documents that differ takes more.

## A million documents, and a hundred million

Documents like these, at the processor time above; others scale with their bytes.

| | 10⁶ | 10⁸ | computed as |
| --- | --- | --- | --- |
| one process, hours of a core | {small[process]} | {large[process]} | documents × {process_ms:.2f} ms |
| one machine with 16 cores, hours | {small[on_16]} | {large[on_16]} | the above / 16, where cores do not hinder each other |
| Spark, hours of a core | {small[spark]} | {large[spark]} | documents × {spark_ms:.2f} ms |
| Spark, cores to be done in 8 hours | {small[cores]} | {large[cores]} | the above / 8 |
| JSONL in | {small[in]} | {large[in]} | documents × {each[in]:,.0f} bytes |
| JSONL out, as kept on the disks of executors while tables are written | {small[jsonl]} | {large[jsonl]} | documents × {each[jsonl]:,.0f} bytes, before packing |
| Parquet out | {small[parquet]} | {large[parquet]} | documents × {each[parquet]:,.0f} bytes |

So a million documents are a matter for one machine; Spark begins to pay where the corpus lies on a cluster already, or is a hundred times as large.
"""


@dataclass
class Measured:
    """What one way of reading a corpus took, over the rounds."""

    way: str
    # By the clock.
    seconds: list[float]
    # Of all processors.
    cpu: list[float]

    def row(self, n_documents: int, n_bytes: int) -> str:
        """Returns a row of the table: the quickest round, and the spread of all."""
        best, cpu = min(self.seconds), min(self.cpu)
        return (
            f"| {self.way} | {best:.1f} | {max(self.seconds):.1f} | {n_documents / best:,.0f} "
            f"| {n_bytes / best / 1e6:.2f} | {cpu:.1f} | {cpu / n_documents * 1e3:.2f} |"
        )


class Reader(threading.Thread):
    """One process that reads a file, and counts the bytes that come out."""

    def __init__(self, path: Path):
        super().__init__()
        self.path = path
        self.n_bytes = 0

    def run(self):
        with self.path.open("rb") as lines:
            process = subprocess.Popen(STREAM, stdin=lines, stdout=subprocess.PIPE)
        while part := process.stdout.read(1 << 20):
            self.n_bytes += len(part)
        if process.wait() != 0:
            raise RuntimeError(f"{self.path}: exit code {process.returncode}")


def by_processes(parts: list[Path]) -> tuple[float, float, int]:
    """Returns the seconds, those of the processors, and the bytes that came out."""
    before, start = os.times(), time.monotonic()
    readers = [Reader(part) for part in parts]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    seconds, after = time.monotonic() - start, os.times()
    cpu = after.children_user + after.children_system
    cpu -= before.children_user + before.children_system
    return seconds, cpu, sum(reader.n_bytes for reader in readers)


def cpu_of(sessions: list[int]) -> float:
    """Returns the seconds of the processors that sessions took, ended children included."""
    total = 0
    for process in (each for session in sessions for each in processes_of(session)):
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(map(int, fields[11:15]))
    return total / TICKS


def by_spark(folder: Path, lines: Path, n_workers: int) -> tuple[float, float, Path]:
    """Returns the seconds of a job, those of the processors, and its tables."""
    with Cluster(folder, n_workers) as cluster:
        before, start = cpu_of(cluster.workers), time.monotonic()
        log, tables = folder / "job.log", folder / "tables"
        settings = {"spark.sql.files.maxPartitionBytes": "2m", "spark.sql.shuffle.partitions": "8"}
        job = cluster.submit([JOB, "parse", lines, tables, "--gangmu", GANGMU], log, **settings)
        cpu = 0
        while job.poll() is None:
            # What an executor took is not known any more once it has ended.
            cpu = max(cpu, cpu_of(cluster.workers) - before)
            time.sleep(0.2)
        if job.returncode != 0:
            raise RuntimeError(log.read_text()[-4000:])
        return time.monotonic() - start, cpu, tables


def parquet_bytes(tables: Path) -> dict[str, int]:
    """Returns the bytes of each table."""
    return {
        table.name: sum(file.stat().st_size for file in table.rglob("*.parquet"))
        for table in sorted(tables.iterdir())
    }


def machine() -> str:
    """Returns what the figures were measured on."""
    models = [
        line.split(":", 1)[1].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    java = subprocess.run(["java", "-version"], capture_output=True, text=True).stderr
    return (
        f"{os.cpu_count()} cores ({models[0] if models else platform.machine()}), "
        f"Spark {pyspark.__version__}, Java {java.split(chr(34))[1]}, "
        f"Python {platform.python_version()}"
    )


def page(folder: Path, n_documents: int, n_rounds: int) -> str:
    """Measures, and returns the page that tells of it."""
    load = os.getloadavg()[0]
    small, large = folder / "small", folder / "large"
    n_small = n_documents // 4
    for corpus_folder, n in ((small, n_small), (large, n_documents)):
        corpus.write(corpus_folder, n, broken=[], n_files=2, founding_every=FOUNDING_EVERY)
    halves = sorted(large.iterdir())
    whole = folder / "whole.jsonl"
    whole.write_bytes(b"".join(half.read_bytes() for half in halves))
    n_bytes = whole.stat().st_size

    one = Measured("1 process", [], [])
    two = Measured("2 processes", [], [])
    spark = {n: Measured(f"Spark, {n} worker{'s'[: n - 1]}", [], []) for n in (1, 2)}
    fewer = Measured(f"Spark, 1 worker, {n_small:,} of the documents", [], [])
    for n in range(n_rounds):
        for measured, parts in ((one, [whole]), (two, halves)):
            seconds, cpu, n_written = by_processes(parts)
            measured.seconds.append(seconds)
            measured.cpu.append(cpu)
        for measured, n_workers, lines in (
            (fewer, 1, small),
            (spark[1], 1, large),
            (spark[2], 2, large),
        ):
            seconds, cpu, tables = by_spark(folder / f"{n}-{len(measured.way)}", lines, n_workers)
            measured.seconds.append(seconds)
            measured.cpu.append(cpu)
    parquet = parquet_bytes(tables)

    rows = [way.row(n_documents, n_bytes) for way in (one, two, spark[1], spark[2])]
    rows.append(fewer.row(n_small, sum(file.stat().st_size for file in small.iterdir())))
    process_ms = min(one.cpu) / n_documents * 1e3
    spark_ms = (min(spark[1].cpu) - min(fewer.cpu)) / (n_documents - n_small) * 1e3
    start = min(fewer.seconds) - n_small * (min(spark[1].seconds) - min(fewer.seconds)) / (
        n_documents - n_small
    )
    each = {
        "in": n_bytes / n_documents,
        "jsonl": n_written / n_documents,
        "parquet": sum(parquet.values()) / n_documents,
    }
    return PAGE_TEXT.format(
        n_documents=n_documents,
        founding_every=FOUNDING_EVERY,
        n_rounds=n_rounds,
        machine=machine(),
        load=load,
        megabytes=n_bytes / 1e6,
        rows="\n".join(rows),
        parquet=", ".join(f"{name} {size / n_documents:,.0f}" for name, size in parquet.items()),
        process_ms=process_ms,
        spark_ms=spark_ms,
        start=start,
        each=each,
        small=arithmetic(10**6, process_ms, spark_ms, each),
        large=arithmetic(10**8, process_ms, spark_ms, each),
    )


def arithmetic(n: int, process_ms: float, spark_ms: float, each: dict[str, float]) -> dict:
    """Returns what so many documents like the measured ones take."""
    process_hours, spark_hours = (n * ms / 1e3 / 3600 for ms in (process_ms, spark_ms))
    return {
        "process": f"{process_hours:,.1f}",
        "spark": f"{spark_hours:,.1f}",
        "on_16": f"{process_hours / 16:,.2f}",
        "cores": f"{spark_hours / 8:,.1f}",
    } | {name: f"{n * size / 1e9:,.1f} GB" for name, size in each.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=2)
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="gangmu-measure-"))
    try:
        PAGE.write_text(page(folder, args.documents, args.rounds), encoding="utf-8")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
