"""A Spark cluster of real processes on loopback, and its end.

Each process of the cluster leads a session of its own, so that what it starts
(executors, Python workers, the program) is found and ended with it. As numbers of
processes are given anew, all of them carry a mark in their environment, too.
"""

import atexit
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyspark

SPARK_HOME = Path(pyspark.__file__).parent
# In the environment of all that this process starts.
MARK = f"GANGMU_TEST={os.getpid()}-{time.time_ns()}"
# A machine with two cores has none to spare for compiling what runs for seconds.
QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
STARTED = re.compile(r"Starting Spark master at (spark://\S+)")
REGISTERED = re.compile(r"Successfully registered with master")


def processes_of(session: int) -> list[int]:
    """Returns the processes of a session of this cluster that have not ended."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            # What follows the name in brackets: state, parent, group, session.
            state, _, _, of = (entry / "stat").read_text().rsplit(")", 1)[1].split()[:4]
            if int(of) != session or state == "Z":
                continue
            if MARK.encode() in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return found


def end_session(session: int):
    """Kills all processes of a session, as when a machine loses its power."""
    deadline = time.monotonic() + 20
    while left := processes_of(session):
        for process in left:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        if time.monotonic() > deadline:
            raise TimeoutError(f"processes {left} of session {session} do not end")
        time.sleep(0.05)


class Cluster:
    """A master and workers with one core each; ends them when it is left."""

    def __init__(self, folder: Path, n_workers: int, memory: str = "1g"):
        self.folder = folder
        self.n_workers = n_workers
        self.memory = memory
        # The master's address, once it has started.
        self.url = None
        # The sessions of the workers.
        self.workers = []
        # All that was started; each process leads a session.
        self.processes = []
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("SPARK_")
        } | {
            "SPARK_HOME": str(SPARK_HOME),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_DIRS": str(folder / "local"),
            "SPARK_CONF_DIR": str(folder / "conf"),
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_DAEMON_JAVA_OPTS": QUICK_START,
            "PYSPARK_PYTHON": sys.executable,
            "TMPDIR": str(folder / "tmp"),
            **dict([MARK.split("=")]),
        }

    def __enter__(self) -> "Cluster":
        for name in ("local", "conf", "tmp", "events"):
            (self.folder / name).mkdir(parents=True)
        # Whoever is told to end, or interrupted, ends what was started as well.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(f"ended while {self.folder} ran"))
        atexit.register(self.__exit__)
        try:
            master = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
            log = self._start("master", "org.apache.spark.deploy.master.Master", master)
            self.url = self._wait_for(STARTED, log, self.processes[-1].pid)[1]
            self._start_workers()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        while self.processes:
            process = self.processes.pop()
            end_session(process.pid)
            process.wait()

    def _start_workers(self):
        logs = {}
        for n in range(1, self.n_workers + 1):
            worker = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
            worker += ["--cores", "1", "--memory", self.memory]
            worker += ["--work-dir", str(self.folder / f"worker-{n}"), self.url]
            log = self._start(f"worker-{n}", "org.apache.spark.deploy.worker.Worker", worker)
            self.workers.append(self.processes[-1].pid)
            logs[self.workers[-1]] = log
        for session, log in logs.items():
            self._wait_for(REGISTERED, log, session)

    def submit(self, job: list[str], log: Path, **settings: str) -> subprocess.Popen:
        """Starts a job; its session ends with the cluster."""
        command = [SPARK_HOME / "bin/spark-submit", "--master", self.url]
        settings = {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.memory": "768m",
            "spark.executor.memory": "640m",
            "spark.executor.cores": "1",
            "spark.eventLog.enabled": "true",
            "spark.eventLog.dir": (self.folder / "events").as_uri(),
            "spark.eventLog.rolling.enabled": "false",
            "spark.eventLog.compress": "false",
            "spark.ui.port": "0",
        } | settings
        for name, value in settings.items():
            command += ["--conf", f"{name}={value}"]
        return self._spawn(command + job, log)

    def _start(self, name: str, main: str, arguments: list[str]) -> Path:
        log = self.folder / f"{name}.log"
        self._spawn([SPARK_HOME / "bin/spark-class", main, *arguments], log)
        return log

    def _spawn(self, command: list, log: Path) -> subprocess.Popen:
        with log.open("wb") as out:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=self.environment,
                cwd=self.folder,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def _wait_for(self, sign: re.Pattern, log: Path, session: int) -> re.Match:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and processes_of(session):
            if found := sign.search(log.read_text(errors="replace")):
                return found
            time.sleep(0.1)
        raise TimeoutError(f"{log.name} does not say {sign.pattern!r}:\n{log.read_text()[-2000:]}")
