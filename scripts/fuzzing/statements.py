"""Random statements after the grammar of docs/LANGUAGE.md; most of them mean something."""

import random

from . import values

SCALARS = {
    "year": 1, "quarter": 1, "month": 1, "week": 1, "day": 1, "weekday": 1, "hour": 1,
    "days_since": 1, "lower": 1, "upper": 1, "fold": 1, "length": 1, "trim": 1, "domain": 1,
    "round": 2, "bucket": 2, "abs": 1, "coalesce": 2, "if": 3}
AGGREGATES = ["count", "sum", "avg", "min", "max", "median", "first", "last"]
UNITS = ["day", "week", "month", "quarter", "year"]
FORMATS = ["csv", "tsv", "json", "jsonl", "markdown", "table", "vertical", "xml", "html", "chart"]
RFM = ["rfm_recency", "rfm_frequency", "rfm_monetary", "rfm_group"]
KNOWN = {
    "Customer Since": "since", "Customer ID": "customer", "Order ID": "order", "ID": "id",
    "Segment ID": "segment"}


class Statements:
    """Of a store with these tables."""

    def __init__(self, r: random.Random, columns: dict[str, list[str]]) -> None:
        self.r = r
        self.columns = {
            table: [KNOWN.get(name, name.lower()) for name in names]
            for table, names in columns.items() if table not in ("members", "segments")}
        self.columns.setdefault("customers", ["id"])

    def pick(self, *makers):
        return self.r.choice(makers)()

    def chance(self, part: float) -> bool:
        return self.r.random() < part

    # Values.

    def table(self) -> str:
        return self.r.choice(list(self.columns) + ["segments"]) if self.chance(0.98) else "nothing"

    def column(self, table: str) -> str:
        names = self.columns.get(table, ["id", "segment", "status", "customers", "website"])
        if table == "customers" and self.chance(0.1):
            return self.r.choice(RFM)
        if table != "customers" and self.chance(0.1):
            return "customers." + self.column("customers")
        return self.r.choice(names) if self.chance(0.97) else "nonsense"

    def literal(self) -> str:
        return self.pick(
            lambda: values.number(self.r), lambda: values.quoted(values.text(self.r)),
            lambda: values.day(self.r), lambda: self.r.choice(["null", "true", "false", "now"]),
            lambda: self.r.choice(
                ["today", "yesterday", "this month", "last year", "-30d", "1y", "99999999999d"]),
            lambda: self.r.choice(["red", "FR", "active", "$x", "$none"]))

    def value(self, table: str, depth: int = 2) -> str:
        if depth == 0 or self.chance(0.3):
            return self.column(table) if self.chance(0.65) else self.literal()
        inner = lambda: self.value(table, depth - 1)
        return self.pick(
            lambda: f"{inner()} {self.r.choice('+-*/')} {inner()}", lambda: f"-{inner()}",
            lambda: f"({inner()})", lambda: f"{inner()} || {inner()}",
            lambda: self.scalar(table, depth - 1), lambda: self.children(table, depth - 1),
            lambda: f"trunc({inner()}, {self.r.choice(UNITS)})")

    def scalar(self, table: str, depth: int) -> str:
        name = self.r.choice(list(SCALARS))
        parts = [self.value(table, depth) for _ in range(SCALARS[name])]
        if name == "if":
            parts[0] = self.condition(table, depth)
        if self.chance(0.03):
            parts.append("1")
        return f"{name}({', '.join(parts)})"

    def children(self, table: str, depth: int) -> str:
        child = self.r.choice(list(self.columns)) if self.chance(0.9) else "segments"
        where = f" where {self.condition(child, depth)}" if self.chance(0.3) else ""
        figure = self.r.choice(AGGREGATES + ["exists", "nth", "percentile"])
        column = f"{child}.{self.column(child)}".replace(f"{child}.customers.", f"{child}.")
        return self.pick(
            lambda: f"count({child}{where})", lambda: f"exists({child}{where})",
            lambda: {
                "exists": f"exists({child}{where})",
                "count": f"count(distinct {column}{where})",
                "nth": f"nth({column}, {values.number(self.r)}{where})",
                "percentile": f"percentile({column}, {values.number(self.r)}{where})",
            }.get(figure, f"{figure}({column}{where})"))

    def aggregate(self, table: str) -> str:
        name = self.r.choice(AGGREGATES[:6] + ["count()", "share()", "percentile", "distinct"])
        if name.endswith("()"):
            return name
        inner = self.value(table, 1)
        if name == "percentile":
            return f"percentile({inner}, {values.number(self.r)})"
        return f"count(distinct {inner})" if name == "distinct" else f"{name}({inner})"

    # Conditions.

    def condition(self, table: str, depth: int = 2) -> str:
        if depth > 0 and self.chance(0.4):
            inner = lambda: self.condition(table, depth - 1)
            return self.pick(
                lambda: f"{inner()} and {inner()}", lambda: f"{inner()} or {inner()}",
                lambda: f"not ({inner()})", lambda: f"({inner()})")
        a = self.value(table, min(depth, 1))
        b = lambda: self.value(table, 0)
        some = lambda: ", ".join(self.literal() for _ in range(self.r.randrange(0, 5)))
        return self.pick(
            lambda: f"{a} {self.r.choice(['=', '!=', '<', '<=', '>', '>=', '~='])} {b()}",
            lambda: f"{a} is {self.r.choice(['null', 'not null', 'empty'])}",
            lambda: f"{a} {self.r.choice(['contains', 'starts with', 'ends with', 'like'])} "
            f"{values.quoted(values.text(self.r))}",
            lambda: f"{a} matches {values.quoted(self.r.choice(['^a', '(', '[a-z]+', '.*', '(a+)+$']))}",
            lambda: f"{a} between {b()} and {b()}", lambda: f"{a} in ({some()})",
            lambda: f"in {self.segments()}", lambda: f"exists({self.r.choice(list(self.columns))})")

    def segments(self) -> str:
        one = lambda: self.r.choice(
            ["1", "2", "3", "'S1'", "'S2'", "all", "selected", "99", "9223372036854775807"])
        return self.pick(
            one, one, lambda: f"({one()} {self.r.choice('+-&')} {one()})",
            lambda: f"{self.r.choice(['union', 'intersection'])}({one()}, {one()})")

    # Clauses.

    def clauses(self, table: str, figures: bool = False) -> str:
        text = ""
        if self.chance(0.5):
            text += f" where {self.condition(table)}"
        if figures and self.chance(0.7):
            keys = [self.value(table, 1) for _ in range(self.r.randrange(1, 4))]
            text += f" group by {', '.join(keys)}"
            if self.chance(0.2):
                text += f" having {self.aggregate(table)} > {values.number(self.r)}"
        if self.chance(0.4):
            make = self.aggregate if figures else lambda t: self.value(t, 1)
            keys = [make(table) + self.r.choice(["", " desc", " asc"]) for _ in range(self.r.randrange(1, 3))]
            text += f" order by {', '.join(keys)}"
        for word in ("limit", "offset", "sample"):
            if self.chance(0.25):
                text += f" {word} {self.r.choice(['0', '1', '7', '1000', '9223372036854775807', '-1'])}"
        if self.chance(0.4):
            text += f" as {self.r.choice(FORMATS)}"
        return text

    # Statements.

    def query(self) -> str:
        table = self.table()
        plain = lambda: f"select {table}{self.clauses(table)}"
        columns = lambda: (
            f"select {self.r.choice(['', '', 'distinct '])}"
            f"{', '.join(self.value(table) for _ in range(self.r.randrange(1, 4)))} "
            f"from {table}{self.clauses(table)}")
        figures = lambda: (
            f"select {', '.join(self.aggregate(table) for _ in range(self.r.randrange(1, 4)))} "
            f"from {table}{self.clauses(table, figures=True)}")
        members = lambda: f"drill {self.segments()}{self.clauses('customers')}"
        return self.pick(
            plain, columns, columns, figures, figures, figures, members,
            lambda: f"select {self.value('customers')}")

    def history(self) -> str:
        return self.pick(
            lambda: f"drill {self.segments()} {self.r.choice(['joined since', 'left since', 'as of'])} "
            f"{values.day(self.r)}",
            lambda: f"growth {self.segments()}", lambda: f"drift {self.segments()}")

    def about(self) -> str:
        return self.pick(
            lambda: f"overlap {self.segments()}, {self.segments()}", lambda: "overlap all",
            lambda: f"compare {self.segments()} with {self.segments()}",
            lambda: f"profile {self.segments()}" + (
                f" by {self.value('customers', 1)}" if self.chance(0.5) else ""),
            lambda: f"why {values.number(self.r)} in {self.segments()}", self.history,
            lambda: f"describe {self.table()}", lambda: "describe", lambda: "describe load",
            lambda: f"explain {self.query()}", lambda: f"explain analyze {self.query()}")

    def change(self) -> str:
        rule = lambda: self.condition("customers")
        return self.pick(
            lambda: f"create or replace segment 'F{self.r.randrange(6)}' as {rule()}",
            lambda: f"create segment {values.quoted(values.text(self.r))} as {rule()}",
            lambda: f"alter segment {self.r.randrange(8)} as {rule()}",
            lambda: f"alter segment {self.r.randrange(8)} rename to {values.quoted(values.text(self.r))}",
            lambda: f"drop segment {self.segments()}", lambda: "refresh all",
            lambda: f"refresh {self.segments()}", lambda: "refresh stale", lambda: "undo",
            lambda: f"select {self.segments()}", lambda: "select all",
            lambda: f"forget customer {values.number(self.r)}",
            lambda: f"let x = {self.value('customers', 1)}",
            lambda: self.r.choice(
                ["set guests = match", "set guests = nobody", "set timezone = 'Europe/Paris'",
                 "set date_order = day", "set auto_refresh = on", "set header = off"]),
            lambda: f"load '{self.r.choice(list(self.columns))}.csv'"
            f"{self.r.choice(['', ' append', ' as orders', ' as other'])}",
            lambda: "save 'kept.segdb'", lambda: "open 'kept.segdb'",
            lambda: f"export {self.segments()} as {self.r.choice(FORMATS)} to 'out.txt'")

    def control(self) -> str:
        return self.pick(
            lambda: f"for v in (1, 'a', 2024-01) {{ echo $v; {self.query()} }}",
            lambda: f"if {self.condition('customers')} {{ {self.query()} }} else {{ echo 1 }}",
            lambda: f"assert {self.condition('customers')}",
            lambda: f"echo {self.value('customers')}")

    def law(self) -> tuple[list[str], str]:
        """Statements that each give one number, and what these must come to."""
        table = self.r.choice(list(self.columns))
        condition = self.condition(table)
        while "now" in condition:
            condition = self.condition(table)
        count = f"select count() from {table}"
        where = f"{count} where {condition}"
        asked = self.r.choice(["thirds", "sorted", "grouped", "member"])
        if asked == "thirds":
            return [count, where, f"{count} where not ({condition})",
                    f"{count} where ({condition}) is null"], "the first is the others together"
        if asked == "sorted":
            # A figure over the table itself would make one row of all.
            order = self.r.choice([self.column(table), f"-{self.column(table)}", "lower(name)", "total / 3"])
            return [where, f"select 1 as law from {table} where {condition} order by {order}; "
                    "select sum(law) from _"], "all alike"
        if asked == "grouped":
            key = self.value(table, 1)
            return [where, f"select count() as n from {table} where {condition} group by {key}; "
                    "select sum(n) from _"], "all alike"
        condition = self.condition("customers")
        while "now" in condition or "in " in condition:
            condition = self.condition("customers")
        return [f"select count() from customers where {condition}",
                f"create or replace segment 'law' as {condition}; refresh 'law'; "
                "select count() from 'law'"], "all alike"

    def any(self) -> str:
        text = self.pick(
            self.query, self.query, self.query, self.query, self.about, self.change, self.control)
        if self.chance(0.02):
            at = self.r.randrange(len(text) + 1)
            text = text[:at] + self.r.choice(["(", "'", "\x00", "§", " where ", ","]) + text[at:]
        return text
