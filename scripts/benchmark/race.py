"""Runs the work on segq and its peers by turns, and compares what they answer."""

import subprocess
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

from .compare import difference, file_difference
from .peers import PYTHON, Peer
from .questions import ALL, Question, first_of_orders, grid
from .segq import PROGRAM, Failure, Row, Segq
from .store import Store
from .workload import fill, learn

LOADS = 3
STARTS = 5
IMPORTS = {
    "duckdb": "import duckdb; duckdb.sql('select 1 + 1').fetchall()",
    "sqlite": "import sqlite3; sqlite3.connect(':memory:').execute('select 1 + 1').fetchall()",
    "polars": "import polars; polars.select(polars.lit(1) + 1).rows()"}


@dataclass
class Result:
    """Milliseconds of each task by engine, one for each round; bytes of memory by engine."""

    versions: dict[str, str] = field(default_factory=dict)
    goals: dict[str, float | None] = field(default_factory=dict)
    times: dict[str, dict[str, list[float]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    memory: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    overhead: float = 0
    compared: int = 0

    def milliseconds(self, task: str, engine: str) -> float:
        return median(self.times[task][engine])


class Race:
    """`rounds` is how often each question is measured; with 0 answers are compared only."""

    def __init__(self, store: Store, names: list[str], scratch: Path, rounds: int) -> None:
        self.store, self.names, self.scratch, self.rounds = store, names, scratch, rounds
        self.result = Result()
        # Milliseconds of all questions together, asked for the first time.
        self.first: dict[str, float] = defaultdict(float)

    def run(self) -> Result:
        self._meet()
        for round in range(LOADS if self.rounds else 1):
            self._load(round)
        self._ask_all()
        if self.rounds:
            self._start_processes()
        return self.result

    def _meet(self) -> None:
        """Brings the files into the page cache, and learns what there is to ask for."""
        segq = Segq(self.store.folder)
        self.known = learn(segq, self.store.shown)
        segq.close()
        version = subprocess.check_output([PROGRAM, "--version"], text=True).strip()
        self.result.versions["segq"] = f"segq {version}"

    def _load(self, round: int) -> None:
        """From nothing to the first grid, then to the first answer about orders."""
        segq = Segq(self.store.folder)
        store_time = segq.opened() + segq.ask(grid.segq).milliseconds
        ours = segq.ask(fill(first_of_orders.segq, self.known.constants(round)))
        self._note_load(segq, store_time, ours.milliseconds)
        segq.close()
        for name in self.names:
            peer = Peer(name, self.store, best=False)
            store_time = peer.load("customers", "segments", "members")
            store_time += peer.ask(self.known.forms(grid, name, round)[0]).milliseconds
            orders_time = peer.load("orders")
            theirs = peer.ask(self.known.forms(first_of_orders, name, round)[0])
            self._note_load(peer, store_time, orders_time + theirs.milliseconds)
            self._agree(
                first_of_orders, round, name, difference(ours.rows, theirs.rows, is_ordered=True))
            self.result.versions[name] = peer.version
            peer.close()

    def _ask_all(self) -> None:
        segq = Segq(self.store.folder)
        peers = [Peer(name, self.store, best=True) for name in self.names]
        for peer in peers:
            peer.load("customers", "segments", "members", "orders")
        segq.ask(fill(first_of_orders.segq, self.known.constants(0)))
        for question in ALL:
            self._measure(question, segq, peers)
        for name, time in self.first.items():
            self.result.times["all questions, the first time"][name] = [time]
        self.result.overhead = median(segq.ask("echo ''").milliseconds for _ in range(100))
        engines: list[Segq | Peer] = [segq, *peers]
        for engine in engines:
            self.result.memory["peak, loaded and asked"][engine.name] = _memory(engine.pid, "VmHWM")
            engine.close()

    def _note_load(self, engine: Segq | Peer, store: float, orders: float) -> None:
        for task, time in (("load customers, segments, members", store), ("load orders", orders)):
            self.result.times[task][engine.name].append(time)
            self.result.goals[task] = 3
        resident = self.result.memory["resident when loaded"]
        resident[engine.name] = max(resident.get(engine.name, 0), _memory(engine.pid, "VmRSS"))

    def _measure(self, question: Question, segq: Segq, peers: list[Peer]) -> None:
        """Round 0 is the warm-up, which finds the best forms; then all are asked by turns."""
        self.result.goals[question.name] = question.goal
        times = self.result.times[question.name]
        took, answer = self._ask_segq(question, 0, segq)
        self.first["segq"] += took
        best = {peer.name: self._best_form(question, peer, answer) for peer in peers}
        for round in range(1, self.rounds + 1):
            took, first = self._ask_segq(question, -round, segq)
            took, second = self._ask_segq(question, round, segq)
            times["segq"].append(took)
            for peer in peers:
                # Of each turn the second answer counts: the first finds the caches full of another's.
                for number, answer in ((-round, first), (round, second)):
                    form = self.known.forms(question, peer.name, number)[best[peer.name]]
                    took = self._ask(question, number, form, peer, answer)
                times[peer.name].append(took)

    def _best_form(self, question: Question, peer: Peer, answer: list[Row]) -> int:
        """Asks in all forms, and all of them must be right."""
        forms = self.known.forms(question, peer.name, round=0)
        first = [self._ask(question, 0, form, peer, answer) for form in forms]
        again = [self._ask(question, 0, form, peer, answer) for form in forms]
        self.first[peer.name] += min(first)
        return again.index(min(again))

    def _ask_segq(self, question: Question, round: int, segq: Segq) -> tuple[float, list[Row]]:
        constants = {**self.known.constants(round), "to": str(self._file("segq"))}
        if question.before:
            segq.ask(fill(question.before, constants))
        timed = segq.ask(fill(question.segq, constants))
        proof = segq.ask(question.proof.segq) if question.proof else timed
        return timed.milliseconds, [] if question.is_export else proof.rows

    def _ask(
        self, question: Question, round: int, form: str, peer: Peer, ours: list[Row]
    ) -> float:
        if question.is_export:
            took = peer.export(form, self._file(peer.name)).milliseconds
            # The question is the same in all rounds, and comparing takes longer than asking.
            if round == 0:
                found = file_difference(self._file("segq"), self._file(peer.name))
                self._agree(question, round, peer.name, found)
            return took
        answer, shown = peer.ask(form), question.proof or question
        if question.proof:
            theirs = peer.ask(self.known.forms(shown, peer.name, round)[0]).rows
        else:
            theirs = answer.rows
        found = difference(ours, theirs, shown.is_ordered)
        self._agree(question, round, peer.name, found)
        return answer.milliseconds

    def _agree(self, question: Question, round: int, peer: str, difference: str | None) -> None:
        self.result.compared += 1
        if difference:
            asked = fill(question.segq, {**self.known.constants(round), "to": "FILE"})
            raise Failure(
                f"segq and {peer} differ in: {question.name}\n  {asked}\n{difference}")

    def _file(self, engine: str) -> Path:
        return self.scratch / f"{engine}.csv"

    def _start_processes(self) -> None:
        commands: dict[str, list[str | Path]] = {"segq": [PROGRAM, "-c", "select 1 + 1"]}
        for name in self.names:
            commands[name] = [PYTHON, "-c", IMPORTS[name.split("-")[0]]]
        for _ in range(STARTS):
            for name, command in commands.items():
                begin = perf_counter()
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
                took = (perf_counter() - begin) * 1000
                self.result.times["start of the process"][name].append(took)


def _memory(pid: int, field: str) -> int:
    """`VmHWM:  1234 kB` of /proc/PID/status, in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) * 1024
    raise Failure(f"no {field} of process {pid}")
