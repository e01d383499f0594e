"""Runs deploy/spark/gangmu_job.py on a real cluster and compares every row it writes.

    GANGMU=target/debug/gangmu python -m unittest discover -s tests/spark -v

GANGMU_DOCUMENTS, GANGMU_SEED and GANGMU_TEXTS (a folder) choose other documents.
A master and two workers with one core each run on loopback; one worker is killed
with all that it started while it reads. All processes are ended, also on failure.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import unittest
import urllib.request
from collections import defaultdict
from pathlib import Path

import corpus
import single
from cluster import QUICK_START, Cluster, end_session, processes_of

ROOT = Path(__file__).resolve().parents[2]
JOB = ROOT / "deploy/spark/gangmu_job.py"
GANGMU = Path(os.environ.get("GANGMU", ROOT / "target/debug/gangmu")).resolve()
N_DOCUMENTS = int(os.environ.get("GANGMU_DOCUMENTS", "20000"))
SEED = int(os.environ.get("GANGMU_SEED", "1"))
TEXTS = Path(os.environ["GANGMU_TEXTS"]) if "GANGMU_TEXTS" in os.environ else None
QUERY = "建设 OR title:目标 -保护"

# Small parts and few shuffles, for a corpus of a few megabytes on two cores.
SETTINGS = {
    "spark.sql.files.maxPartitionBytes": "512k",
    "spark.sql.files.openCostInBytes": "0",
    "spark.sql.shuffle.partitions": "4",
    "spark.driver.extraJavaOptions": QUICK_START,
    "spark.executor.extraJavaOptions": QUICK_START,
}


class Job:
    """A job that runs on a cluster, and what its driver says of it."""

    def __init__(self, cluster: Cluster, mode: str, *arguments: str):
        self.mode = mode
        self.log = cluster.folder / f"{mode}.log"
        self.output = cluster.folder / "tables" / mode
        command = [JOB, mode, cluster.folder / "corpus", self.output, "--gangmu", GANGMU]
        self.process = cluster.submit([*command, *arguments], self.log, **SETTINGS)

    def wait(self):
        """Waits for a job that ends well."""
        if code := self.process.wait(timeout=300):
            raise AssertionError(f"{self.mode} ended with {code}:\n{self.log.read_text()[-6000:]}")

    def ask(self, path: str):
        """Asks the driver; `None` before it can answer."""
        port = re.search(r"service 'SparkUI' on port (\d+)", self.log.read_text(errors="replace"))
        if port is None:
            return None
        applications = f"http://127.0.0.1:{port[1]}/api/v1/applications"
        try:
            with urllib.request.urlopen(applications) as answer:
                application = json.load(answer)[0]["id"]
            with urllib.request.urlopen(f"{applications}/{application}/{path}") as answer:
                return json.load(answer)
        except (OSError, ValueError, IndexError):
            return None


def command_lines(session: int) -> dict[int, list[str]]:
    """Returns the command line of each process of a session."""
    found = {}
    for process in processes_of(session):
        try:
            line = Path(f"/proc/{process}/cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        found[process] = line.decode(errors="replace").split("\0")
    return found


def kill_halfway(worker: int, job: Job) -> list[str]:
    """Kills a worker while it reads its part of the corpus, once half of it is read.

    Returns the programs that ran on it at that moment.
    """
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        if job.process.poll() is not None:
            raise AssertionError(f"the job ended early:\n{job.log.read_text()[-6000:]}")
        stages = job.ask("stages?status=active") or []
        reading = [stage for stage in stages if stage["numTasks"] >= 8]
        if reading and reading[0]["numCompleteTasks"] * 2 >= reading[0]["numTasks"]:
            programs = [
                line[0] for line in command_lines(worker).values() if line[0].endswith("/gangmu")
            ]
            if programs:
                end_session(worker)
                return programs
        time.sleep(0.02)
    raise AssertionError("half of the corpus was not read in time")


def events(cluster: Cluster, name: str) -> list[dict]:
    """Returns the events of one kind that drivers noted."""
    return [
        event
        for path in sorted((cluster.folder / "events").rglob("*"))
        if path.is_file()
        for event in map(json.loads, path.read_text().splitlines())
        if event["Event"] == f"SparkListener{name}"
    ]


class OnACluster(unittest.TestCase):
    """One corpus read in each mode; a worker is lost in the first."""

    @classmethod
    def setUpClass(cls):
        folder = Path(tempfile.mkdtemp(prefix="gangmu-spark-"))
        cls.addClassCleanup(shutil.rmtree, folder)
        cls.cluster = Cluster(folder / "cluster", n_workers=2)
        cls.enterClassContext(cls.cluster)
        cls.files = corpus.write(cls.cluster.folder / "corpus", N_DOCUMENTS, SEED, TEXTS)

    def test_every_row_is_that_of_one_machine(self):
        with self.subTest("parse, and a worker is lost"):
            job = Job(self.cluster, "parse")
            programs = kill_halfway(self.cluster.workers[0], job)
            self.assertTrue(programs)
            self.assertEqual(processes_of(self.cluster.workers[0]), [])
            job.wait()
            self.assert_lost_tasks_ran_again()
            self.assert_tables("parse", self.stream("parse"))
        with self.subTest("tasks"):
            # In parts that hold lines of many files.
            Job(self.cluster, "tasks", "--partitions", "6").wait()
            self.assert_tables("tasks", self.stream("tasks"))
        with self.subTest("search"):
            Job(self.cluster, "search", "--query", QUERY).wait()
            self.assert_tables("search", self.found())

    def assert_lost_tasks_ran_again(self):
        """What ran on the lost worker was begun again elsewhere and came to its end."""
        lost, ended = {}, defaultdict(set)
        for event in events(self.cluster, "TaskEnd"):
            info = event["Task Info"]
            task = (event["Stage ID"], info["Partition ID"])
            if event["Task End Reason"]["Reason"] == "ExecutorLostFailure":
                lost[task] = info["Executor ID"]
            elif event["Task End Reason"]["Reason"] == "Success":
                ended[task].add(info["Executor ID"])
        self.assertTrue(lost, "no task was lost")
        for task, executor in lost.items():
            self.assertTrue(ended[task] - {executor}, f"task {task} did not run again")

    def assert_tables(self, mode: str, expected: dict[str, list[dict]]):
        folder = self.cluster.folder / "tables" / mode
        left = [path.name for path in folder.parent.iterdir() if "partial" in path.name]
        self.assertEqual(left, [])
        self.assertEqual({path.name for path in folder.iterdir()}, set(expected))
        for name, rows in expected.items():
            written = list(single.table(folder / name))
            if name == "errors":
                written = list(map(single.known_error, written))
            print(f"{mode}: {name}: {len(rows):,} rows on one machine, {len(written):,} on Spark")
            self.assertTrue(rows, f"{name}: the corpus gives no such row")
            self.assert_same_rows(name, rows, written)

    def assert_same_rows(self, name: str, expected: list[dict], written: list[dict]):
        expected, written = single.counted(expected), single.counted(written)
        missing, added = expected - written, written - expected
        shown = [f"- {row[:700]}" for row in list(missing)[:3]]
        shown += [f"+ {row[:700]}" for row in list(added)[:3]]
        self.assertFalse(
            missing or added,
            f"{name}: {missing.total()} rows are missing, {added.total()} are too many\n"
            + "\n".join(shown),
        )

    def stream(self, mode: str) -> dict[str, list[dict]]:
        """Returns the tables of a mode as one run of the program over the corpus gives them."""
        records = (
            "documents,divisions,assignments,targets" if mode == "parse" else "documents,tasks"
        )
        command = [GANGMU, "parse", "-", "--input", "jsonl", "--format", "jsonl"]
        found = single.stream([*command, "--records", records], self.files, self.cluster.folder)
        return single.tables(found, self.files, without=() if mode == "parse" else ("documents",))

    def found(self) -> dict[str, list[dict]]:
        """Returns the tables of a search as one over the same texts as files gives them."""
        folder = self.cluster.folder / "texts"
        folder.mkdir()
        tables = self.stream("parse")
        years = {document["document"]: document["year"] for document in tables["documents"]}
        for name, text in single.texts(self.files, set(years)):
            (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
        command = [GANGMU, "search", QUERY, folder, "--exact", "--format", "jsonl"]
        run = subprocess.run(command, capture_output=True, check=True)
        clauses = [json.loads(line) for line in run.stdout.splitlines()]
        for clause in clauses:
            # A score is one among all documents, and orders them.
            del clause["score"]
            clause["year"] = years[clause["document"]]
        return {"clauses": clauses, "errors": tables["errors"]}
