"""Whether two engines gave the same answer."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from .segq import Row

NUMBER = re.compile(r"-?\d+\.\d+")
# Half a unit of the fourth place, to which segq rounds quotients.
ROUNDING = 0.00005 + 1e-9


def difference(
    ours: Sequence[Row], theirs: Sequence[Sequence[Any]], is_ordered: bool
) -> str | None:
    """The first rows that differ, or None. Without an order both are sorted first."""
    if not is_ordered:
        ours, theirs = sorted(ours, key=_key), sorted(theirs, key=_key)
    for number, (our, their) in enumerate(zip(ours, theirs), start=1):
        if len(our) != len(their) or not all(map(_is_same, our, their)):
            return f"row {number}\n  segq: {our}\n  peer: {their}"
    if len(ours) != len(theirs):
        return f"segq has {len(ours):,} rows, the peer {len(theirs):,}"
    return None


def file_difference(ours: Path, theirs: Path) -> str | None:
    """Compares CSV files as sets of rows; names of columns do not count."""
    if all(our == their for our, their in zip_longest(_rows(ours), _rows(theirs))):
        return None
    our, their = sorted(_rows(ours)), sorted(_rows(theirs))
    return difference([[row] for row in our], [[row] for row in their], is_ordered=True)


def _rows(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        for row in reader:
            yield "\x1f".join(_plain(_unguarded(cell)) for cell in row)


def _unguarded(cell: str) -> str:
    """segq puts a quote before what a spreadsheet would run: `'=1+1`."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@\t\r") else cell


def _key(row: Sequence[Any]) -> list[str]:
    return [_plain(_text(cell)) for cell in row]


def _is_same(our: str, their: Any) -> bool:
    if isinstance(their, float) and our:
        return abs(float(our) - their) <= ROUNDING
    return _plain(our) == _plain(_text(their))


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)


def _plain(text: str) -> str:
    """`12.50` and `12.5000` are the same number."""
    return text.rstrip("0").rstrip(".") if NUMBER.fullmatch(text) else text
