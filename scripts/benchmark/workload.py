"""The questions put to a store: what stands in their braces is taken from what the store holds."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import TypeVar

from .questions import Question
from .segq import Failure, Segq

# Bits over all ids are too many where ids are sparse; DuckDB then asks in another way.
MOST_BITS = 100_000_000

Constants = dict[str, str]
T = TypeVar("T")


@dataclass(frozen=True)
class Known:
    countries: list[str]
    group: str
    status: str
    # Parts of names, in ASCII.
    words: list[str]
    # When the first and the last customer joined.
    joined: tuple[datetime, datetime]
    # The smallest and the greatest id of customers.
    ids: tuple[int, int]
    # Ids of segments, the biggest first, and such that together hold half of the customers.
    segments: list[int]
    half: list[int]
    # The columns that a drill shows.
    shown: list[str]

    def constants(self, round: int) -> Constants:
        def turn(values: list[T], offset: int = 0) -> T:
            return values[(round + offset) % len(values)]

        first, last = self.joined
        ten = sorted(self.segments[:10])
        bits = {id: 1 << place for place, id in enumerate(ten)}
        pairs = list(combinations(ten, 2))
        five = [turn(self.segments, i) for i in range(5)]
        return {
            "country": _text(turn(self.countries)),
            "second_country": _text(turn(self.countries, offset=1)),
            "group": _text(self.group), "status": _text(self.status), "word": turn(self.words),
            "since": f"{first + (last - first) * (0.5 + round / 50):%Y-%m-%d}",
            "amount": str(300 + round), "low": str(self.ids[0]), "high": str(self.ids[1]),
            **dict(zip("abcde", map(str, five))), "five": _list(five), "ten": _list(ten),
            "pairs": _list(pairs), "half": _list(self.half),
            "half_of_all": " + ".join(map(str, self.half)),
            "bit_of_segment": " ".join(f"when {id} then {bit}" for id, bit in bits.items()),
            "bits_of_pairs": _list((a, b, bits[a] | bits[b]) for a, b in pairs),
            "columns": ", ".join(f'"{name}"' for name in self.shown), "names": str(self.shown)}

    def forms(self, question: Question, peer: str, round: int) -> list[str]:
        """All ways in which a peer may ask."""
        name = peer.removesuffix("-varchar")
        own: tuple[str, ...] = getattr(question, name)
        forms = own if name == "polars" else own + question.sql
        if self.ids[1] - self.ids[0] > MOST_BITS:
            forms = tuple(form for form in forms if "bitstring_agg" not in form)
        return [fill(form, self.constants(round)) for form in forms]


def fill(template: str, constants: Constants) -> str:
    return " ".join(template.split()).format_map(constants)


def _list(values: Iterable[object]) -> str:
    return ", ".join(map(str, values))


def _text(value: str) -> str:
    """A text that is written alike in segq, SQL and Python; see `learn`."""
    return f"'{value}'"


def learn(segq: Segq, shown: list[str]) -> Known:
    """Takes constants from the store, so that there is something to find."""

    def top(column: str, table: str) -> list[str]:
        """The most frequent values, but for those that languages quote in different ways."""
        rows = segq.ask(
            f"select {column}, count() as n from {table} where not {column} is empty "
            f"group by {column} order by n desc limit 10").rows
        values = [value for value, _ in rows if not re.search(r"['\\$\n]", value)]
        if not values:
            raise Failure(f"{table} has no {column} to ask for")
        return values

    names = [row[0] for row in segq.ask("select name from customers sample 2000").rows]
    words = Counter(
        word for name in names if re.fullmatch("[a-z]{4,}", word := name.split()[-1].lower()))
    low, high, first, last = segq.ask(
        "select min(id), max(id), min(since), max(since) from customers").rows[0]
    sizes = {int(id): int(size) for id, size in segq.ask(
        "select id, customers from segments where customers > 0").rows}
    return Known(
        countries=top("country", "customers"), group=top("`group`", "customers")[0],
        status=top("status", "orders")[0], words=[word for word, _ in words.most_common(8)],
        joined=(datetime.fromisoformat(first), datetime.fromisoformat(last)),
        ids=(int(low), int(high)), segments=sorted(sizes, key=lambda id: -sizes[id]),
        half=_half(segq, sizes), shown=shown)


def _half(segq: Segq, sizes: dict[int, int]) -> list[int]:
    """The segment or the two whose customers are nearest to half of all."""
    customers = int(segq.ask("select count() from customers").rows[0][0])
    unions: dict[tuple[int, ...], int] = {(id,): size for id, size in sizes.items()}
    for a, b, size_a, size_b, shared, _ in segq.ask(f"overlap {_list(sizes)}").rows:
        unions[int(a), int(b)] = int(size_a) + int(size_b) - int(shared)
    nearest: tuple[int, ...] = min(unions, key=lambda pair: abs(unions[pair] - customers / 2))
    return list(nearest)
