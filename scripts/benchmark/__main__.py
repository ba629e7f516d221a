"""scripts/bench: measures, compares, reports."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from . import peers, report, store
from .peer import THREADS
from .race import Race
from .segq import Failure


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Measures segq beside its peers and checks that all answers agree.",
        epilog="Ten million customers: scripts/bench --size 10000000 --write; it takes some 8 GB "
        "of disk under .build/bench, 16 GB of memory and half an hour.")
    parser.add_argument("--size", type=int, default=1_000_000, help="customers of the demo store")
    parser.add_argument("--data", type=Path, help="measure on this folder of CSVs instead")
    parser.add_argument(
        "--peers", default="duckdb", help=f"a list of {', '.join(peers.PACKAGES)} (duckdb)")
    parser.add_argument("--rounds", type=int, default=7, help="how often all is measured (7)")
    parser.add_argument("--check", action="store_true", help="compare answers, measure nothing")
    parser.add_argument(
        "--write", action="store_true", help="put the table into docs/BENCHMARKS.md")
    options = parser.parse_args()
    options.peers = options.peers.split(",")
    if unknown := [name for name in options.peers if name not in peers.PACKAGES]:
        parser.error(f"no such peer: {', '.join(unknown)}")
    if options.write and (options.data or options.check):
        parser.error("--write is for times of the demo store")
    return options


def run(options: argparse.Namespace) -> None:
    # The same two cores for all, however many there are.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:THREADS])
    busy = os.getloadavg()[0]
    peers.install(options.peers)
    known = store.understand((options.data or store.demo(options.size)).resolve())
    with tempfile.TemporaryDirectory(dir=store.CACHE) as scratch:
        rounds = 0 if options.check else options.rounds
        result = Race(known, options.peers, Path(scratch), rounds).run()
    if options.check:
        print(f"all {result.compared} answers agree ({', '.join(result.versions.values())})")
        return
    table = report.table(result)
    print(table)
    if options.write:
        report.write(table, options.size, sys.argv[1:], busy)


def main() -> int:
    try:
        run(arguments())
    except Failure as failure:
        print(f"bench: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


sys.exit(main())
