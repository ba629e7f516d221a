/// What the program says about its own language; feeds `help`, completion and the tests.
public struct StatementReference: Sendable {
  /// The word that `help` knows it by.
  public let name: String
  public let synopsis: String
  /// One line.
  public let summary: String
  public let details: String
  /// Statements that run on the demo store; a test runs each.
  public let examples: [String]

  /// The words that statements begin with.
  static let words: [String] = [
    "select", "drill", "deselect", "unselect", "refresh", "export", "overlap", "compare", "profile",
    "why", "drift", "growth", "create", "alter", "drop", "describe", "explain", "load", "open",
    "save", "undo", "forget", "source", "set", "param", "let", "for", "if", "echo", "assert",
    "watch", "history", "next", "prev", "page", "last", "edit", "help", "quit", "exit",
  ]

  public static func find(_ topic: String) -> StatementReference? {
    let wanted = topic.lowercased()
    return all.first { $0.name == wanted }
      ?? all.first { $0.name.split(separator: " ").contains { $0 == wanted } }
  }

  public static let all: [StatementReference] = statements + topics

  public static let statements: [StatementReference] = [
    StatementReference(
      name: "select",
      synopsis: """
        select TABLE [where C] [order by E [desc], …] [limit N [offset M]]
        select [distinct] E [as NAME], … from TABLE or SEGMENTS [where C]
          [group by E, …] [having C] [order by …] [limit …]
        """,
      summary: "show a table, chosen columns, or figures by group",
      details: """
        `select segments` is the report grid. A table shows its report columns; `describe TABLE` \
        lists all it has. Text compares without regard to case, a bare word behind a comparison \
        is a value, a short date is its whole period. Any query takes, last, `as FORMAT`, \
        `to 'file'` or `| command`.
        """,
      examples: [
        "select segments where status = active order by customers desc",
        "select customers where country = France and since >= 2024 limit 5",
        "select country, count() as n from customers group by country order by n desc limit 5",
        "select id, name, sum(orders.total) as spent from customers order by spent desc limit 3",
        "select count(), avg(total) from orders where date = last year",
      ]),
    StatementReference(
      name: "drill",
      synopsis: "drill SEGMENTS [where C] [order by …] [limit N [offset M]]",
      summary: "list the customers of segments",
      details: """
        SEGMENTS is an id, a name in quotes, `selected`, `all`, or several joined by + (in any), \
        & (in all, binds tighter) and - (in the first only), with parentheses.
        """,
      examples: [
        "drill 1 limit 5", "drill 1 & 2 where country = Germany limit 5",
        "drill (1 + 2) - 3 order by since desc limit 5",
      ]),
    StatementReference(
      name: "select all",
      synopsis: """
        select all | deselect all | select visible | unselect visible
        select SEGMENT, … | unselect SEGMENT, …
        """,
      summary: "tick segments in the grid's Select column",
      details: """
        `select all` ticks all rows of the last grid on all its pages, `select visible` the page \
        shown, instead of what was ticked before; `unselect visible` unticks that page only. \
        `selected` then stands for the ticked segments: `drill selected`.
        """,
      examples: ["select 1, 2", "select all", "unselect 1", "deselect all"]),
    StatementReference(
      name: "refresh",
      synopsis: "refresh SEGMENT, … | refresh selected | refresh stale | refresh all",
      summary: "evaluate the rules of segments and replace their members",
      details: """
        Reports customers, joined, left and time for each. By `selected`, `stale` and `all` a \
        segment without a rule is skipped. All named segments change together, or none does.
        """,
      examples: ["refresh 1", "refresh stale"]),
    StatementReference(
      name: "export",
      synopsis: """
        export SEGMENTS, … [where C] as FORMAT [to 'file']
        export segments as FORMAT [to 'file']
        """,
      summary: "write the customers of segments, or the grid, to a file",
      details: """
        Formats: csv, tsv, json, jsonl, markdown, table, vertical, xml (Excel XML). Without `to` \
        the file is named after the segment and never overwrites another; with `to` it replaces \
        the file in one step. Prints the path of each file written.
        """,
      examples: ["export 1 as csv to 'vip.csv'", "export segments as xml to 'grid.xml'"]),
    StatementReference(
      name: "describe",
      synopsis: "describe | describe TABLE | describe SEGMENT",
      summary: "say what tables there are, what a table has, what a segment is",
      details: "Nulls and distinct values are counted for each column of a table.",
      examples: ["describe", "describe customers", "describe 1"]),
    StatementReference(
      name: "load",
      synopsis: "load 'file or folder' [as TABLE] [append] [(column = 'header', …)]",
      summary: "read CSV files",
      details: """
        What a file holds is told by its name, else by its header. A table replaces the one of \
        the same name unless `append`.
        """,
      examples: []),
    StatementReference(
      name: "source", synopsis: "source 'file.segq'", summary: "run the statements of a file",
      details: "The path is relative to the file that says `source`.", examples: []),
    StatementReference(
      name: "set", synopsis: "set | set NAME | set NAME = VALUE",
      summary: "show or change settings",
      details: "`set` alone lists them all with their values.",
      examples: ["set", "set page_size = 10", "set timezone = 'Europe/Paris'"]),
    StatementReference(
      name: "echo", synopsis: "echo E, …", summary: "print a line",
      details: "Values stand side by side with a blank between them.",
      examples: ["echo 'done', 1 + 1"]),
    StatementReference(
      name: "assert", synopsis: "assert C [, 'message']",
      summary: "stop with exit code 3 unless something holds",
      details: "A function over a table covers the whole table: count(customers).",
      examples: ["assert count(customers) > 0, 'no customers'"]),
    StatementReference(
      name: "next", synopsis: "next | prev | page N", summary: "turn the pages of the last result",
      details: "On a terminal a result is shown a page at a time (`set page_size = 20`).",
      examples: []),
    StatementReference(
      name: "history", synopsis: "history", summary: "list what was typed", details: "",
      examples: []),
    StatementReference(
      name: "help", synopsis: "help [TOPIC]", summary: "explain a statement or a topic",
      details: "Topics are the statements' names, and: conditions, functions, dates, formats.",
      examples: ["help", "help drill"]),
    StatementReference(
      name: "quit", synopsis: "quit", summary: "leave",
      details: "So do `exit`, `\\q`, `.quit` and Ctrl-D.", examples: []),
  ]

