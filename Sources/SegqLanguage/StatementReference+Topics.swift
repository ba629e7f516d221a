extension StatementReference {
  public static let topics: [StatementReference] = [
    StatementReference(
      "conditions",
      keywords: [
        "where", "and", "or", "not", "like", "between", "contains", "matches", "starts with",
        "ends with", "is null", "is empty", "in", "has", "null", "operators",
      ],
      synopsis: """
        = != < <= > >= · == · ~= · between A and B · in (…) · contains · starts with · ends with
        like · matches · is null · is empty · and · or · not · in SEGMENTS · has CUSTOMER
        """,
      summary: "what can follow `where`, and be a rule",
      details: """
        `and` binds tighter than `or`. Text compares without regard to case; == is exact, and ~= \
        ignores accents too: `name ~= 'andre'` finds André, `fold(name) contains 'andre'` and \
        `fold(name) in ('andre', 'zoe')` do as well; the opposite is `not (name ~= 'andre')`. \
        A country matches by its codes and names (`UK`, `GB`, `United Kingdom`). A column of 0 and 1 \
        compares with `true` and `false`. In `like` % is any text and _ one character; `matches` is a regular expression and searches. \
        A comparison with null holds for nothing. `in 7` holds for the customers of segment 7, \
        `has 42` for the segments that customer 42 is in.
        """,
      examples: [
        "select id, name, phone from customers where name contains 'o''' limit 3",
        "select id, zip, country from customers where zip starts with 0 and not country = Germany limit 3",
        "select count() from customers where in 1 and count(orders where total > 100) >= 2",
        "select count() from customers where name ~= 'andré roux' or fold(name) contains 'muller'",
        "select count() from customers where email matches '^[a-d].*\\\\d{3}@'",
      ]),
    StatementReference(
      "segments", keywords: ["union", "intersect", "except", "intersection", "sets", "algebra"],
      synopsis: """
        5 · 'VIP customers' · selected · all · A + B (or union) · A & B (or intersect)
        A - B (or except) · (…) · union(A, B, …) · intersection(A, B, …)
        """,
      summary: "sets of customers, written with segments",
      details: """
        & binds tighter than + and -. '5' in quotes is a name. `all` is the union of all \
        segments, `selected` that of the ticked ones. Within a function they stand for each of their \
        segments: `intersection(selected)` is the Admin's combined report. To name a segment whose \
        members are unknown is an error that shows how to refresh it; `all` and counts over `segments` \
        leave it out, and a note says so. \
        `count(segments where …)` asks those that a customer is in; the condition sees the segment's \
        columns first, then the customer's.
        """,
      examples: [
        "select count() from customers where exists(segments where website = customers.website)",
        "select count() from (1 + 2) - 3", "select count() from intersection(1, 2)",
        "select count() from union(1, 2)",
      ]),
    StatementReference(
      "functions", keywords: FunctionReference.Group.allCases.map(\.rawValue),
      synopsis: FunctionReference.Group.allCases.map { group in
        group.rawValue + ": "
          + FunctionReference.all.filter { $0.group == group }.map(\.name).joined(separator: " ")
      }.joined(separator: "\n"),
      summary: "what can be computed",
      details: """
        `help NAME` explains one. Over a child table (`orders`, `items`) a function gives one \
        value for each row, or for each group of a grouped query; over `segments` it covers those \
        that a customer is in. `count` and `sum` of nothing are 0, the others null.
        """,
      examples: [
        "select trunc(since, year) as year, count() as joined from customers group by year",
        "select domain(email) as d, count() as n from customers group by d order by n desc limit 3",
        "select id, last(orders.date) as latest from customers where exists(orders) limit 3",
      ]),
    StatementReference(
      "dates", keywords: ["periods", "today", "now", "time", "timezone"],
      synopsis: """
        2024-01-31 · 2024-01-31T10:00 · 2024-01 · 2024 · today · yesterday · now
        this|last day|week|month|quarter|year · -30d -6w -3m -1y · date + 7d · date - date
        """,
      summary: "how dates are written",
      details: """
        A short date is the whole period: `= 2024-01` is within January, `> 2024` from 2025 on. \
        Days begin and end in the time zone of `set timezone`. The difference of two dates is in \
        days.
        """,
      examples: ["select count() from orders where date between 2025-01 and 2025-03"]),
    StatementReference(
      "rfm", keywords: ["rfm_recency", "rfm_frequency", "rfm_monetary", "rfm_group"],
      synopsis: "rfm_recency · rfm_frequency · rfm_monetary · rfm_group",
      summary: "recency, frequency and money as columns of customers",
      details: """
        A score is 1 + ⌊5 × (customers strictly worse) / (customers ranked)⌋: 5 is best, ties are \
        alike; ranked are the customers with an order. rfm_group goes by R and the mean of F and \
        M, rounded half up: Champions, Loyal, Active, New, Promising, Needs attention, At risk, \
        Almost lost, Previously loyal, Dormant; without an order Prospects.
        """,
      examples: [
        "select rfm_group, count() as n, share() as part from customers group by rfm_group order by n desc"
      ]),
    StatementReference(
      "formats",
      keywords: [
        "format", "csv", "tsv", "json", "jsonl", "markdown", "table", "vertical", "xml",
        "html", "chart", "bars", "sparklines",
      ],
      synopsis: "csv · tsv · json · jsonl · markdown · table · vertical · xml · html · chart",
      summary: "how results are written",
      details: """
        `as FORMAT` behind a query, `-F FORMAT` on the command line, `set format = …`, or the \
        ending of the file in `to 'file'`. On a terminal the default is table, elsewhere csv. xml \
        is Excel XML, which Excel and LibreOffice open; xlsx comes in a later version. html is a page \
        that stands by itself. chart draws a bar a row for each \
        column of numbers, a line where the first column is a date, and a small one for each \
        figure where there are several. A second key of `group by` makes a series of each of its \
        values: bars side by side, or lines with a legend. `to 'file' append` adds rows to a csv, tsv \
        or jsonl file whose columns are the same in the same order, or makes it: all rows or none, \
        also when the program is killed or the disk is full.
        """,
      examples: [
        "select segments limit 2 as json", "select segments limit 1 as vertical",
        "select country, count() as customers from customers group by country order by customers desc limit 5 as chart",
        "select trunc(date, month) as month, sum(total) as revenue from orders where date = 2025 group by month as chart",
        "select trunc(date, month) as month, count() as orders, sum(total) as revenue from orders where date = 2025 group by month as chart",
      ]),
    StatementReference(
      "files", keywords: ["xlsx", "excel", "gzip", "zip", "recognition", "guests", "ids"],
      synopsis: """
        .csv .tsv .txt · .xlsx · Excel XML · .json .jsonl · any of them as .gz .zst .zip · '-' and pipes
        load 'file' as TABLE (COLUMN = 'header', …) · describe load · set guests = match
        """,
      summary: "which files segq reads, and what becomes of them",
      details: """
        segq judges all files together: first by name (`orders`, `sales_order_2024`), then by headers, \
        then by values. Files of one kind with the same columns are one table. A drill-down export of the \
        report is a segment with its members. Lines of orders give the tables `items` and `orders`. Any \
        other file is a table of its own name. If two readings are close, segq asks at a terminal; \
        elsewhere a note shows the `load … as …` to type. \
        Ids are whole numbers or texts. Rows are linked by id, else by email and website. Orders without a \
        customer id belong to nobody; `set guests = match` links them by email. \
        segq reads money, percentages, decimal commas and most ways to write a date. Placeholders such as \
        `n/a` become null. So does any other value that does not fit a column known to have numbers or \
        dates, such as amounts and `created_at`; segq reports these values, and their rows stay. \
        `describe TABLE` shows the evidence for each type, `describe load` what became of each file.
        """,
      examples: [
        ReferenceExample(volatile: "describe load"),
        "select id, zip, since from customers limit 3 to 'list.csv'; load 'list.csv' as list (id = 'ID'); describe list",
      ]),
    StatementReference(
      "prompt", keywords: ["keys", "tab", "completion", "live count", "colours"],
      synopsis: """
        Tab completes · Right takes the grey suggestion · Up and Down move, at the edges through the
        history · Ctrl-R searches it · Ctrl-X Ctrl-E opens $EDITOR · Alt-Enter begins a row
        Ctrl-C drops the text or stops what runs · Ctrl-Z pauses segq · Ctrl-D leaves
        """,
      summary: "what the prompt shows and which keys it knows",
      details: """
        What cannot be right is red: names that do not exist, quotes and brackets that nothing \
        closes. Below the text you see what it would find and the part of all, or the condition \
        that leaves nothing; `set live_count = off` ends that. Tab offers only what fits: values \
        with how many rows have them, segments with their sizes, files. Keys are those of \
        ~/.editrc; `bind -v` there makes them vi's. `set theme = light` is for light terminals; \
        NO_COLOR and --color never do without colours.
        """),
    StatementReference(
      "layout", keywords: ["adobe"],
      synopsis: "export … | drill … | select customers … | select segments …  layout adobe",
      summary: "the report as the Admin exports it",
      details: """
        It has the nine columns of the report, or the five of the grid, with their headers, countries \
        by name, and times as shown there, on the clocks of `timezone`. In csv and xml every byte is \
        as the Admin's: quotes at blanks, a blank before =, + and -, text of customers as HTML \
        (`O&#039;Brien`), and in xml one sheet in which ZIPs that do not begin with 0 are numbers. \
        That is for programs that take the Admin's exports; for all others leave it out. Columns \
        missing in the data stay empty, and a note names them. `load` reads such a CSV file back, without the HTML.
        """,
      examples: ["drill 1 where name contains '''' limit 3 as csv layout adobe"]),
    StatementReference(
      "adobe rules",
      keywords: ["conditions_serialized", "unknown_condition", "magento", "extracts"],
      synopsis: "conditions_serialized → RULE · unknown_condition('…')",
      summary: "what becomes of the conditions of Adobe's own segments",
      details: """
        An extract of magento_customersegment_segment brings its conditions, as JSON or as PHP wrote \
        them, and each becomes a rule that `describe 5` shows and `alter segment 5 as …` changes. They \
        mean what they mean there: a comma is a list, FALSE negates each condition, who has no orders \
        satisfies none on orders but = 0. A condition that segq does not know stays in its place as \
        unknown_condition('…'): the segment is unavailable until that is replaced. \
        docs/ADOBE-RULES.md has the whole table.
        """),
    StatementReference(
      "scripts", keywords: ["script", "newline", "comments", "blocks"],
      synopsis: """
        segq [options] [store] script.segq [name=value …] [argument …]
        segq [options] [store] - [name=value …] · segq [options] [store] -c 'TEXT' [name=value …]
        segq check [--json] [store] script.segq … · segq format [--check] script.segq …
        """,
      summary: "files of statements",
      details: """
        A statement ends at ; or at the end of its line. It goes on while a quote or ( [ is open, \
        after a comma, an operator or \\, and when the next line begins with from where and or \
        group having order limit offset sample as to with against layout else. -- and # begin a \
        comment. A script is parsed whole, and its names are looked up, before its first \
        statement runs. `-` is a script on standard input, whole; without it standard input runs \
        statement by statement as it comes.
        """),
  ]
}
