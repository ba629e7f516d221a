"""The table of a run, for the terminal and for docs/BENCHMARKS.md."""

import os
import platform
import shlex
from datetime import date
from pathlib import Path

from .race import Result
from .segq import ROOT, Failure

PAGE = ROOT / "docs/BENCHMARKS.md"


def table(result: Result) -> str:
    engines = list(result.versions)
    peers = engines[1:]
    head = ["", "segq ms"] + [cell for peer in peers for cell in (f"{peer} ms", "×")] + ["asked"]
    rows = [_row(task, result, peers) for task in result.times]
    memory = [_memory(what, result, peers) for what in result.memory]
    versions = ", ".join(result.versions.values())
    return "\n".join([
        f"{versions}; medians, in milliseconds. A bare `echo` through the pipe takes "
        f"{result.overhead:.3f} ms, which is part of each of segq's times.", "",
        *_markdown([head, *rows, *memory])])


def _row(task: str, result: Result, peers: list[str]) -> list[str]:
    ours = result.milliseconds(task, "segq")
    cells = [task, _number(ours)]
    for peer in peers:
        theirs = result.milliseconds(task, peer)
        cells += [_number(theirs), _number(theirs / ours)]
    return cells + [_verdict(result.goals.get(task), result.milliseconds(task, peers[0]) / ours)]


def _memory(what: str, result: Result, peers: list[str]) -> list[str]:
    used = result.memory[what]
    cells = [f"{what}, MB", f"{used['segq'] / 1e6:,.0f}"]
    for peer in peers:
        cells += [f"{used[peer] / 1e6:,.0f}", _number(used[peer] / used["segq"])]
    return cells + [_verdict(2, used[peers[0]] / used["segq"])]


def _verdict(goal: float | None, ratio: float) -> str:
    if goal is None:
        return ""
    return f"{goal:,.0f} ✓" if ratio >= goal else f"{goal:,.0f}: {ratio / goal:.2f} of it"


def _number(value: float) -> str:
    """Three digits or all of a whole number: 0.062, 0.62, 6.25, 62.5, 625, 6,250."""
    places = 0 if value >= 99.95 else 1 if value >= 9.995 else 2 if value >= 0.0995 else 3
    return f"{value:,.{places}f}"


def _markdown(rows: list[list[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = [
        "| " + " | ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths))) + " |"
        for row in rows]
    rule = "|" + "|".join(
        "-" * (width + 2) if i == 0 else "-" * (width + 1) + ":"
        for i, width in enumerate(widths)) + "|"
    return [lines[0], rule, *lines[1:]]


def write(table: str, size: int, arguments: list[str], busy: float) -> None:
    """Replaces what stands between the markers of that size; `busy` is the load before."""
    begin, end = f"<!-- {size} -->", f"<!-- end of {size} -->"
    text = PAGE.read_text()
    if begin not in text or end not in text:
        raise Failure(f"{PAGE} has no place for {size:,}: add the lines '{begin}' and '{end}'")
    before, rest = text.split(begin)
    command = shlex.join(["scripts/bench", *arguments])
    PAGE.write_text(
        f"{before}{begin}\n`{command}`, {date.today()}, {machine()}; "
        f"load average before: {busy:.1f}.\n\n{table}\n{end}"
        + rest.split(end)[1])


def machine() -> str:
    model = next(
        (line.split(": ")[1] for line in Path("/proc/cpuinfo").read_text().splitlines()
         if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (f"{len(os.sched_getaffinity(0))} cores of {model.strip()}, {memory:.0f} GB, "
            f"Python {platform.python_version()}")
