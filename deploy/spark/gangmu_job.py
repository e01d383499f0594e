#!/usr/bin/env python3
"""Reads a corpus with gangmu on a Spark cluster and writes its tables as Parquet.

Each task starts the program once, sends it the documents of its part of the
corpus through a pipe, and takes the records that come back:

    spark-submit gangmu_job.py parse  corpus/ tables/
    spark-submit gangmu_job.py tasks  corpus/ tables/
    spark-submit gangmu_job.py search corpus/ tables/ --query 黑土地

The rows are those that the same program gives on one machine; README.md says how
to run it on a cluster.
"""

import argparse
import contextlib
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import uuid
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from typing import IO

from pyspark import SparkFiles, StorageLevel
from pyspark.sql import Column, DataFrame, Row, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

# The kind of record that fills each table of a mode; each mode writes `errors` too.
TABLES = {
    "parse": {
        "documents": "document",
        "divisions": "division",
        "assignments": "assignment",
        "targets": "target",
    },
    "tasks": {"tasks": "task"},
    "search": {"clauses": "clause"},
}

# The year of documents that name no day.
NO_YEAR = "unknown"

# Errors of lines that take their id although they give no document.
TAKES_ID = {"duplicate-id", "unreadable-file", "unreadable-text", "internal"}

# The error of a document without an id.
WITHOUT_ID = {
    "document": None,
    "code": "invalid-field",
    "message": "the line has no id; documents that are read in parts need one each",
}

# Bytes that go to the program at once, and come from it.
PIPE_BYTES = 1 << 18

# Bytes of a line that is in error that are kept.
BEGINNING_BYTES = 200

# Where a line stands in the corpus; places compare as their lines follow each other.
PLACE = T.StructType(
    [
        T.StructField("file", T.StringType()),
        T.StructField("block", T.LongType()),
        T.StructField("row", T.LongType()),
    ]
)

# What one line gives of one kind of record: its JSON, a record a line. `document`
# is the id that it takes.
RECORDS = T.StructType(
    [
        T.StructField("place", PLACE),
        T.StructField("beginning", T.StringType()),
        T.StructField("document", T.StringType()),
        T.StructField("year", T.StringType()),
        T.StructField("record", T.StringType()),
        T.StructField("lines", T.StringType()),
    ]
)

SIMPLE_TYPES = {
    "string": T.StringType(),
    "integer": T.LongType(),
    "number": T.DoubleType(),
    "boolean": T.BooleanType(),
}


class ProgramError(Exception):
    """The program failed or left lines unanswered; Spark runs the task again."""


@dataclass
class Program:
    """How a task sends its part of the corpus through gangmu."""

    # What it is asked to do.
    arguments: list[str]
    path: str
    # Whether it was sent to the workers, or is there under its path.
    is_shipped: bool

    def check(self):
        """Ends the job before it starts where the program cannot do what it is asked."""
        try:
            tried = subprocess.run(
                [self.path, *self.arguments], stdin=subprocess.DEVNULL, capture_output=True
            )
        except OSError as error:
            sys.exit(
                f"{self.path}: cannot be started ({error.strerror}); name gangmu with --gangmu"
            )
        if tried.returncode != 0:
            sys.exit(f"{self.path}: {tried.stderr.decode('utf-8', 'replace').strip()}")

    def __call__(self, rows: Iterable[Row]) -> Iterator[tuple]:
        """Takes rows with a line and its place, and yields rows of `RECORDS`.

        Lines go in while records come out, so a task holds neither its part of the
        corpus nor its records: where one side is slow, a full pipe lets the other wait.
        """
        rows = iter(rows)
        first = next(rows, None)
        if first is None:
            return
        path = SparkFiles.get(Path(self.path).name) if self.is_shipped else self.path
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(
                [path, *self.arguments],
                bufsize=PIPE_BYTES,
                stdin=PIPE,
                stdout=PIPE,
                stderr=said,
            )
            feeder = Feeder(process.stdin, itertools.chain([first], rows))
            feeder.start()
            try:
                for answer in answers(process.stdout):
                    yield from rows_of(feeder.unanswered.popleft(), answer)
                code = process.wait()
            finally:
                # Also where Spark stops a task.
                process.kill()
                process.wait()
                process.stdout.close()
                feeder.join()
            if feeder.failure is not None:
                raise feeder.failure
            if code != 0 or feeder.unanswered:
                said.seek(max(0, said.seek(0, os.SEEK_END) - 4096))
                raise ProgramError(self.complaint(code, feeder.unanswered, said.read()))

    def complaint(self, code: int, unanswered: deque, said: bytes) -> str:
        """Returns what went wrong, in a sentence."""
        sentence = f"gangmu {' '.join(self.arguments)} ended with exit code {code}"
        if unanswered:
            file, block, row = unanswered[0].place
            sentence += (
                f" and left {len(unanswered)} lines unanswered, the first of them row "
                f"{row} of the block at {block} of {file}"
            )
        return f"{sentence}; it said: {said.decode('utf-8', 'replace').strip() or 'nothing'}"


