"""A segq that is asked through pipes, statement by statement, as its user asks it."""

import csv
import io
import os
import subprocess
import tempfile
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".build/release/segq"

Row = list[str]


class Timed(NamedTuple):
    milliseconds: float
    text: str

    @property
    def header(self) -> Row:
        return self._records()[0]

    @property
    def rows(self) -> list[Row]:
        return self._records()[1:]

    def _records(self) -> list[Row]:
        """Without the empty line that separates one result from the next."""
        return list(csv.reader(io.StringIO(self.text.removeprefix("\n"), newline="")))


class Failure(Exception):
    """What ends the benchmark, in one sentence for who started it."""


class Segq:
    """A process that answers on standard output; an `echo` behind each statement marks the end.

    Standard input runs statement by statement as it comes, so the time from writing a statement
    to reading its mark is what a user at a pipe waits: parsing, planning, running and printing.
    """

    name = "segq"
    mark = b"-- the end --\n"

    def __init__(self, folder: Path) -> None:
        self._errors = tempfile.TemporaryFile()
        self._started = perf_counter()
        self._process = subprocess.Popen(
            [PROGRAM, "--no-init", "--quiet", "--timezone", "UTC", folder],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, bufsize=0)
        assert self._process.stdin and self._process.stdout
        self._statements, self._answers = self._process.stdin, self._process.stdout
        self.pid = self._process.pid

    def opened(self) -> float:
        """The milliseconds from the start of the process until it takes statements."""
        self.ask("echo ''")
        return (perf_counter() - self._started) * 1000

    def ask(self, statement: str) -> Timed:
        begin = perf_counter()
        self._statements.write(f"{statement};\necho '{self.mark.decode().strip()}';\n".encode())
        answer = bytearray()
        while not answer.endswith(self.mark):
            piece = os.read(self._answers.fileno(), 1 << 20)
            if not piece:
                raise Failure(f"segq stopped at: {statement}\n{self._complaint()}")
            answer += piece
        took = (perf_counter() - begin) * 1000
        return Timed(took, answer[:-len(self.mark)].decode())

    def close(self) -> None:
        self._statements.close()
        self._answers.close()
        self._process.wait()

    def _complaint(self) -> str:
        self._process.wait()
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace").strip()
