"""Peers as the benchmark sees them: installed once, each in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from .peer import THREADS
from .segq import ROOT, Failure
from .store import Store

VENV = ROOT / ".build/bench/venv"
PYTHON = VENV / "bin/python"
# What is measured against, by name on the command line; SQLite comes with Python.
PACKAGES = {
    "duckdb": "duckdb==2.0.1", "duckdb-varchar": "duckdb==2.0.1", "sqlite": None,
    "polars": "polars==2.1.0"}


def install(names: list[str]) -> None:
    if not PYTHON.exists():
        _run([sys.executable, "-m", "venv", str(VENV)], "a Python venv (apt: python3-venv)")
    for package in sorted({package for name in names if (package := PACKAGES[name])}):
        name, version = package.split("==")
        check = f"import importlib.metadata as m; assert m.version({name!r}) == {version!r}"
        if subprocess.run([PYTHON, "-c", check], stderr=subprocess.DEVNULL).returncode != 0:
            print(f"installing {package}", flush=True)
            command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            _run([*command, package], f"{package} from PyPI")


def _run(command: list[Any], what: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise Failure(f"could not get {what}:\n{(done.stderr or done.stdout).strip()}")


class PeerAnswer(NamedTuple):
    milliseconds: float
    rows: list[list[Any]]


class Peer:
    """`best` loads into the layout that answers fastest, however long that takes."""

    def __init__(self, name: str, store: Store, best: bool) -> None:
        self.name = name
        environment = {
            **os.environ, "PYTHONPATH": str(ROOT / "scripts"), "POLARS_MAX_THREADS": str(THREADS)}
        self._process = subprocess.Popen(
            [PYTHON, "-m", "benchmark.peer"], env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdin and self._process.stdout
        self._requests, self._replies = self._process.stdin, self._process.stdout
        self.pid = self._process.pid
        hello = self._exchange({"peer": name, "files": store.described(), "best": best})
        self.version: str = hello["version"]

    def load(self, *tables: str) -> float:
        return sum(self._timed({"do": "load", "table": table}).milliseconds for table in tables)

    def ask(self, form: str) -> PeerAnswer:
        return self._timed({"do": "ask", "form": form})

    def export(self, form: str, path: Path) -> PeerAnswer:
        return self._timed({"do": "export", "form": form, "to": str(path)})

    def close(self) -> None:
        self._requests.close()
        self._process.wait()

    def _timed(self, request: dict[str, Any]) -> PeerAnswer:
        reply = self._exchange(request)
        if "error" in reply:
            raise Failure(f"{self.name}: {reply['error']}\n{request}")
        return PeerAnswer(reply["ms"], reply["rows"])

    def _exchange(self, request: dict[str, Any]) -> dict[str, Any]:
        self._requests.write(json.dumps(request) + "\n")
        self._requests.flush()
        line = self._replies.readline()
        if not line:
            raise Failure(f"{self.name} stopped at {request}")
        reply: dict[str, Any] = json.loads(line)
        return reply