@dataclass
class Sent:
    """A line that the program has to answer."""

    place: tuple[str, int, int]
    beginning: str
    # The id that the program makes up for a document without one; `None` where the
    # line itself gives it.
    made_up: str | None


class Feeder(threading.Thread):
    """Writes lines to the program, and notes those that it has to answer."""

    def __init__(self, pipe: IO[bytes], rows: Iterable[Row]):
        super().__init__(daemon=True)
        self.pipe = pipe
        self.rows = rows
        self.unanswered = deque()
        self.failure = None

    def run(self):
        try:
            for number, row in enumerate(self.rows, 1):
                place = (row.file, row.block, row.row)
                beginning = row.line[:BEGINNING_BYTES].decode("utf-8", "replace")
                made_up = f"line-{number}"
                is_given = f'"{made_up}"'.encode() in row.line
                self.unanswered.append(Sent(place, beginning, None if is_given else made_up))
                if not self.takes(row.line):
                    break
        except BaseException as failure:
            self.failure = failure
        with contextlib.suppress(BrokenPipeError):
            self.pipe.close()

    def takes(self, line: bytes) -> bool:
        """Writes a line; returns whether the program takes more."""
        try:
            self.pipe.write(line)
            self.pipe.write(b"\n")
        except BrokenPipeError:
            # It has ended; its exit code and the lines left unanswered tell why.
            return False
        return True


def answers(stream: Iterable[bytes]) -> Iterator[dict[str, list[bytes]]]:
    """Yields the records that the program gives for each line, by their kind."""
    records = {}
    for record in stream:
        kind = re.match(rb'\{"record":"(\w+)"', record)[1].decode()
        if kind in ("document", "error") and records:
            yield records
            records = {}
        records.setdefault(kind, []).append(record.rstrip(b"\n"))
    if records:
        yield records


def rows_of(sent: Sent, answer: dict[str, list[bytes]]) -> Iterator[tuple]:
    """Yields rows of `RECORDS` for a line: one for each kind of record."""
    name, year = None, NO_YEAR
    if "error" in answer:
        error = json.loads(answer["error"][0])
        if error["code"] in TAKES_ID:
            name = error["document"]
    else:
        document = json.loads(answer["document"][0])
        name, metadata = document["document"], document["metadata"]
        day = re.match(r"\d{4}(?!\d)", metadata["issued_on"] or metadata["published_at"] or "")
        year = day[0] if day else NO_YEAR
    if name is not None and name == sent.made_up:
        # Each task counts lines from 1, so such an id is none in the whole corpus.
        answer = {"error": [json.dumps(WITHOUT_ID).encode()]}
        name, year = None, NO_YEAR
    for kind, records in answer.items():
        yield sent.place, sent.beginning, name, year, kind, b"\n".join(records).decode()


def columns_of(program: str, kind: str) -> T.StructType:
    """Returns the columns of a kind of record, as the program describes it."""
    described = subprocess.run([program, "schema", "stream"], check=True, stdout=PIPE)
    schema = json.loads(described.stdout)
    variants = [schema]
    for variant in variants:
        if "$ref" in variant and "properties" not in variant:
            variant = schema["$defs"][variant["$ref"].rsplit("/", 1)[1]]
        if variant.get("properties", {}).get("record", {}).get("const") == kind:
            return spark_type({"$ref": variant["$ref"]}, schema["$defs"])
        variants += variant.get("anyOf", []) + variant.get("oneOf", [])
    raise ValueError(f"{program} describes no record {kind}")


