"""The work: each question in segq's words and in the best words of its peers.

Where a peer has several ways to ask, all are here: all must give the same answer, and the fastest
in the warm-up is measured. `sql` is for DuckDB and SQLite, `duckdb` and `sqlite` for one of them,
`polars` is a Python expression over lazy frames. What stands in braces is filled in for each round
anew (`Known.constants`), so that nothing can be answered from memory.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    name: str
    segq: str
    sql: tuple[str, ...] = ()
    duckdb: tuple[str, ...] = ()
    sqlite: tuple[str, ...] = ()
    polars: tuple[str, ...] = ()
    # How many times as fast as DuckDB segq is to be (issue 4, at ten million customers).
    goal: float | None = None
    is_ordered: bool = True
    # A statement of segq before, whose time does not count.
    before: str = ""
    # What to ask afterwards to see the answer, where the timed statement does not print it.
    proof: "Question | None" = None
    # Whether the answer is a file: `{to}` is its path.
    is_export: bool = False


GRID = """select {shown} from segments s left join
    (select segment as key, count(*) as n from members group by segment) m on m.key = s.id
    order by s.id"""
POLARS_GRID = """segments.join(members.group_by('segment').agg(n=pl.len()),
    left_on='id', right_on='segment', how='left').sort('id')"""

grid = Question(
    "grid with counts", "select segments",
    sql=(GRID.replace("{shown}", "s.*, n"),), polars=(POLARS_GRID,), goal=1000,
    # That nobody is in a segment, or that nobody knows, are different things to segq only.
    proof=Question(
        "", "select id, coalesce(customers, 0) from segments",
        sql=(GRID.replace("{shown}", "s.id, coalesce(n, 0)"),),
        polars=(f"{POLARS_GRID}.select('id', pl.col('n').fill_null(0))",)))

# At its answer orders count as loaded.
first_of_orders = Question(
    "first question about orders", "select count(), sum(total) from orders where status = {status}",
    duckdb=("select count(*), sum(total) from orders where status = {status}",),
    sqlite=("select count(*), sum(total) / 10000.0 from orders where status = {status}",),
    polars=("orders.filter(pl.col('status') == {status}).select(pl.len(), pl.col('total').sum())",))

one_predicate = Question(
    "count, one predicate", "select count() from customers where country = {country}",
    sql=("select count(*) from customers where country = {country}",),
    polars=("customers.filter(pl.col('country') == {country}).select(pl.len())",), goal=20)

three_predicates = Question(
    "count, three predicates",
    """select count() from customers where country in ({country}, {second_country})
       and `group` = {group} and since >= {since}""",
    sql=("""select count(*) from customers where country in ({country}, {second_country})
            and "group" = {group} and since >= '{since}'""",),
    polars=("""customers.filter(pl.col('country').is_in([{country}, {second_country}]),
               pl.col('group') == {group}, pl.col('since') >= pl.lit('{since}').str.to_datetime())
               .select(pl.len())""",), goal=20)

text_search = Question(
    "text search, any case", "select count() from customers where name contains '{word}'",
    duckdb=("select count(*) from customers where name ilike '%{word}%'",
            "select count(*) from customers where contains(lower(name), '{word}')"),
    sqlite=("select count(*) from customers where name like '%{word}%'",),
    polars=("customers.filter(pl.col('name').str.contains('(?i){word}')).select(pl.len())",
            """customers.filter(pl.col('name').str.to_lowercase().str.contains('{word}',
               literal=True)).select(pl.len())"""), goal=3)

by_country = Question(
    "group by country", "select country, count() from customers group by country",
    sql=("select country, count(*) from customers group by country",),
    polars=("customers.group_by('country').len()",), goal=20, is_ordered=False)

by_month = Question(
    "group by month of a date",
    "select trunc(since, month), count() from customers group by trunc(since, month)",
    duckdb=("""select date_trunc('month', since)::date as month, count(*) from customers
               group by month""",
            # Numbers group faster than dates; the dates are made of the few groups.
            """select make_date(m // 12, m % 12 + 1, 1), n from (select year(since) * 12
               + month(since) - 1 as m, count(*) as n from customers group by m)"""),
    sqlite=("""select substr(since, 1, 7) || '-01' as month, count(*) from customers
               group by month""",),
    polars=("customers.group_by(pl.col('since').dt.truncate('1mo').dt.date()).len()",),
    goal=3, is_ordered=False)

distinct = Question(
    "distinct ZIPs", "select count(distinct zip) from customers",
    sql=("select count(distinct zip) from customers",
         "select count(*) from (select 1 from customers where zip is not null group by zip)"),
    polars=("customers.select(pl.col('zip').drop_nulls().n_unique())",))

top_customers = Question(
    "top 20 customers by date", "select customers order by since desc limit 20",
    sql=("select {columns} from customers order by since desc, id limit 20",),
    polars=("""customers.sort(['since', 'id'], descending=[True, False]).head(20)
               .select({names})""",), goal=1)

top_orders = Question(
    "top 20 orders by date", "select id, date from orders order by date desc limit 20",
    sql=("select id, date from orders order by date desc, id limit 20",),
    polars=("""orders.sort(['date', 'id'], descending=[True, False]).head(20)
               .select('id', 'date')""",), goal=1)

drill = Question(
    "page of a drill", "drill {a} limit 20",
    # Either the ids of the page first, members being sorted, or as one writes it.
    sql=("""select {columns} from customers where id in (select customer from members
            where segment = {a} order by customer limit 20) order by id limit 20""",
         """select {columns} from customers where id in (select customer from members
            where segment = {a}) order by id limit 20"""),
    polars=("""customers.join(members.filter(pl.col('segment') == {a}).head(20), left_on='id',
               right_on='customer', how='semi').sort('id').head(20).select({names})""",), goal=20)

FOUND = """from customers where country = {country} and since >= '{since}'
    and id in (select customer from members where segment = {a}) order by id limit 20"""

filtered_drill = Question(
    "page of a drill, filtered",
    "drill {a} where country = {country} and since >= {since} limit 20",
    sql=(f"select {{columns}} {FOUND}",
         f"""select {{columns}} from customers where id in (select id {FOUND})
             order by id limit 20"""),
    polars=("""customers.filter(pl.col('country') == {country},
               pl.col('since') >= pl.lit('{since}').str.to_datetime())
               .join(members.filter(pl.col('segment') == {a}), left_on='id', right_on='customer',
               how='semi').sort('id').head(20).select({names})""",), goal=20)

# DuckDB is fastest when it makes bit strings of segments, over all ids from low to high.
BITS = "(select bitstring_agg(customer, {low}, {high}) from members where segment = {%s}) as %s"
BITS_OF = {name: BITS % (name, name) for name in "abcde"}

union = Question(
    "union of five", "select count() from {a} + {b} + {c} + {d} + {e}",
    duckdb=("select bit_count(a | b | c | d | e) from (select "
            + ", ".join(BITS_OF.values()) + ")",),
    sql=("select count(distinct customer) from members where segment in ({five})",
         """select count(*) from (select 1 from members where segment in ({five})
            group by customer)"""),
    polars=("""members.filter(pl.col('segment').is_in([{five}]))
               .select(pl.col('customer').n_unique())""",), goal=1000)

intersection = Question(
    "intersection of three", "select count() from {a} & {b} & {c}",
    duckdb=("select bit_count(a & b & c) from (select "
            + ", ".join(BITS_OF[name] for name in "abc") + ")",),
    sql=("""select count(*) from members where segment = {a}
            and customer in (select customer from members where segment = {b})
            and customer in (select customer from members where segment = {c})""",
         """select count(*) from (select 1 from members where segment in ({a}, {b}, {c})
            group by customer having count(*) = 3)"""),
    polars=("""members.filter(pl.col('segment').is_in([{a}, {b}, {c}])).group_by('customer').len()
               .filter(pl.col('len') == 3).select(pl.len())""",), goal=1000)

difference = Question(
    "difference of two", "select count() from {a} - {b}",
    duckdb=(f"select bit_count(a & ~b) from (select {BITS_OF['a']}, {BITS_OF['b']})",
            """select count(*) from members m anti join (select customer from members
               where segment = {b}) n on m.customer = n.customer where m.segment = {a}"""),
    sqlite=("""select count(*) from members where segment = {a} and customer not in
               (select customer from members where segment = {b})""",),
    polars=("""members.filter(pl.col('segment') == {a}).join(members.filter(
               pl.col('segment') == {b}), on='customer', how='anti').select(pl.len())""",),
    goal=1000)

OVERLAP = """with pairs(a, b) as (values {pairs}),
    sizes as (select segment, count(*) as n from members where segment in ({ten}) group by segment),
    shares as (SHARES)
    select a, b, x.n, y.n, coalesce(shared, 0),
        round(1.0 * coalesce(shared, 0) / (x.n + y.n - coalesce(shared, 0)), 6)
    from pairs join sizes x on x.segment = a join sizes y on y.segment = b
    left join shares using (a, b) order by a, b"""

overlap = Question(
    "all pairs of ten", "overlap {ten}",
    duckdb=(OVERLAP.replace("SHARES", """
                select x.segment as a, y.segment as b, bit_count(x.bits & y.bits) as shared
                from sets x join sets y on x.segment < y.segment""").replace("with", """
                with sets as (select segment, bitstring_agg(customer, {low}, {high}) as bits
                from members where segment in ({ten}) group by segment),"""),
            # Or the set of segments that each customer is in: few of these are different.
            OVERLAP.replace("SHARES", """
                select a, b, sum(n)::bigint as shared from (select mask, count(*) as n from
                (select sum(case segment {bit_of_segment} end)::integer as mask from members
                where segment in ({ten}) group by customer) group by mask) m
                join (values {bits_of_pairs}) p(a, b, bits) on mask & bits = bits
                group by a, b""")),
    sql=(OVERLAP.replace("SHARES", """
                select x.segment as a, y.segment as b, count(*) as shared
                from members x join members y on x.customer = y.customer and x.segment < y.segment
                where x.segment in ({ten}) and y.segment in ({ten})
                group by x.segment, y.segment"""),),
    polars=("""(lambda few: (lambda sizes, shares: sizes.join(sizes, how='cross')
               .select('n', a='segment', b='segment_right', m='n_right')
               .filter(pl.col('a') < pl.col('b')).join(shares, on=['a', 'b'], how='left')
               .with_columns(pl.col('shared').fill_null(0)).sort('a', 'b')
               .select('a', 'b', 'n', 'm', 'shared', jaccard=pl.col('shared')
               / (pl.col('n') + pl.col('m') - pl.col('shared'))))(
               few.group_by('segment').agg(n=pl.len().cast(pl.Int64)),
               few.join(few, on='customer').filter(pl.col('segment') < pl.col('segment_right'))
               .group_by(a='segment', b='segment_right').agg(shared=pl.len().cast(pl.Int64))))(
               members.filter(pl.col('segment').is_in([{ten}])))""",), goal=20)

FULFILLING = """select customer from orders where status = {status} and customer is not null
    group by customer having count(*) >= 3 and sum(total) > {amount}"""
POLARS_FULFILLING = """orders.filter(pl.col('status') == {status}, pl.col('customer').is_not_null())
    .group_by('customer').agg(n=pl.len(), total=pl.col('total').sum())
    .filter(pl.col('n') >= 3, pl.col('total') > {amount}).select('customer')"""

# Peers keep what they find in a table, since segq keeps it as the members.
refresh = Question(
    "refresh of a rule over orders", "refresh 'Of the benchmark'",
    before="""create or replace segment 'Of the benchmark' as
        count(orders where status = {status}) >= 3
        and sum(orders.total where status = {status}) > {amount}""",
    duckdb=(f"create or replace table refreshed as {FULFILLING}",),
    sqlite=("drop table if exists refreshed; create table refreshed as "
            + FULFILLING.replace("{amount}", "{amount} * 10000"),),
    polars=(POLARS_FULFILLING,), goal=10,
    proof=Question(
        "", "select id from 'Of the benchmark'", sql=("select customer from refreshed",),
        polars=(POLARS_FULFILLING,), is_ordered=False))

export = Question(
    "CSV of half the customers", "export {half_of_all} as csv to '{to}'",
    sql=("""select {columns} from customers where id in
            (select customer from members where segment in ({half}))""",),
    polars=("""customers.join(members.filter(pl.col('segment').is_in([{half}])), left_on='id',
               right_on='customer', how='semi').select({names})""",), goal=3, is_export=True)

ALL = (
    grid, one_predicate, three_predicates, text_search, by_country, by_month, distinct,
    top_customers, top_orders, drill, filtered_drill, union, intersection, difference, overlap,
    refresh, export)
