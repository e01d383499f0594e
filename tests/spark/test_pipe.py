"""How a task talks to the program, with programs that behave badly; needs no cluster."""

import sys
import threading
import unittest
from collections import namedtuple
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "deploy/spark"))

from gangmu_job import NO_YEAR, Program, ProgramError  # noqa: E402

Line = namedtuple("Line", ["line", "file", "block", "row"])
ANSWER = (
    '{"record":"document","document":"a","metadata":{"issued_on":"2024-03-01","published_at":null}}'
)


def lines(n: int):
    """Yields lines in their order."""
    return (Line(b'{"id": "a"}', "part", 0, row) for row in range(n))


def shell(script: str) -> Program:
    """Returns a program that is a script of the shell."""
    return Program(["-c", script], "/bin/sh", is_shipped=False)


class Pipe(unittest.TestCase):
    def test_records_come_with_the_place_and_year_of_their_line(self):
        script = (
            f'while read -r _; do echo \'{ANSWER}\'; echo \'{{"record":"target","n":1}}\'; done'
        )
        rows = list(shell(script)(lines(3)))
        self.assertEqual([row[0] for row in rows], [("part", 0, n // 2) for n in range(6)])
        self.assertEqual({row[3] for row in rows}, {"2024"})
        self.assertEqual([row[4] for row in rows], ["document", "target"] * 3)

    def test_an_error_is_of_no_year_and_shows_its_line(self):
        error = '{"record":"error","document":"a","code":"invalid-json","message":"…"}'
        [row] = shell(f"while read -r _; do echo '{error}'; done")(lines(1))
        self.assertEqual(row, (("part", 0, 0), '{"id": "a"}', None, NO_YEAR, "error", error))

    def test_a_line_without_an_id_is_an_error(self):
        made_up = ANSWER.replace('"a"', '"line-1"')
        for line, record in ((b"{}", "error"), (b'{"id": "line-1"}', "document")):
            [row] = shell(f"read -r _; echo '{made_up}'")([Line(line, "part", 0, 0)])
            self.assertEqual(row[4], record)

    def test_nothing_starts_for_no_line(self):
        self.assertEqual(list(shell("exit 9")([])), [])

    def test_a_program_that_fails_is_quoted(self):
        with self.assertRaisesRegex(ProgramError, "exit code 3.*the disk is full"):
            list(shell("cat >/dev/null; echo the disk is full >&2; exit 3")(lines(2)))

    def test_a_program_that_ends_early_is_told(self):
        many = 100_000
        with self.assertRaisesRegex(ProgramError, "exit code -9.*part"):
            list(shell(f"read -r _; echo '{ANSWER}'; kill -9 $$")(lines(many)))

    def test_a_document_that_is_lost_is_told(self):
        script = f"read -r _; echo '{ANSWER}'; cat >/dev/null"
        with self.assertRaisesRegex(ProgramError, "1 line"):
            list(shell(script)(lines(2)))

    def test_a_fault_while_the_corpus_is_read_ends_the_task(self):
        def faulty():
            yield from lines(1)
            raise BrokenPipeError("the corpus is gone")

        with self.assertRaisesRegex(BrokenPipeError, "the corpus is gone"):
            list(shell(f"while read -r _; do echo '{ANSWER}'; done")(faulty()))

    def test_lines_are_taken_no_faster_than_records(self):
        taken = 0

        def counted():
            nonlocal taken
            for line in lines(1_000_000):
                taken += 1
                yield line

        script = f"while read -r _; do echo '{ANSWER}'; done"
        rows = shell(script)(counted())
        next(rows)
        # Each side of the program holds a pipe of 64 KiB and a buffer.
        self.assertLess(taken, 100_000)
        rows.close()
        self.assertEqual(threading.active_count(), 1)


if __name__ == "__main__":
    unittest.main()