def spark_type(schema: dict, definitions: dict) -> T.DataType:
    """Returns the type that holds the values of a JSON Schema."""
    if "$ref" in schema:
        return spark_type(definitions[schema["$ref"].rsplit("/", 1)[1]], definitions)
    for choice in schema.get("anyOf", []) + schema.get("oneOf", []):
        if choice.get("type") != "null":
            return spark_type(choice, definitions)
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    name = next(name for name in names if name != "null")
    if name == "array":
        return T.ArrayType(spark_type(schema["items"], definitions))
    if name == "object":
        return T.StructType(
            [
                T.StructField(
                    field,
                    spark_type(part, definitions),
                    metadata={"comment": part.get("description", "")},
                )
                for field, part in schema["properties"].items()
            ]
        )
    return SIMPLE_TYPES[name]


def corpus_lines(spark: SparkSession, corpus: str, files: str | None) -> DataFrame:
    """Returns the lines to send to the program, byte for byte, each with its place.

    With `files`, a line names each file of a folder whose name fits that pattern;
    without, the lines are those of the JSONL files, packed or not.
    """
    if files is None:
        # Only \n ends a line, as for the program; a text is not decoded before it.
        lines = spark.read.text(corpus, lineSep="\n")
        return lines.select(
            F.col("value").cast("binary").alias("line"),
            F.col("_metadata.file_path").alias("file"),
            F.col("_metadata.file_block_start").alias("block"),
            # Grows with the lines of a block, and is the same in each attempt.
            F.monotonically_increasing_id().alias("row"),
        )
    found = (
        spark.read.format("binaryFile")
        .option("recursiveFileLookup", True)
        .option("pathGlobFilter", files)
        .load(corpus)
        .select("path")
    )
    local = F.regexp_replace("path", "^file:/+", "/")
    folder = str(Path(corpus.removeprefix("file://")).resolve())
    name = F.regexp_replace(F.substring(local, len(folder) + 2, 2**31 - 1), r"\.[^./]*$", "")
    return found.select(
        F.to_json(F.struct(name.alias("id"), local.alias("path"))).cast("binary").alias("line"),
        F.col("path").alias("file"),
        F.lit(0).cast("long").alias("block"),
        F.lit(0).cast("long").alias("row"),
    )


def errors_of(records: DataFrame, columns: T.StructType) -> DataFrame:
    """Returns a row for each line that gave no document, or one whose id a line before takes."""
    lines = records.where("record IN ('document', 'error')")
    firsts = lines.groupBy("document").agg(F.min("place").alias("first"), F.count("*").alias("n"))
    is_again = F.coalesce(F.col("place") > F.col("first"), F.lit(False))
    found = (
        lines.join(firsts.where("document IS NOT NULL AND n > 1"), "document", "left")
        .where((F.col("record") == "error") | is_again)
        .withColumnRenamed("document", "taken")
        .withColumn("error", from_line(F.col("lines"), columns))
    )
    message = F.format_string(
        "the id %s stands in an earlier line; ids tell documents apart", "taken"
    )
    again = {"document": F.col("taken"), "code": F.lit("duplicate-id"), "message": message}
    return found.select(
        *(
            F.when(is_again, again[name]).otherwise(F.col(f"error.{name}")).alias(name)
            # The number of a line is that among the lines of its task, and so says nothing.
            for name in columns.names
            if name != "line"
        ),
        "place",
        "beginning",
    )


def from_line(line: Column, columns: T.StructType) -> Column:
    """Reads a record; a value that does not fit its column ends the job instead of being lost."""
    return F.from_json(line, columns, {"mode": "FAILFAST"})


def rows_of_kind(records: DataFrame, kind: str, columns: T.StructType) -> DataFrame:
    """Returns the records of one kind as rows, each with its year."""
    line = F.explode(F.split("lines", "\n")).alias("line")
    lines = records.where(F.col("record") == kind).select(line, "year")
    return lines.select(from_line(F.col("line"), columns).alias("row"), "year").select(
        "row.*", "year"
    )


