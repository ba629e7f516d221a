"""The folder of CSVs that all engines read, and what its columns are."""

import csv
import hashlib
import itertools
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .segq import PROGRAM, ROOT, Failure, Segq

CACHE = ROOT / ".build/bench"
FILES = ("customers", "segments", "members", "orders")
# So many lines of a file tell the types of its columns.
LINES_TO_KNOW = 20_000


@dataclass(frozen=True)
class File:
    """A CSV file and its columns in its order, by segq's names and types."""

    path: Path
    delimiter: str
    columns: dict[str, str]

    def described(self) -> dict[str, object]:
        return {"path": str(self.path), "delimiter": self.delimiter, "columns": self.columns}


@dataclass(frozen=True)
class Store:
    folder: Path
    files: dict[str, File]
    # The columns of customers that a drill shows.
    shown: list[str]

    def described(self) -> dict[str, object]:
        return {name: file.described() for name, file in self.files.items()}

    def require(self, table: str, *columns: str) -> None:
        missing = [name for name in columns if name not in self.files[table].columns]
        if missing:
            raise Failure(f"{self.files[table].path}: the work needs {', '.join(missing)}")


def demo(size: int) -> Path:
    """The demo store of that size, made if it is not there or segq makes another by now."""
    folder, label = CACHE / str(size), CACHE / f"{size}.made-by"
    maker = _maker()
    if folder.is_dir() and label.is_file() and label.read_text() == maker:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    CACHE.mkdir(parents=True, exist_ok=True)
    print(f"making a store of {size:,} customers in {folder}", flush=True)
    subprocess.run([PROGRAM, "demo", folder, "--customers", str(size)], check=True)
    label.write_text(maker)
    return folder


def _maker() -> str:
    """What tells one version of the generator from the next: a digest of a small store."""
    digest = hashlib.sha256()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([PROGRAM, "demo", folder, "--customers", "100"], check=True)
        for path in sorted(Path(folder).iterdir()):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def understand(folder: Path) -> Store:
    """Has segq say what the columns are: peers then get names and types, and need not guess."""
    missing = [name for name in FILES if not (folder / f"{name}.csv").is_file()]
    if missing:
        raise Failure(f"{folder} has no {', '.join(f'{name}.csv' for name in missing)}")
    headers = {name: _header(folder / f"{name}.csv") for name in FILES}
    with tempfile.TemporaryDirectory() as sample:
        for name in FILES:
            _copy_head(folder / f"{name}.csv", Path(sample) / f"{name}.csv")
        columns, shown = _described(Path(sample), headers)
    store = Store(folder, {
        name: File(folder / f"{name}.csv", headers[name][0], columns[name]) for name in FILES
    }, shown)
    store.require("customers", "id", "name", "group", "zip", "country", "since")
    store.require("orders", "id", "customer", "date", "status", "total")
    return store


def _header(path: Path) -> tuple[str, list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        line = file.readline()
    delimiter = max(",;\t", key=line.count)
    return delimiter, next(csv.reader([line], delimiter=delimiter))


def _copy_head(source: Path, target: Path) -> None:
    with source.open("rb") as lines, target.open("wb") as head:
        head.writelines(itertools.islice(lines, LINES_TO_KNOW))


def _described(
    sample: Path, headers: dict[str, tuple[str, list[str]]]
) -> tuple[dict[str, dict[str, str]], list[str]]:
    segq = Segq(sample)
    columns = {}
    for name in ("customers", "orders"):
        rows = segq.ask(f"describe {name}").rows[:len(headers[name][1])]
        columns[name] = {row[0]: row[2] for row in rows}
        if name == "customers":
            names = {row[1]: row[0] for row in rows}
    shown = [names[header] for header in segq.ask("select customers limit 1").header]
    segq.close()
    for name, known in (("segments", ("id", "segment")), ("members", ("segment", "customer"))):
        columns[name] = _named(headers[name][1], known)
    return columns, shown


def _named(header: list[str], known: tuple[str, str]) -> dict[str, str]:
    """`Segment ID`, `Customer ID`, `Added` are segment, customer and a column nobody asks for."""
    columns: dict[str, str] = {}
    for text in header:
        words = text.lower().replace("_", " ").split()
        name = next((word for word in known if word in words and word not in columns), None)
        is_number = name in ("id", "customer") or (name == "segment" and "customer" in known)
        columns[name or f"other{len(columns)}"] = "integer" if is_number else "text"
    return columns
