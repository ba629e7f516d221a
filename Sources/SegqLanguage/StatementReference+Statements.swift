extension StatementReference {
  public static let statements: [StatementReference] = [
    StatementReference(
      "select",
      keywords: [
        "from", "group by", "order by", "limit", "offset", "sample", "having", "distinct",
      ],
      synopsis: """
        select TABLE [where C] [order by E [desc], …] [limit N [offset M]] [sample N]
        select [distinct] E [[as] NAME], … from TABLE or SEGMENTS [where C]
          [group by E, …] [having C] [order by …] [limit …] [sample N]
        select E, …
        """,
      summary: "show a table, chosen columns, or figures by group",
      details: """
        `select segments` is the report grid. A table shows its report columns; `describe TABLE` \
        lists all it has. A bare word behind a comparison is a value, a short date its whole \
        period. Without `from` one row is computed. `sample N` chooses rows evenly, and the same \
        ones each time; `_` as a table is the last result. If nothing matches, a note names the \
        condition that removed the last rows and suggests the nearest value. Any query takes, last, \
        `as FORMAT`, `to 'file'` or `| command`. `select 3, 5` ticks segments; `select 3 as n` \
        computes.
        """,
      examples: [
        "select segments where status = active order by customers desc limit 5",
        "select id, name, email from customers where country = France and since >= 2024 limit 3",
        "select country, count() as n, share() as part from customers group by country order by n desc limit 5",
        "select id, name, sum(orders.total) as spent from customers order by spent desc limit 3",
        "select count(), avg(total) from orders where date = 2025",
        "select 1 + 1 as two",
      ]),
    StatementReference(
      "drill", keywords: ["joined", "left", "as of"],
      synopsis: """
        drill SEGMENTS [joined since D | left since D | as of D]
          [where C] [order by …] [limit N [offset M]] [sample N]
        """,
      summary: "list the customers of segments",
      details: """
        SEGMENTS is an id, a name in quotes, or several joined: see 'help segments'. \
        `as of D` are those who were in when D ended, `joined since D` those who are in and were not \
        before D began, `left since D` the other way round: from what refreshes changed, and for those \
        who joined also from when the file of members says they were added. A D before what is known \
        is an error that says from when on it is.
        """,
      examples: [
        "drill 1 limit 5", "drill 1 & 2 where country = Germany limit 5",
        "drill (1 + 2) - 3 order by since desc limit 5",
      ]),
    StatementReference(
      "select all", keywords: ["deselect", "unselect", "visible", "selected", "deselect all"],
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
      "refresh", keywords: ["stale", "freshness"],
      synopsis: "refresh SEGMENT, … | refresh selected | refresh stale | refresh all",
      summary: "evaluate the rules of segments and replace their members",
      details: """
        Reports customers, joined, left and time for each. By `selected`, `stale` (also the never \
        refreshed) and `all` a segment without a rule is skipped. All rules are asked of \
        the customers in one pass, after one for those that they name, and what several ask is \
        worked out once; the time is a segment's share of it. When it is interrupted, every segment \
        is as it was. A segment is stale when what \
        its rule reads was loaded later, when its definition changed, when its rule counts from today \
        (`-30d`, `this month`) and its members are of another day, and when it names or counts a \
        segment that is stale or has other members now, through any number of segments. Members are of \
        the day of their refresh; members from a file are of the last day on which one was added, else \
        of the newest row of the files loaded with them. `refresh stale` refreshes all of them, those \
        that others read first. A warning says when a rule uses a stale segment. With \
        `set auto_refresh = on`, segq refreshes what an answer uses before it answers. A segment of a \
        website is unavailable where customers do not tell their websites.
        """,
      examples: [
        ReferenceExample(volatile: "refresh 1"), ReferenceExample(volatile: "refresh stale"),
      ]),
    StatementReference(
      "export", keywords: ["to"],
      synopsis: """
        export SEGMENTS, … [where C] [order by …] [limit N] as FORMAT [to 'file'] [layout adobe]
        export segments [where C] [order by …] as FORMAT [to 'file'] [layout adobe]
        """,
      summary: "write the customers of segments, or the grid, to a file",
      details: """
        Formats: see 'help formats'. Without `to` the file is named after the segment and never \
        overwrites another; with `to` it replaces the file in one step, and `to 'file' append` adds \
        to it (see 'help formats'). Several segments make a \
        file each. Prints the path of each file written. `layout adobe` makes it the file that the \
        Admin exports: see 'help layout'.
        """,
      examples: ["export 1 as csv to 'vip.csv'", "export segments as xml to 'grid.xml'"]),
    StatementReference(
      "overlap", synopsis: "overlap SEGMENT, … | overlap all [where C] [order by …] [limit N]",
      summary: "count what each pair of segments shares",
      details: """
        A row for each pair: a, b, customers_a, customers_b, shared, jaccard (shared by either). \
        name_a and name_b can be asked for in `where` and `order by`. On a terminal, as long as \
        nothing is said of its rows, it is a square, the darker the more is shared.
        """,
      examples: [
        "overlap 1, 2, 5", "overlap 1, 2, 3, 4 where shared > 100 order by jaccard desc limit 3",
      ]),
    StatementReference(
      "compare", synopsis: "compare SEGMENTS with SEGMENTS",
      summary: "count who is only in one, in both, only in the other",
      details: "The part of each in all three is beside it.",
      examples: ["compare 1 with 2", "compare 1 + 2 with 5"]),
    StatementReference(
      "profile",
      synopsis: "profile SEGMENTS [by E, …] [against SEGMENTS] [where C] [order by …] [limit N]",
      summary: "say what is typical of a segment",
      details: """
        attribute, value, customers, share, base_share, lift, difference, p; the base is all \
        customers unless `against` says otherwise. Numbers and dates fall into five parts that hold \
        alike many of the base. `difference` is higher, lower, chance or too few: a test of the \
        members beside the rest of the base, at 5 % for the whole answer; p is corrected for all its \
        values. Without `by` the attributes that differ most come first (`strength`, Cramér's V), \
        each with the values that do.
        """,
      examples: [
        "profile 1 by country limit 5", "profile 1 where difference != chance limit 8",
        "profile 1 by count(orders), domain(email) against 2 where customers > 50",
      ]),
    StatementReference(
      "why", synopsis: "why CUSTOMER in SEGMENT",
      summary: "say why a customer is in a segment, or is not",
      details: """
        CUSTOMER is an id, or an email in quotes. The rule is shown as a tree: ✓ holds, ✗ does not, \
        ? is not known, each with the values that decided it; segments that it names are opened. The \
        first line says whether the stored members agree. `as json` nests the tree, other formats \
        have a row for each node.
        """,
      examples: ["why 12 in 1", "why 12 in 'Repeat buyers' as json"]),
    StatementReference(
      "drift", synopsis: "drift SEGMENT [where C] [order by …] [limit N]",
      summary: "compare stored members with what the rule gives now",
      details: """
        Who would join and who would leave at the next refresh: change (joins, leaves) and the \
        customers' columns. Nothing is changed by asking.
        """, examples: ["drift 3 limit 5", "drift 2 where change = joins and country = France"]),
    StatementReference(
      "growth", synopsis: "growth SEGMENT [where C] [order by …] [limit N]",
      summary: "show each refresh of a segment",
      details: """
        when, customers, joined, left, net; oldest first. A load that changes who is in is a row too. \
        Of members that were loaded it is not known who of them joined, so these are null; but where \
        the file of members says of each when they were added, and that is not the same for all, \
        there is a row for each such day. Kept is what changed, by customers' ids, so that it lasts \
        when customers are loaded anew.
        """, examples: ["growth 1"]),
    StatementReference(
      "create segment", keywords: ["replace", "rule"],
      synopsis: """
        create [or replace] segment 'NAME' [for 'WEBSITE', …] [inactive] [description '…'] as C
        """,
      summary: "define a segment by a rule",
      details: """
        It gets the next free id, and its members with the first refresh. The rule is any \
        condition on customers; it may ask for membership (`in 7`), but not so that the segment \
        depends on itself. Variables are replaced by what they stand for.
        """,
      examples: [
        "create segment 'Big French' for 'Main Website' as country = France and sum(orders.total) > 500"
      ]),
    StatementReference(
      "alter segment", keywords: ["rename"],
      synopsis: """
        alter segment SEGMENT rename to 'NAME'
        alter segment SEGMENT set status = active | inactive
        alter segment SEGMENT set website = 'WEBSITE', … | all
        alter segment SEGMENT set description = '…'
        alter segment SEGMENT as C
        """,
      summary: "change a segment's definition",
      details: """
        Its members stay until the next refresh, and the segment is stale until then. A segment \
        that other rules call by name is not renamed.
        """,
      examples: ["alter segment 2 rename to 'Regulars'", "alter segment 2 set status = inactive"]),
    StatementReference(
      "drop segment", synopsis: "drop segment SEGMENT, …",
      summary: "remove segments",
      details: "Refused where the rules of other segments use them; these are named.",
      examples: ["drop segment 3"]),
    StatementReference(
      "describe", keywords: ["tables", "columns"],
      synopsis: "describe | describe TABLE | describe SEGMENT | describe load",
      summary:
        "list the tables, the columns of a table, a segment's properties, or the loaded files",
      details: """
        Each column of a table has its type, the number of nulls and distinct values, its aliases, and \
        the evidence for its type, such as `date, day first, from 3 values above 12`. `describe load` has \
        a row for each file: the table it became and why, how many rows it has, how many are linked to a \
        row of another table and how many are not, how many were skipped, and notes.
        """,
      examples: [
        "describe", "describe orders", "describe 1", ReferenceExample(volatile: "describe load"),
      ]),
    StatementReference(
      "explain", keywords: ["analyze", "plan"],
      synopsis: "explain [analyze] STATEMENT [as json]",
      summary: "show how a statement is understood and carried out",
      details: """
        First the syntax, then the plan, from the result down to what is read, with the rows that \
        each step is thought to give. `analyze` runs it and adds the actual rows, time and memory.
        """,
      examples: [
        "explain select country, count() from customers where zip starts with 0 group by country",
        ReferenceExample(volatile: "explain analyze drill 1 where country = France limit 5"),
      ]),
    StatementReference(
      "load", keywords: ["append", "csv files"],
      synopsis: "load 'file or folder' [as TABLE] [append] [(COLUMN = 'header', …)]",
      summary: "read files: CSV, Excel, JSON, also packed",
      details: """
        segq recognises what a file holds by its name, its headers and its values; `help files` says how. \
        `as TABLE` and `(COLUMN = 'header')` decide it instead: \
        `load 'export.csv' as orders (customer = 'Client No')`. A workspace remembers that for the next \
        file with the same headers. `describe load` shows what became of each file. `load '-'` reads \
        standard input. \
        A table replaces the one of the same name. `append` adds its rows instead, as in \
        `load 'december.csv' as orders append`: columns are matched by name or alias, columns missing on \
        one side become null, and rows whose id already exists are skipped and reported. \
        Each load is one step. Tables linked to the new one are linked again, segments keep their \
        members, and those whose rule reads it become stale. A folder is another store: segq loads all \
        of it or nothing. \
        `append` also adds segments with new ids, and members to their segments. With a folder it adds \
        every file or none. A load that would skip most rows of a file is an error.
        """,
      examples: [
        "select customers limit 3 to 'few.csv'; load 'few.csv' as few; select count() from few"
      ]),
    StatementReference(
      "open", keywords: ["workspace", "segdb"], synopsis: "open 'store.segdb'",
      summary: "open a workspace",
      details: """
        It opens in milliseconds, however large it is, and every change from then on \
        is kept when its statement is done. A folder of CSVs or a file opens too. Any number of \
        programs may read a workspace; one changes it at a time.
        """),
    StatementReference(
      "save", keywords: ["session"],
      synopsis: "save | save 'store.segdb' | save session as 'file.segq'",
      summary: "keep the workspace, or the session as a script",
      details: """
        `save 'shop.segdb'` keeps tables, segments, members and settings in a workspace, which is \
        open from then on; one of that name is replaced in one step. With a workspace open nothing \
        is left to save. `save session` writes the statements of this run that went well, as a \
        script that can be run again. Who leaves the prompt with segments that are in memory only \
        is warned once.
        """),
    StatementReference(
      "undo", synopsis: "undo", summary: "take back the last change of definitions",
      details: """
        That is the last `create`, `alter` or `drop`; again, the one before it. A workspace keeps the \
        last fifty, also when it is closed and opened again. A dropped segment comes back with its \
        members and its growth. Members that a refresh has found since stay. `load`, `refresh` and \
        `forget` can't be undone. Loading a folder and `forget` begin anew: nothing before them can \
        be undone either.
        """),
    StatementReference(
      "forget", keywords: ["gdpr"], synopsis: "forget customer CUSTOMER",
      summary: "remove one customer everywhere",
      details: """
        CUSTOMER is an id, or an email in quotes. Rows of every table and membership go: what is linked to \
        the customer, and what names it by its id in `customer` or `customer_id` or by its email alone \
        in any text. What is left of the workspace is written anew, so that no file of it holds a byte \
        of them. Texts that have the email among other words are reported, not changed. It can't be undone.
        """),
    StatementReference(
      "source", keywords: ["include"], synopsis: "source 'file.segq' [NAME=VALUE …]",
      summary: "run the statements of a file",
      details:
        """
        The path is relative to the file that says `source`. The file sees and sets the same variables. \
        NAME=VALUE sets a `param` of the file; a bare word is a text: source 'report.segq' country=FR. \
        `$script_dir` is the folder of the file that runs, else the working folder.
        """
    ),
    StatementReference(
      "set", keywords: ["settings"], synopsis: "set | set NAME | set NAME = VALUE",
      summary: "show or change settings",
      details: """
        `set` alone lists them all with their values. Two settings are about files. `date_order` says \
        whether 3/4/2024 is a day in March or in April; `auto` decides by the values of the column. \
        `guests = match` links orders without a customer id to the customer with their email, and makes \
        the rules that read orders stale. `memory_limit = 2GB` stops a statement or a load that would \
        bring segq to take more, and leaves all as it was; `auto` is four fifths of what the machine or \
        its cgroup has, `off` no limit. A workspace keeps its settings.
        """,
      examples: [
        "set", "set page_size = 10", "set timezone = 'Europe/Paris'", "set memory_limit = 2GB",
        "set guests = match; select count() from orders where customers.id is null",
      ]),
    StatementReference(
      "param", keywords: ["parameters", "args"], synopsis: "param NAME [= DEFAULT]",
      summary: "declare what the caller of a script may set",
      details: """
        Set it after the script: segq store report.segq country=DE. The same goes with `-c`, \
        standard input and `source`. A default makes it \
        optional and gives its type. All other words are in `$args`.
        """,
      examples: ["param country = 'FR'"]),
    StatementReference(
      "let", keywords: ["variables", "$"], synopsis: "let NAME = E",
      summary: "give a value a name",
      details: """
        `$NAME` stands for it from then on, also in texts ('${NAME}.csv'), shell commands \
        (| gzip > ${NAME}.gz, where the shell runs nothing of it), `limit $NAME` and \
        `drill $NAME`. A value that is written out stays as it is written: \
        `let m = 2024-01` is the whole month.
        """,
      examples: ["let m = 2025-06; select count() from orders where date = $m"]),
    StatementReference(
      "for", keywords: ["loop"],
      synopsis: """
        for NAME in select … { STATEMENTS }
        for NAME in (VALUE, …) { STATEMENTS }
        for NAME in $args { STATEMENTS }
        """,
      summary: "run statements for each row or value",
      details: "`$NAME.column` is a column of the row; `$NAME` alone where there is only one.",
      examples: [
        "for s in select id, segment from segments limit 2 { echo $s.id, '${s.segment}' }",
        "for c in (FR, DE) { select count() as n from customers where country = $c }",
      ]),
    StatementReference(
      "if", keywords: ["else"], synopsis: "if C { STATEMENTS } [else if C { … }] [else { … }]",
      summary: "run statements where something holds",
      details: "What is unknown does not hold.",
      examples: ["if count(customers) > 100 { echo 'many' } else { echo 'few' }"]),
    StatementReference(
      "echo", synopsis: "echo E, …", summary: "print a line",
      details: "Values stand side by side with a blank between them.",
      examples: ["echo 'done', 1 + 1"]),
    StatementReference(
      "assert", synopsis: "assert C [, 'message']",
      summary: "stop with exit code 3 unless something holds",
      details: "A function over a table covers the whole table: count(customers).",
      examples: ["assert count(customers) > 0, 'no customers'"]),
    StatementReference(
      "watch", synopsis: "watch 5s STATEMENT", summary: "run a statement again and again",
      details: """
        Waits so long between two runs: 5s, 10m (minutes), 1h. Ctrl-C ends it, and so does a mistake.
        """),
    StatementReference(
      "next", keywords: ["prev", "page", "pages"], synopsis: "next | prev | page N",
      summary: "turn the pages of the last result",
      details: """
        On a terminal a result is shown a page at a time (`set page_size = 20`). `set pager = on` \
        sends it whole to $PAGER instead; `\\x` writes a line a value and back again, `\\x on` and \
        `\\x off` as they say, `\\x auto` only where a table would be wider than the terminal \
        (`set wide = vertical`).
        """),
    StatementReference(
      "last", keywords: ["_"], synopsis: "last",
      summary: "show the last result, whole",
      details: "In queries `_` is the last result as a table: select count() from _."),
    StatementReference(
      "edit", synopsis: "edit | edit 'file'",
      summary: "open the last statement in $EDITOR, and run it",
      details: """
        With a file, only that file is opened. Ctrl-X Ctrl-E opens what is being typed.
        """),
    StatementReference(
      "history", synopsis: "history", summary: "list what was typed",
      details: """
        What begins with a blank is not kept, nor is what holds a password (`pwd=…`, \
        `https://name:password@…`).
        """),
    StatementReference(
      "help", synopsis: "help [TOPIC]",
      summary: "explain a statement, a function, a setting or a topic",
      details: "The nearest topic is shown where the word is not quite one.",
      examples: ["help drift"]),
    StatementReference(
      "quit", keywords: ["exit"], synopsis: "quit", summary: "leave",
      details: "So do `exit`, `\\q`, `.quit` and Ctrl-D."),
  ]
}