def write(rows: DataFrame, folder: str, by: str | None = None):
    """Writes rows as Parquet, in as few files as their size allows."""
    if by is None:
        rows.hint("rebalance").write.parquet(folder, compression="gzip")
    else:
        rows.hint("rebalance", by).write.parquet(folder, compression="gzip", partitionBy=by)


@contextlib.contextmanager
def folder_beside(spark: SparkSession, output: str) -> Iterator[str]:
    """Gives a folder to write to, which gets the name of the output once all is there."""
    path = spark._jvm.org.apache.hadoop.fs.Path
    partial = f"{output}.partial-{uuid.uuid4().hex[:8]}"
    system = path(partial).getFileSystem(spark._jsc.hadoopConfiguration())
    if system.exists(path(output)):
        sys.exit(f"{output}: is there already; name another folder, or remove it")
    try:
        yield partial
        if system.exists(path(output)) or not system.rename(path(partial), path(output)):
            sys.exit(f"{output}: cannot be given to the tables; somebody else wrote there")
    finally:
        system.delete(path(partial), True)


def run(spark: SparkSession, args: argparse.Namespace, program: Program, folder: str):
    """Reads the corpus and writes the tables of one mode to a folder."""
    if program.is_shipped:
        spark.sparkContext.addFile(program.path)
    lines = corpus_lines(spark, args.corpus, args.files)
    if args.partitions is not None:
        lines = lines.repartition(args.partitions)
    # The program takes the first of two documents with one id, so the first of the corpus
    # must come first; Spark puts small files together in any order.
    lines = lines.sortWithinPartitions("file", "block", "row")
    rows = lines.rdd.mapPartitions(program)
    records = spark.createDataFrame(rows, RECORDS, verifySchema=False)
    # Read once for all tables; what a lost worker kept is read again.
    records = records.persist(StorageLevel.DISK_ONLY)

    write(errors_of(records, columns_of(args.gangmu, "error")), f"{folder}/errors")
    failed = spark.read.parquet(f"{folder}/errors").select("place")
    sound = records.join(failed, "place", "left_anti")
    for name, kind in TABLES[args.mode].items():
        rows = rows_of_kind(sound, kind, columns_of(args.gangmu, kind))
        write(rows, f"{folder}/{name}", by="year")


def asked(args: argparse.Namespace) -> list[str]:
    """Returns what the program is asked to do with its part of the corpus."""
    command = {
        "parse": ["parse", "-"],
        "tasks": ["parse", "-", "--records", "documents,tasks"],
        "search": ["search", args.query, "-", "--exact"],
    }
    return [*command[args.mode], "--input", "jsonl", "--format", "jsonl"]


def arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("mode", choices=TABLES, help="which tables to write")
    parser.add_argument("corpus", help="JSONL files, packed with gzip or not; a folder or pattern")
    parser.add_argument("output", help="folder to write the tables to; must not be there yet")
    parser.add_argument("--query", help="what to search for, taken literally")
    parser.add_argument(
        "--files",
        metavar="PATTERN",
        help="the corpus is a folder of files so named ('*.txt'), which every worker sees",
    )
    parser.add_argument(
        "--gangmu",
        default="gangmu",
        metavar="PATH",
        help="the program on this machine, which is sent to the workers",
    )
    parser.add_argument(
        "--installed", action="store_true", help="the workers have the program under this path"
    )
    parser.add_argument(
        "--partitions",
        type=int,
        metavar="N",
        help="parts to cut the corpus into; for large .gz files",
    )
    args = parser.parse_args()
    if (args.mode == "search") != (args.query is not None):
        parser.error("search takes a --query, and the other modes take none")
    return args


def main():
    args = arguments()
    program = Program(asked(args), args.gangmu, not args.installed)
    program.check()
    spark = SparkSession.builder.appName(f"gangmu {args.mode}").getOrCreate()
    program.arguments += ["--threads", spark.conf.get("spark.task.cpus", "1")]
    with folder_beside(spark, args.output) as folder:
        run(spark, args, program, folder)
    spark.stop()


if __name__ == "__main__":
    main()
