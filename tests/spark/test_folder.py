"""Runs the job without a cluster: over a folder of files, and where it must not start."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import pyspark
import single
from cluster import QUICK_START

ROOT = Path(__file__).resolve().parents[2]
JOB = ROOT / "deploy/spark/gangmu_job.py"
GANGMU = Path(os.environ.get("GANGMU", ROOT / "target/debug/gangmu")).resolve()
SUBMIT = Path(pyspark.__file__).parent / "bin/spark-submit"


class Locally(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="gangmu-spark-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def submit(self, *arguments) -> subprocess.CompletedProcess:
        command = [SUBMIT, "--master", "local[1]", "--conf", "spark.ui.enabled=false"]
        command += ["--conf", "spark.sql.shuffle.partitions=2"]
        command += ["--driver-java-options", QUICK_START, JOB, *arguments]
        environment = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1"}
        environment |= {"SPARK_HOME": str(SUBMIT.parents[1]), "SPARK_LOCAL_DIRS": str(self.folder)}
        return subprocess.run(
            command,
            env=environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            # What Python says comes with what Java says, or not, as Spark likes.
            stderr=subprocess.STDOUT,
            text=True,
        )

    def test_a_folder_of_files_is_a_corpus(self):
        texts, tables = ROOT / "tests/fixtures/diagnostics", self.folder / "tables"
        run = self.submit("parse", texts, tables, "--files", "*.txt", "--gangmu", GANGMU)
        self.assertEqual(run.returncode, 0, run.stdout[-3000:])
        documents = {row["document"] for row in single.table(tables / "documents")}
        errors = {row["document"] for row in single.table(tables / "errors")}
        self.assertEqual(documents | errors, {path.stem for path in texts.glob("*.txt")})
        self.assertEqual(errors, {"empty-document"})

        again = self.submit("parse", texts, tables, "--files", "*.txt", "--gangmu", GANGMU)
        self.assertEqual(again.returncode, 1)
        self.assertIn(f"{tables}: is there already", again.stdout)
        self.assertEqual([path.name for path in self.folder.glob("tables*")], ["tables"])

    def test_what_cannot_be_asked_is_told_before_anything_starts(self):
        for arguments, told in (
            (["search", "--query", '"', "--gangmu", GANGMU], "quotation mark"),
            (["parse", "--gangmu", self.folder / "nothing"], "cannot be started"),
            (["search", "--gangmu", GANGMU], "search takes a --query"),
        ):
            mode, *options = arguments
            run = self.submit(mode, self.folder, self.folder / "tables", *options)
            self.assertNotEqual(run.returncode, 0)
            self.assertIn(told, run.stdout)
            self.assertNotIn("Traceback", run.stdout)


if __name__ == "__main__":
    unittest.main()