  public static let topics: [StatementReference] = [
    StatementReference(
      name: "conditions",
      synopsis: """
        = != < <= > >= == · between A and B · in (…) · contains · starts with · ends with · like
        is null · is empty · and · or · not · in SEGMENTS · has SEGMENT
        """,
      summary: "what stands behind `where` and in rules",
      details: """
        `and` binds tighter than `or`. Text compares without regard to case; == is exact. \
        A comparison with null holds for nothing. `in 7` holds for the customers of segment 7, \
        `has 42` for the segments that customer 42 is in.
        """,
      examples: [
        "select customers where name contains 'o''' limit 3",
        "select customers where zip starts with 0 and not country = Germany limit 3",
        "select count() from customers where in 1 and count(orders where total > 100) >= 2",
      ]),
    StatementReference(
      name: "functions",
      synopsis: """
        count() count(distinct E) sum avg min max median
        count(orders where C) sum(orders.total where C) avg min max first last exists(orders where C)
        year quarter month week day weekday hour trunc(D, month) days_since(D)
        lower upper length trim domain(email) coalesce round(E, places) bucket(E, size) if(C, A, B)
        """,
      summary: "what can be computed",
      details: """
        Over a child table (`orders`, `items`) a function gives one value for each row, or for \
        each group of a grouped query. `count` and `sum` of nothing are 0, the others null.
        """,
      examples: [
        "select trunc(since, year) as year, count() as joined from customers group by year",
        "select domain(email) as d, count() as n from customers group by d order by n desc limit 3",
        "select id, last(orders.date) as latest from customers where exists(orders) limit 3",
      ]),
    StatementReference(
      name: "dates",
      synopsis: """
        2024-01-31 · 2024-01-31T10:00 · 2024-01 · 2024 · today · yesterday · now
        this|last day|week|month|quarter|year · -30d -6w -3m -1y · date + 7d
        """,
      summary: "how dates are written",
      details: """
        A short date is the whole period: `= 2024-01` is within January, `> 2024` from 2025 on. \
        Days begin and end in the time zone of `set timezone`.
        """,
      examples: ["select count() from orders where date between 2025-01 and 2025-03"]),
    StatementReference(
      name: "formats",
      synopsis: "csv · tsv · json · jsonl · markdown · table · vertical · xml",
      summary: "how results are written",
      details: """
        `as FORMAT` behind a query, `-F FORMAT` on the command line, `set format = …`, or the \
        ending of the file in `to 'file'`. On a terminal the default is table, elsewhere csv.
        """,
      examples: ["select segments as json", "select segments limit 1 as vertical"]),
  ]
}
