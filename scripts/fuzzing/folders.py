"""Folders of files that belong together, more or less."""

import csv
import io
import random
from pathlib import Path
from typing import Callable, NamedTuple

from . import values

Cell = Callable[[random.Random], str]


class Folder(NamedTuple):
    # The columns of each table, as a header has them.
    columns: dict[str, list[str]]
    # How many rows of each file can be read: cut as the header, with an id that no other row has.
    rows: dict[str, int]


def _id(r: random.Random, kind: str, row: int) -> str:
    if kind == "edge" and r.random() < 0.1:
        return r.choice(values.INTEGERS)
    if kind == "text":
        return f"C-{row:05}" if r.random() < 0.98 else values.text(r)
    if kind == "float":
        return f"{row}.0"
    return str(row)


CUSTOMERS: dict[str, Cell] = {
    "Name": values.text,
    "Email": lambda r: f"{r.randrange(50)}@example.org" if r.random() < 0.8 else values.text(r),
    "Group": lambda r: r.choice(["General", "Wholesale", ""]),
    "Country": lambda r: r.choice(values.COUNTRIES),
    "ZIP": values.text,
    "Customer Since": values.moment,
    "Website": lambda r: r.choice(values.WEBSITES),
    "Score": values.number,
    "Anything": lambda r: r.choice([values.number, values.moment, values.text])(r)}
ORDERS: dict[str, Cell] = {
    "Date": values.moment, "Status": lambda r: r.choice(["complete", "canceled", ""]),
    "Total": values.number, "Note": values.text}
ITEMS: dict[str, Cell] = {"SKU": values.text, "Qty": values.number, "Price": values.number}
RULES = [
    "country = FR", "count(orders) > 1", "sum(orders.total) > 922337203685477", "score > 0", "in 1",
    "exists(orders where total > 5)", "since >= -30d", "name = 'Anna' or score is null", "no such(",
    "rfm_recency > 3", "count(items) >= 0", "avg(orders.total) / score > 1", ""]


def make(r: random.Random, folder: Path) -> Folder:
    kind = r.choice(["plain", "plain", "edge", "text", "float"])
    size = r.choice([0, 1, 2, 40, 300])
    made = Folder({}, {})

    def write(name: str, header: list[str], rows: list[list[str]], key: int | None = 0) -> None:
        made.columns[name] = header
        if r.random() < 0.1:
            rows = rows + r.sample(rows, min(len(rows), 3))
        if r.random() < 0.1:
            rows.insert(0, ["lonely"])
        (folder / f"{name}.csv").write_text(_delimited(r, header, rows), encoding="utf-8")

    def table(name: str, first: list[tuple[str, Cell]], more: dict[str, Cell], count: int) -> None:
        kept = {k: c for k, c in more.items() if r.random() < 0.8}
        cells = first + list(kept.items())
        write(name, [k for k, _ in cells], [[c(r) for _, c in cells] for _ in range(count)])

    def counter() -> Cell:
        numbers = iter(range(1, 1 << 40))
        return lambda r: _id(r, kind, next(numbers))

    def some(count: int) -> Cell:
        return lambda r: _id(r, kind, r.randrange(1, max(count, 1) + 3))

    table("customers", [("ID", counter())], CUSTOMERS, size)
    if r.random() < 0.8:
        count = r.choice([0, 1, size * 2])
        link = [("Customer ID", some(size))] if r.random() < 0.9 else []
        table("orders", [("ID", counter()), *link], ORDERS, count)
        if r.random() < 0.7:
            table("items", [("ID", counter()), ("Order ID", some(count))], ITEMS, r.choice([0, count]))
    if r.random() < 0.7:
        rows = [[str(i + 1), f"S{i + 1}", "Active", r.choice(RULES)] for i in range(r.randrange(5))]
        if r.random() < 0.2:
            rows.append([r.choice(values.INTEGERS), "Edge", "Active", r.choice(RULES)])
        write("segments", ["ID", "Segment", "Status", "Rule"], rows)
        if r.random() < 0.7:
            number = some(size)
            write(
                "members", ["Segment ID", "Customer ID"],
                [[str(r.randrange(1, 6)), number(r)] for _ in range(r.choice([0, 3, size]))])
    if r.random() < 0.3:
        table("visits", [("Customer ID", some(size))], ORDERS, r.choice([0, 5, size]))
    return made


def _delimited(r: random.Random, header: list[str], rows: list[list[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=r.choice([",", ",", ",", ";", "\t"]),
        lineterminator=r.choice(["\n", "\n", "\r\n"]),
        quoting=r.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
