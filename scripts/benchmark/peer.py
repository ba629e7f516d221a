"""One peer in a process of its own: reads requests from standard input, a JSON value a line.

    {"do": "load", "table": "orders"}      → {"ms": 1460.0, "rows": []}
    {"do": "ask", "form": "select 1"}      → {"ms": 0.1, "rows": [[1]]}
    {"do": "export", "form": …, "to": …}   → {"ms": 740.0, "rows": []}

The time of `ask` runs from handing the query over until all rows are Python values.
"""

import csv
import json
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from time import perf_counter
from typing import Any, Protocol

THREADS = 2
# Texts of so few values become an ENUM (DuckDB) or a categorical (polars).
FEW_VALUES = 1_000

Files = dict[str, dict[str, Any]]


class Peer(Protocol):
    version: str

    def load(self, table: str) -> None: ...
    def ask(self, form: str) -> Iterable[Iterable[Any]]: ...
    def export(self, form: str, path: str) -> None: ...


class DuckDB:
    """In-memory tables, typed while they are read.

    `best` is the layout that answers fastest, whatever it takes to load: texts of few values as
    ENUM (a predicate takes a fifth to an eighth of the time on VARCHAR) and members sorted by
    segment, so that the blocks of other segments are skipped.
    """

    types = {
        "integer": "INTEGER", "decimal": "DECIMAL(18, 4)", "datetime": "TIMESTAMP",
        "date": "DATE", "boolean": "BOOLEAN", "text": "VARCHAR"}

    def __init__(self, files: Files, best: bool, has_enums: bool = True) -> None:
        import duckdb

        self.version = f"DuckDB {duckdb.__version__}"
        self._files, self._best, self._has_enums = files, best, has_enums
        self._connection = duckdb.connect(config={"threads": THREADS})

    def load(self, table: str) -> None:
        columns = self._files[table]["columns"]
        if table == "members":
            shown = "segment, customer"
            order = "order by segment, customer" if self._best else ""
        else:
            enums = self._enums(table) if self._best and self._has_enums else {}
            shown = ", ".join(
                f'"{name}"::{enums[name]} as "{name}"' if name in enums else f'"{name}"'
                for name in columns)
            order = ""
        self.ask(f"create table {table} as select {shown} from {self._reader(table)} {order}")

    def ask(self, form: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(form).fetchall()

    def export(self, form: str, path: str) -> None:
        """In whatever order the rows come, which is faster than in that of the table."""
        self.ask("set preserve_insertion_order = false")
        self.ask(f"copy ({form}) to '{path}' (format csv, header)")
        self.ask("set preserve_insertion_order = true")

    def _reader(self, table: str) -> str:
        """Types are told: as fast as having them guessed, and a ZIP stays a text."""
        file = self._files[table]
        columns = {name: self.types[kind] for name, kind in file["columns"].items()}
        return (
            f"read_csv('{file['path']}', header = true, auto_detect = false, "
            f"delim = '{file['delimiter']}', quote = '\"', escape = '\"', "
            f"allow_quoted_nulls = false, columns = {columns})")

    def _enums(self, table: str) -> dict[str, str]:
        texts = [name for name, kind in self._files[table]["columns"].items() if kind == "text"]
        counts = ", ".join(f'approx_count_distinct("{name}")' for name in texts)
        found = self.ask(f"select {counts} from {self._reader(table)}")[0] if texts else ()
        enums = {}
        for name in (name for name, count in zip(texts, found) if count <= FEW_VALUES):
            enums[name] = f'"{table} {name}"'
            self.ask(
                f'create type {enums[name]} as enum (select distinct "{name}" '
                f'from {self._reader(table)} where "{name}" is not null)')
        return enums


class PlainDuckDB(DuckDB):
    """As DuckDB, with texts as VARCHAR: what comes of `create table … as from 'file.csv'`."""

    def __init__(self, files: Files, best: bool) -> None:
        super().__init__(files, best, has_enums=False)


class SQLite:
    """A database in memory. `best` has indexes for the questions that are asked.

    Amounts are whole ten-thousandths, so that they are added exactly; dates are ISO texts.
    """

    indexes = (
        "create index customers_country on customers(country, \"group\", since)",
        "create index customers_since on customers(since)",
        "create index customers_zip on customers(zip)",
        "create index orders_customer on orders(customer, status, total)")

    def __init__(self, files: Files, best: bool) -> None:
        import sqlite3

        self.version = f"SQLite {sqlite3.sqlite_version}"
        self._files, self._best = files, best
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute(f"pragma threads = {THREADS}")

    def load(self, table: str) -> None:
        file = self._files[table]
        kinds = list(file["columns"].items())
        columns = ", ".join(f'"{name}" {self._type(name, kind)}' for name, kind in kinds)
        key, options = "", ""
        if table == "members":
            key, options = ", primary key (segment, customer)", "without rowid"
        self.ask(f"create table {table} ({columns}{key}) {options}")
        casts = [self._cast(kind) for _, kind in kinds]
        marks = ", ".join("?" * len(kinds))
        with open(file["path"], encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, delimiter=file["delimiter"])
            next(reader)
            self._connection.executemany(
                f"insert into {table} values ({marks})",
                ([cast(text) if text else None for cast, text in zip(casts, row)]
                 for row in reader))
        if self._best:
            for index in self.indexes:
                if f" on {table}(" in index:
                    self.ask(index)
            self.ask("analyze")

    def ask(self, form: str) -> list[tuple[Any, ...]]:
        *earlier, last = form.split("; ")
        for statement in earlier:
            self._connection.execute(statement)
        return self._connection.execute(last).fetchall()

    def export(self, form: str, path: str) -> None:
        rows = self._connection.execute(form)
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(column[0] for column in rows.description)
            writer.writerows(rows)

    def _type(self, name: str, kind: str) -> str:
        if name == "id":
            return "integer primary key"
        return "integer" if kind in ("integer", "decimal") else "text"

    def _cast(self, kind: str) -> Callable[[str], int | str]:
        match kind:
            case "integer":
                return int
            case "decimal":
                return lambda text: int(Decimal(text) * 10_000)
            case "datetime":
                return lambda text: text.replace("T", " ")
            case _:
                return str


class Polars:
    """Lazy frames over frames in memory, texts of few values as categoricals.

    A form is a Python expression of `customers`, `orders`, `members`, `segments` and `pl`.
    """

    def __init__(self, files: Files, best: bool) -> None:
        import polars

        self._pl = polars
        self.version = f"Polars {polars.__version__}"
        self._files, self._best = files, best
        self._frames: dict[str, Any] = {"pl": polars}

    def load(self, table: str) -> None:
        pl, file = self._pl, self._files[table]
        types = {
            "integer": pl.Int64, "decimal": pl.Decimal(18, 4), "datetime": pl.Datetime("us"),
            "date": pl.Date, "boolean": pl.Boolean, "text": pl.String}
        kinds = file["columns"]
        frame = pl.read_csv(
            file["path"], separator=file["delimiter"], has_header=True, new_columns=list(kinds),
            schema_overrides=[types[kind] for kind in kinds.values()])
        if table == "members":
            frame = frame.select("segment", "customer")
        if self._best:
            frame = frame.sort("segment", "customer") if table == "members" else frame
            frame = frame.with_columns(
                pl.col(name).cast(pl.Categorical)
                for name, kind in kinds.items()
                if kind == "text" and name in frame.columns
                and frame[name].approx_n_unique() <= FEW_VALUES)
        self._frames[table] = frame.lazy()

    def ask(self, form: str) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._collect(form).rows()
        return rows

    def export(self, form: str, path: str) -> None:
        self._collect(form).write_csv(path, datetime_format="%Y-%m-%d %H:%M:%S")

    def _collect(self, form: str) -> Any:
        return eval(f"({form})", dict(self._frames)).collect()  # noqa: S307 (forms are ours)


PEERS = {"duckdb": DuckDB, "duckdb-varchar": PlainDuckDB, "sqlite": SQLite, "polars": Polars}


def written(value: Any) -> str:
    """Dates and amounts as segq writes them."""
    if isinstance(value, (datetime, date, Decimal)):
        return str(value)
    raise TypeError(type(value))


def timed(peer: Peer, request: dict[str, Any]) -> dict[str, Any]:
    begin = perf_counter()
    rows: Iterable[Iterable[Any]] = ()
    match request["do"]:
        case "load":
            peer.load(request["table"])
        case "ask":
            rows = peer.ask(request["form"])
        case "export":
            peer.export(request["form"], request["to"])
    return {"ms": (perf_counter() - begin) * 1000, "rows": rows}


def main() -> None:
    first = json.loads(sys.stdin.readline())
    peer: Peer = PEERS[first["peer"]](first["files"], first["best"])
    print(json.dumps({"version": peer.version}), flush=True)
    for line in sys.stdin:
        try:
            answer = timed(peer, json.loads(line))
        except Exception as problem:
            answer = {"error": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(answer, default=written), flush=True)


if __name__ == "__main__":
    main()
