"""Runs the work on segq and its peers by turns, and compares what they answer."""

import subprocess
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

from .compare import difference, file_difference
from .peers import PYTHON, Peer
from .segq import PROGRAM, Failure, Row, Segq
from .store import Store
from .workload import Known, Task, Workload

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
    def __init__(self, store: Store, names: list[str], scratch: Path) -> None:
        self.store, self.names, self.scratch = store, names, scratch
        self.result = Result()
        # Milliseconds of all questions together, asked for the first time.
        self.first: dict[str, float] = defaultdict(float)

    def run(self, rounds: int) -> Result:
        self._read_once()
        for round in range(1 if rounds == 1 else LOADS):
            segq = self._load(round)
            if round < LOADS - 1 and rounds > 1:
                segq.close()
        peers = [Peer(name, self.store, best=True) for name in self.names]
        for peer in peers:
            peer.load("customers", "segments", "members", "orders")
        workloads = [Workload(self.known, round).tasks for round in range(rounds + 1)]
        for tasks in zip(*workloads):
            self._measure(tasks, segq, peers)
        for name, time in self.first.items():
            self.result.times["all questions, the first time"][name] = [time]
        self.result.overhead = median(segq.ask("echo ''").milliseconds for _ in range(100))
        for engine in (segq, *peers):
            self.result.memory["peak, loaded and asked"][engine.name] = _memory(engine.pid, "VmHWM")
            engine.close()
        if rounds > 1:
            self._start_processes()
        return self.result

    def _read_once(self) -> None:
        """Brings the files into the page cache, and learns what to ask for."""
        segq = Segq(self.store.folder)
        self.known = Known.of(segq, self.store.shown)
        self.result.versions["segq"] = "segq " + subprocess.check_output(
            [PROGRAM, "--version"], text=True).strip()
        segq.close()

    def _load(self, round: int) -> Segq:
        """From nothing to the first grid, then to the first answer about orders."""
        first = Workload(self.known, round)
        grid, orders = first.grid(), first.first_of_orders()
        segq = Segq(self.store.folder)
        store_time = segq.opened() + segq.ask(grid.segq).milliseconds
        answer = segq.ask(orders.segq)
        self._note_load(segq, store_time, answer.milliseconds)
        for name in self.names:
            peer = Peer(name, self.store, best=False)
            store_time = peer.load("customers", "segments", "members")
            store_time += peer.ask(grid.forms[name][0]).milliseconds
            orders_time = peer.load("orders")
            theirs = peer.ask(orders.forms[name][0])
            self._note_load(peer, store_time, orders_time + theirs.milliseconds)
            self._agree(orders, name, difference(answer.rows, theirs.rows, ordered=True))
            self.result.versions[name] = peer.version
            peer.close()
        return segq

    def _note_load(self, engine: Segq | Peer, store: float, orders: float) -> None:
        for task, time in (("load customers, segments, members", store), ("load orders", orders)):
            self.result.times[task][engine.name].append(time)
            self.result.goals[task] = 3
        resident = self.result.memory["resident when loaded"]
        resident[engine.name] = max(resident.get(engine.name, 0), _memory(engine.pid, "VmRSS"))

    def _measure(self, tasks: tuple[Task, ...], segq: Segq, peers: list[Peer]) -> None:
        """One task in all its rounds; the first is the warm-up, and finds the best forms."""
        best: dict[str, int] = {}
        times = self.result.times[tasks[0].name]
        self.result.goals[tasks[0].name] = tasks[0].goal
        for round, task in enumerate(tasks):
            ours, answer = self._ask_segq(task, segq)
            if round > 0:
                times["segq"].append(ours)
            else:
                self.first["segq"] += ours
            for peer in peers:
                if round > 0:
                    times[peer.name].append(self._ask(task, best[peer.name], peer, answer, round))
                else:
                    best[peer.name] = self._best_form(task, peer, answer)

    def _best_form(self, task: Task, peer: Peer, answer: list[Row]) -> int:
        """Tries all forms, and all of them must be right."""
        forms = range(len(task.forms[peer.name]))
        first = [self._ask(task, form, peer, answer, round=0) for form in forms]
        again = [self._ask(task, form, peer, answer, round=0) for form in forms]
        self.first[peer.name] += min(first)
        return min(forms, key=again.__getitem__)

    def _ask_segq(self, task: Task, segq: Segq) -> tuple[float, list[Row]]:
        if task.before:
            segq.ask(task.before)
        timed = segq.ask(task.segq.replace("{to}", str(self._file("segq"))))
        return timed.milliseconds, segq.ask(task.proof[0]).rows if task.proof else timed.rows

    def _ask(self, task: Task, form: int, peer: Peer, ours: list[Row], round: int) -> float:
        text = task.forms[peer.name][form]
        if task.exports:
            took = peer.export(text, self._file(peer.name)).milliseconds
            # The question is the same in all rounds, and comparing takes longer than asking.
            if round == 0:
                found = file_difference(self._file("segq"), self._file(peer.name))
                self._agree(task, peer.name, found)
            return took
        answer = peer.ask(text)
        theirs = peer.ask(task.proof[1][peer.name][0]).rows if task.proof else answer.rows
        self._agree(task, peer.name, difference(ours, theirs, task.is_ordered))
        return answer.milliseconds

    def _agree(self, task: Task, peer: str, difference: str | None) -> None:
        self.result.compared += 1
        if difference:
            raise Failure(f"segq and {peer} differ in: {task.name}\n  {task.segq}\n{difference}")

    def _file(self, engine: str) -> Path:
        return self.scratch / f"{engine}.csv"

    def _start_processes(self) -> None:
        commands: dict[str, list[object]] = {"segq": [PROGRAM, "-c", "select 1 + 1"]}
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
