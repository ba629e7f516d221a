"""The work: each question in segq's words and in the best words of its peers.

Where a peer has several ways to ask, all are given; the fastest in the warm-up is measured. All of
them must give the same answer. Constants change from round to round, so that no engine can answer
from memory: round 3 asks for another country than round 2.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from .segq import Segq

Forms = dict[str, list[str]]

# DuckDB's bit strings span all ids; where these are sparser, it does without.
WIDEST_SET = 100_000_000


@dataclass(frozen=True)
class Task:
    name: str
    segq: str
    forms: Forms
    # How many times as fast as DuckDB segq is to be.
    goal: float | None = None
    is_ordered: bool = True
    # A statement before, whose time does not count.
    before: str = ""
    # What to ask afterwards to see the answer, where the timed statement does not print it.
    proof: tuple[str, Forms] | None = None
    # Whether the answer is a file: `{to}` in segq's statement is its path.
    exports: bool = False


@dataclass(frozen=True)
class Known:
    """What the store holds, so that the questions fit any store."""

    countries: list[str]
    group: str
    status: str
    words: list[str]
    joined: tuple[datetime, datetime]
    # The smallest and the greatest id of customers.
    ids: tuple[int, int]
    # Ids of segments, the biggest first.
    segments: list[int]
    # Segments that together hold about half of the customers.
    half: list[int]
    # The columns that a drill shows.
    shown: list[str]

    @classmethod
    def of(cls, segq: Segq, shown: list[str]) -> "Known":
        def top(column: str, table: str, n: int) -> list[str]:
            return [row[0] for row in segq.ask(
                f"select {column}, count() as n from {table} where not {column} is empty "
                f"group by {column} order by n desc limit {n}").rows]

        names = [row[0] for row in segq.ask("select name from customers sample 2000").rows]
        words = Counter(
            word for name in names if re.fullmatch("[a-z]{4,}", word := name.split()[-1].lower()))
        first, last = segq.ask("select min(since), max(since) from customers").rows[0]
        low, high = segq.ask("select min(id), max(id) from customers").rows[0]
        sizes = {int(row[0]): int(row[1]) for row in segq.ask(
            "select id, customers from segments where customers > 0").rows}
        return cls(
            countries=top("country", "customers", 8), group=top("`group`", "customers", 1)[0],
            status=top("status", "orders", 1)[0], words=[word for word, _ in words.most_common(8)],
            joined=(datetime.fromisoformat(first), datetime.fromisoformat(last)),
            ids=(int(low), int(high)), segments=sorted(sizes, key=lambda id: -sizes[id]),
            half=_half(segq, sizes), shown=shown)


def _half(segq: Segq, sizes: dict[int, int]) -> list[int]:
    customers = int(segq.ask("select count() from customers").rows[0][0])
    unions = {(id,): size for id, size in sizes.items()}
    for a, b, size_a, size_b, shared, _ in segq.ask(
            f"overlap {', '.join(map(str, sizes))}").rows:
        unions[int(a), int(b)] = int(size_a) + int(size_b) - int(shared)
    return list(min(unions, key=lambda ids: abs(unions[ids] - customers / 2)))


def _ours(value: str) -> str:
    """A text as segq writes it."""
    return "'" + value.replace("\\", "\\\\").replace("'", "''").replace("$", "\\$") + "'"


def _sql(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _forms(duckdb: list[str], sqlite: list[str], polars: list[str]) -> Forms:
    return {"duckdb": duckdb, "duckdb-varchar": duckdb, "sqlite": sqlite, "polars": polars}


def _sql_forms(sql: list[str], polars: str) -> Forms:
    return _forms(sql, sql, [polars])


class Workload:
    """The questions of one round."""

    def __init__(self, known: Known, round: int) -> None:
        self.known = known
        self.country = known.countries[round % len(known.countries)]
        self.second = known.countries[(round + 1) % len(known.countries)]
        self.word = known.words[round % len(known.words)]
        first, last = known.joined
        self.since = (first + (last - first) * (0.5 + round / 50)).strftime("%Y-%m-%d")
        self.segment = known.segments[round % len(known.segments)]
        self.five = [known.segments[(round + i) % len(known.segments)] for i in range(5)]
        self.amount = 300 + round
        self.columns = ", ".join(f'"{name}"' for name in known.shown)
        self.tasks = [
            self.grid(), self.one_predicate(), self.three_predicates(), self.text_search(),
            self.by_country(), self.by_month(), self.distinct(), self.top_customers(),
            self.top_orders(), self.drill(), self.filtered_drill(), self.union(),
            self.intersection(), self.difference(), self.overlap(), self.refresh(), self.export()]

    def sets(self, ids: list[int], answer: str) -> list[str]:
        """Has DuckDB make bits of segments, `s1`, `s2`, …: nothing else it has is as fast here."""
        low, high = self.known.ids
        if high - low > WIDEST_SET:
            return []
        bits = ", ".join(
            f"(select bitstring_agg(customer, {low}, {high}) from members where segment = {id}) "
            f"as s{place}" for place, id in enumerate(ids, start=1))
        return [f"select bit_count({answer}) from (select {bits})"]

    def first_of_orders(self) -> Task:
        """The question at whose answer orders count as loaded."""
        where = f"where status = {_sql(self.known.status)}"
        return Task(
            "orders", f"select count(), sum(total) from orders "
            f"where status = {_ours(self.known.status)}",
            _forms([f"select count(*), sum(total) from orders {where}"],
                   [f"select count(*), sum(total) / 10000.0 from orders {where}"],
                   [f"orders.filter(pl.col('status') == {self.known.status!r})"
                    ".select(pl.len(), pl.col('total').sum())"]))

    def grid(self) -> Task:
        sql = """select {} from segments s left join
            (select segment as key, count(*) as customers from members group by segment) m
            on m.key = s.id order by s.id"""
        polars = """segments.join(members.group_by('segment').agg(customers=pl.len()),
            left_on='id', right_on='segment', how='left').sort('id')"""
        return Task(
            "grid with counts", "select segments",
            _sql_forms([sql.format("s.*, m.customers")], polars), goal=1000,
            # Nobody in it, and nobody known to be in it, are different things to segq only.
            proof=("select id, coalesce(customers, 0) from segments",
                   _sql_forms([sql.format("s.id, coalesce(m.customers, 0)")],
                              f"{polars}.select('id', pl.col('customers').fill_null(0))")))

    def one_predicate(self) -> Task:
        return Task(
            "count, one predicate",
            f"select count() from customers where country = {_ours(self.country)}",
            _sql_forms([f"select count(*) from customers where country = {_sql(self.country)}"],
                       f"customers.filter(pl.col('country') == {self.country!r}).select(pl.len())"),
            goal=20)

    def three_predicates(self) -> Task:
        year, month, day = map(int, self.since.split("-"))
        group = self.known.group
        return Task(
            "count, three predicates",
            f"select count() from customers where country in ({_ours(self.country)}, "
            f"{_ours(self.second)}) and `group` = {_ours(group)} and since >= {self.since}",
            _sql_forms(
                [f"""select count(*) from customers where country in ({_sql(self.country)},
                     {_sql(self.second)}) and "group" = {_sql(group)}
                     and since >= '{self.since}'"""],
                f"customers.filter(pl.col('country').is_in([{self.country!r}, {self.second!r}]), "
                f"pl.col('group') == {group!r}, pl.col('since') >= pl.datetime({year}, {month}, "
                f"{day})).select(pl.len())"),
            goal=20)

    def text_search(self) -> Task:
        ilike = f"select count(*) from customers where name ilike '%{self.word}%'"
        lower = f"select count(*) from customers where contains(lower(name), '{self.word}')"
        return Task(
            "text search, any case",
            f"select count() from customers where name contains {_ours(self.word)}",
            _forms([ilike, lower], [ilike.replace("ilike", "like")], [
                f"customers.filter(pl.col('name').str.contains('(?i){self.word}')).select(pl.len())",
                f"customers.filter(pl.col('name').str.to_lowercase().str.contains("
                f"{self.word!r}, literal=True)).select(pl.len())"]),
            goal=3)

    def by_country(self) -> Task:
        return Task(
            "group by country", "select country, count() from customers group by country",
            _sql_forms(["select country, count(*) from customers group by country"],
                       "customers.group_by('country').len()"),
            goal=20, is_ordered=False)

    def by_month(self) -> Task:
        return Task(
            "group by month of a date",
            "select trunc(since, month), count() from customers group by trunc(since, month)",
            _forms(
                [f"select {month} as month, count(*) from customers group by month" for month in (
                    "date_trunc('month', since)::date", "make_date(year(since), month(since), 1)")]
                # Numbers group faster than dates do; the dates are made of the few groups.
                + ["""select make_date(m // 12, m % 12 + 1, 1), n from (
                      select year(since) * 12 + month(since) - 1 as m, count(*) as n
                      from customers group by m)"""],
                ["""select substr(since, 1, 7) || '-01' as month, count(*)
                    from customers group by month"""],
                ["customers.group_by(pl.col('since').dt.truncate('1mo').dt.date()).len()"]),
            goal=3, is_ordered=False)

    def distinct(self) -> Task:
        return Task(
            "distinct ZIPs", "select count(distinct zip) from customers",
            _sql_forms(
                ["select count(distinct zip) from customers",
                 "select count(*) from (select 1 from customers where zip is not null group by zip)"],
                "customers.select(pl.col('zip').drop_nulls().n_unique())"))

    def top_customers(self) -> Task:
        shown = self.known.shown
        return Task(
            "top 20 customers by date", "select customers order by since desc limit 20",
            _sql_forms(
                [f"select {self.columns} from customers order by since desc, id limit 20"],
                f"customers.sort(['since', 'id'], descending=[True, False]).head(20).select({shown})"),
            goal=1)

    def top_orders(self) -> Task:
        return Task(
            "top 20 orders by date", "select id, date from orders order by date desc limit 20",
            _sql_forms(
                ["select id, date from orders order by date desc, id limit 20"],
                "orders.sort(['date', 'id'], descending=[True, False]).head(20).select('id', 'date')"),
            goal=1)

    def drill(self) -> Task:
        return Task(
            "page of a drill", f"drill {self.segment} limit 20",
            _sql_forms(
                # The ids of the page first: members are sorted, and only 20 customers are looked up.
                [f"""select {self.columns} from customers where id in (select customer from members
                     where segment = {self.segment} order by customer limit 20)
                     order by id limit 20""",
                 f"""select {self.columns} from customers where id in
                     (select customer from members where segment = {self.segment})
                     order by id limit 20"""],
                f"customers.join(members.filter(pl.col('segment') == {self.segment}).head(20), "
                "left_on='id', right_on='customer', how='semi').sort('id').head(20)"
                f".select({self.known.shown})"),
            goal=20)

    def filtered_drill(self) -> Task:
        year, month, day = map(int, self.since.split("-"))
        members = f"select customer from members where segment = {self.segment}"
        where = f"country = {_sql(self.country)} and since >= '{self.since}' and id in ({members})"
        return Task(
            "page of a drill, filtered",
            f"drill {self.segment} where country = {_ours(self.country)} "
            f"and since >= {self.since} limit 20",
            _sql_forms(
                [f"select {self.columns} from customers where {where} order by id limit 20",
                 f"""select {self.columns} from customers where id in
                     (select id from customers where {where} order by id limit 20) order by id"""],
                f"customers.filter(pl.col('country') == {self.country!r}, "
                f"pl.col('since') >= pl.datetime({year}, {month}, {day}))"
                f".join(members.filter(pl.col('segment') == {self.segment}), left_on='id', "
                f"right_on='customer', how='semi').sort('id').head(20).select({self.known.shown})"),
            goal=20)

    def union(self) -> Task:
        ids = ", ".join(map(str, self.five))
        distinct = f"select count(distinct customer) from members where segment in ({ids})"
        grouped = f"""select count(*) from (select 1 from members where segment in ({ids})
            group by customer)"""
        return Task(
            "union of five", f"select count() from {' + '.join(map(str, self.five))}",
            _forms(
                [distinct, grouped, *self.sets(self.five, "s1 | s2 | s3 | s4 | s5")],
                [distinct, grouped],
                [f"members.filter(pl.col('segment').is_in([{ids}]))"
                 ".select(pl.col('customer').n_unique())"]),
            goal=1000)

    def intersection(self) -> Task:
        three = self.five[:3]
        ids = ", ".join(map(str, three))
        a, b, c = (f"select customer from members where segment = {id}" for id in three)
        sql = [
            f"select count(*) from ({a} and customer in ({b}) and customer in ({c}))",
            f"select count(*) from ({a} intersect {b} intersect {c})",
            f"""select count(*) from (select 1 from members where segment in ({ids})
                group by customer having count(*) = 3)"""]
        return Task(
            "intersection of three", f"select count() from {' & '.join(map(str, three))}",
            _forms(
                [*sql, *self.sets(three, "s1 & s2 & s3")], sql,
                [f"members.filter(pl.col('segment').is_in([{ids}])).group_by('customer').len()"
                 ".filter(pl.col('len') == 3).select(pl.len())"]),
            goal=1000)

    def difference(self) -> Task:
        a, b = self.five[:2]
        members = "select customer from members where segment ="
        return Task(
            "difference of two", f"select count() from {a} - {b}",
            _forms(
                [f"""select count(*) from members m anti join ({members} {b}) n
                     on m.customer = n.customer where m.segment = {a}""",
                 f"select count(*) from ({members} {a} except {members} {b})",
                 *self.sets([a, b], "s1 & ~s2")],
                [f"select count(*) from ({members} {a} and customer not in ({members} {b}))"],
                [f"members.filter(pl.col('segment') == {a}).join(members.filter("
                 f"pl.col('segment') == {b}), on='customer', how='anti').select(pl.len())"]),
            goal=1000)

    def overlap(self) -> Task:
        ten = sorted(self.known.segments[:10])
        pairs = list(combinations(ten, 2))
        ids = ", ".join(map(str, ten))
        values = ", ".join(f"({a}, {b})" for a, b in pairs)
        sizes = f"select segment, count(*) as n from members where segment in ({ids}) group by segment"
        answer = f"""with pairs(a, b) as (values {values}), sizes as ({sizes}), shares as ({{shares}})
            select a, b, x.n, y.n, coalesce(shared, 0), round(1.0 * coalesce(shared, 0) /
            (x.n + y.n - coalesce(shared, 0)), 6) from pairs join sizes x on x.segment = a
            join sizes y on y.segment = b left join shares using (a, b) order by a, b"""
        # Every customer is a set of bits; few sets are different, and pairs are counted of these.
        bits = " ".join(f"when {id} then {1 << place}" for place, id in enumerate(ten))
        masks = f"""select mask, count(*) as n from (select sum(case segment {bits} end)::integer as
            mask from members where segment in ({ids}) group by customer) group by mask"""
        places = ", ".join(
            f"({a}, {b}, {1 << ten.index(a) | 1 << ten.index(b)})" for a, b in pairs)
        by_mask = f"""select a, b, sum(n)::bigint as shared from ({masks}) m
            join (values {places}) p(a, b, bits) on m.mask & p.bits = p.bits group by a, b"""
        by_join = f"""select x.segment as a, y.segment as b, count(*) as shared from members x
            join members y on x.customer = y.customer and x.segment < y.segment
            where x.segment in ({ids}) and y.segment in ({ids}) group by x.segment, y.segment"""
        low, high = self.known.ids
        by_bits = f"""select x.segment as a, y.segment as b, bit_count(x.bits & y.bits) as shared
            from sets x join sets y on x.segment < y.segment"""
        by_bits = [f"""with sets as (select segment, bitstring_agg(customer, {low}, {high}) as bits
            from members where segment in ({ids}) group by segment),
            {answer.format(shares=by_bits).removeprefix("with ")}"""]
        polars = f"""(lambda few: (lambda sizes, shares: sizes.join(sizes, how='cross')
            .rename({{'segment': 'a', 'segment_right': 'b', 'n_right': 'm'}})
            .filter(pl.col('a') < pl.col('b')).join(shares, on=['a', 'b'], how='left')
            .with_columns(pl.col('shared').fill_null(0)).sort('a', 'b')
            .select('a', 'b', 'n', 'm', 'shared', jaccard=pl.col('shared')
            / (pl.col('n') + pl.col('m') - pl.col('shared'))))(
            few.group_by('segment').agg(n=pl.len().cast(pl.Int64)),
            few.join(few, on='customer').filter(pl.col('segment') < pl.col('segment_right'))
            .group_by(a='segment', b='segment_right').agg(shared=pl.len().cast(pl.Int64))))(
            members.filter(pl.col('segment').is_in([{ids}])))"""
        return Task(
            "all pairs of ten", f"overlap {ids}",
            _forms([answer.format(shares=by_mask), answer.format(shares=by_join)]
                   + (by_bits if high - low <= WIDEST_SET else []),
                   [answer.format(shares=by_join)], [polars]),
            goal=20)

    def refresh(self) -> Task:
        """A rule over orders. Peers keep what they find in a table, as segq does."""
        status, amount = self.known.status, self.amount
        ours = f"where status = {_ours(status)}"
        rule = f"count(orders {ours}) >= 3 and sum(orders.total {ours}) > {amount}"
        where = f"status = {_sql(status)} and customer is not null"
        duckdb = f"""create or replace table refreshed as select customer from orders
            where {where} group by customer having count(*) >= 3 and sum(total) > {amount}"""
        sqlite = f"""drop table if exists refreshed; create table refreshed as select customer from orders
            where {where} group by customer having count(*) >= 3 and sum(total) > {amount}0000"""
        polars = f"""orders.filter(pl.col('status') == {status!r}, pl.col('customer').is_not_null())
            .group_by('customer').agg(n=pl.len(), total=pl.col('total').sum())
            .filter(pl.col('n') >= 3, pl.col('total') > {amount}).select('customer')"""
        return Task(
            "refresh of a rule over orders", "refresh 'Of the benchmark'",
            _forms([duckdb], [sqlite], [polars]), goal=10, is_ordered=False,
            before=f"create or replace segment 'Of the benchmark' as {rule}",
            proof=("select id from 'Of the benchmark'",
                   _forms(["select customer from refreshed"],
                          ["select customer from refreshed"], [polars])))

    def export(self) -> Task:
        ids = ", ".join(map(str, self.known.half))
        members = f"select customer from members where segment in ({ids})"
        return Task(
            "CSV of half the customers",
            f"export {' + '.join(map(str, self.known.half))} as csv to '{{to}}'",
            _sql_forms(
                [f"select {self.columns} from customers where id in ({members})"],
                f"customers.join(members.filter(pl.col('segment').is_in([{ids}])), left_on='id', "
                f"right_on='customer', how='semi').select({self.known.shown})"),
            goal=3, exports=True)
