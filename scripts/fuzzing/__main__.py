"""Makes stores and asks them things, until something breaks or the time is over."""

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from . import folders
from .statements import Statements

ROOT = Path(__file__).resolve().parents[2]
# A statement that takes longer has hung: the stores have some hundred rows.
PATIENCE = 120
BROKEN = [
    "Sanitizer", "Fatal error", "runtime error:", "Precondition failed", "Assertion failed",
    "Swift runtime failure", "Crash:"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/fuzz-store")
    parser.add_argument("seconds", nargs="?", type=float, default=60)
    parser.add_argument("seed", nargs="?", type=int, default=1, help="0 takes others each time")
    parser.add_argument("--program", type=lambda text: Path(text).resolve(), default=ROOT / ".build/release/segq")
    parser.add_argument("--statements", type=int, default=40, help="for each store")
    options = parser.parse_args()
    seed = options.seed or random.SystemRandom().randrange(1 << 40)
    deadline = time.monotonic() + options.seconds
    stores = asked = answered = 0
    found: list[Path] = []
    while time.monotonic() < deadline and len(found) < 20:
        run = Run(options.program, seed + stores, options.statements)
        stores += 1
        asked += options.statements
        answered += run.answered
        if run.fault:
            found.append(run.keep())
            print(f"store {run.seed}: {run.fault}\n  kept in {found[-1]}", flush=True)
        shutil.rmtree(run.folder, ignore_errors=True)
    print(f"{stores} stores from seed {seed}, {asked} statements, {answered} of them answered, "
          f"{len(found)} findings")
    sys.exit(1 if found else 0)


class Run:
    """One store and the statements asked of it."""

    def __init__(self, program: Path, seed: int, count: int) -> None:
        self.seed = seed
        r = random.Random(seed)
        self.folder = Path(tempfile.mkdtemp(prefix="segq-fuzz-"))
        store = folders.make(r, self.folder)
        statements = Statements(r, store.columns)
        # What is asked after each, so that the number of answers tells how far it came.
        texts = [statements.any() for _ in range(count)]
        self.laws = [statements.law() for _ in range(count // 8)]
        self.script = "".join(
            f"{text}\n;\necho 'number {i}';\n"
            for i, (numbers, _) in enumerate(self.laws) for text in numbers)
        self.script += "".join(f"{text}\n;\necho 'answered {i}';\n" for i, text in enumerate(texts))
        self.fault = self._fault(program)

    def _fault(self, program: Path) -> str | None:
        (self.folder / "script.segq").write_text(self.script, encoding="utf-8", errors="replace")
        command = [program, "--no-init", "--quiet", "--safe", "--on-error", "continue", "."]
        environment = {
            **os.environ, "SWIFT_BACKTRACE": "enable=no", "HOME": str(self.folder),
            "ASAN_OPTIONS": "detect_leaks=0", "UBSAN_OPTIONS": "print_stacktrace=1"}
        self.output = b""
        try:
            done = subprocess.run(
                command, cwd=self.folder, input=self.script.encode("utf-8", "replace"),
                capture_output=True, timeout=PATIENCE, env=environment)
        except subprocess.TimeoutExpired as late:
            self.output = (late.stdout or b"") + (late.stderr or b"")
            self.answered = self.output.count(b"answered ")
            return f"no end after {PATIENCE} s, behind {self.answered} statements"
        self.output = done.stdout + done.stderr
        self.answered = done.stdout.count(b"answered ")
        if done.returncode < 0:
            name = signal.Signals(-done.returncode).name
            return f"{name} behind {self.answered} statements {self._where(command, environment)}"
        errors = done.stderr.decode("utf-8", "replace")
        for word in BROKEN:
            if word in errors:
                return f"{word!r} on standard error"
        if done.returncode not in (0, 1, 2, 3):
            return f"exit code {done.returncode}"
        return self._broken_law(done.stdout.decode("utf-8", "replace"))

    def _broken_law(self, output: str) -> str | None:
        """A law whose statements were all answered, and not as it says."""
        answers: list[list[int | None]] = [[] for _ in self.laws]
        last: str | None = None
        for line in output.splitlines():
            if said := re.fullmatch(r"number (\d+)", line):
                is_number = last is not None and re.fullmatch(r"\d+", last)
                answers[int(said[1])].append(int(last) if is_number else None)
                last = None
            else:
                last = line
        for (asked, law), numbers in zip(self.laws, answers):
            known = [number for number in numbers if number is not None]
            if len(known) < len(asked):
                continue
            rest = known[1:]
            if known[0] != (sum(rest) if law.startswith("the first") else max(rest, default=known[0])):
                return f"{law}, but they are {known}: {asked}"
        return None

    def _where(self, command: list[str | Path], environment: dict[str, str]) -> str:
        """The line of the source that traps, by Swift's own backtrace of a second run."""
        told = {**environment, "SWIFT_BACKTRACE": "enable=yes,color=no,interactive=no,threads=crashed"}
        try:
            again = subprocess.run(
                command, cwd=self.folder, input=self.script.encode("utf-8", "replace"),
                capture_output=True, timeout=PATIENCE, env=told)
        except subprocess.TimeoutExpired:
            return ""
        trace = (again.stdout + again.stderr).decode("utf-8", "replace")
        places = re.findall(r" in (\S+).* at \S*/(Sources/\S+)", trace)
        return next((f"in {place}" for _, place in places if "<" not in place), "")

    def keep(self) -> Path:
        kept = ROOT / f".build/fuzz-store/{self.seed}"
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(self.folder, kept)
        (kept / "output.txt").write_bytes(self.output)
        return kept


if __name__ == "__main__":
    main()
