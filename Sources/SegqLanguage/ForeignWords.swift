/// What the words of other shells and languages are called here.
enum ForeignWords {
  /// By the first word of a statement.
  static let statements: [String: String] = {
    let groups: [([String], String)] = [
      (["show", "desc", "list", "ls", "tables"], "write 'describe', 'select segments' or 'set'"),
      (
        ["insert", "update", "delete", "truncate", "merge", "replace"],
        "data comes from files: load 'orders.csv' append; segments by create, alter, drop"
      ),
      (
        ["summarize", "summarise", "summary", "info", "columns", "schema", "pragma", "explore"],
        "write describe customers"
      ),
      (["head", "peek", "top"], "write select customers limit 5"),
      (["with"], "there are no common table expressions; use let x = (select …) or a segment"),
      (["from"], "the columns come first: select country, count() from customers group by country"),
      (["use", "connect", "attach"], "write 'open' for a workspace, 'load' for a folder of CSVs"),
      (
        ["begin", "commit", "rollback", "start"],
        "each statement is a step of its own; 'undo' takes back the last change of definitions"
      ),
      (["print", "say"], "write 'echo'"),
      (["include", "run", "exec", "execute", "call"], "write 'source' and the file in quotes"),
      (
        ["var", "declare", "const"], "write 'let x = …', or 'param x = …' for what a caller may set"
      ),
      (["foreach", "while", "loop"], "write for s in select id from segments { … }"),
      (["else"], "'else' stands behind the } of its 'if'"),
      (["elseif", "elif", "elsif"], "write } else if … { … }"),
      (["rename"], "write alter segment 5 rename to '…'"),
      (["count"], "write 'select count() from customers where …'"),
      (
        ["where", "group", "order", "limit", "having"],
        "this continues a statement: is there a ; before it, or nothing?"
      ),
      (["/"], "a comment begins with -- or #"),
      (["done", "end", "fi", "do", "then", "begin_block"], "blocks stand in { }"),
      (["\\set"], "write let country = 'FR', or set page_size = 50"),
      ([".mode"], "write set format = csv"),
      (["\\o", ".output", ".once"], "write to 'file.csv' at the end"),
      ([".headers", ".header"], "write set header = off"),
      (["\\c", "\\l"], "write 'open' for a workspace, 'load' for a folder of CSVs"),
      (["\\copy", ".import"], "write select … to 'file.csv', or load 'file.csv'"),
      (["copy"], "write select … to 'file.csv', or load 'file.csv'"),
      (["clear", "cls"], "Ctrl-L clears the screen"),
      (["bye", "logout", "q"], "write 'quit'"),
      (["segments", "customers", "orders", "items"], "write 'select' before it"),
    ]
    var all: [String: String] = [:]
    for (words, help) in groups {
      for word in words { all[word] = help }
    }
    return all
  }()

  /// Operators in words, and what they are here.
  static let operators: [String: String] = [
    "begins": "starts with", "equals": "=", "eq": "=", "includes": "contains", "has": "contains",
    "regexp": "matches", "rlike": "matches", "similar": "matches", "glob": "like", "div": "/",
    "mod": "x - bucket(x, n)", "doesnt": "not contains", "does": "not contains",
    "isnull": "is null",
    "notnull": "is not null", "xor": "and, or and not", "greater": ">", "less": "<", "more": ">",
    "after": ">", "before": "<", "since": ">=",
  ]

  /// What may stand behind `is` elsewhere.
  static let behindIs: [String: String] = [
    "distinct": "write != 'FR' or country is null", "one": "write in (FR, DE)",
    "in": "write in (FR, DE), or since >= -30d", "between": "write between 1 and 2",
    "like": "write like '%x%'", "true": "write = true", "false": "write = false",
    "greater": "write >", "less": "write <", "at": "write >= or <=", "after": "write >",
    "before": "write <", "blank": "write 'is empty'", "unknown": "write 'is null'",
  ]

  /// Clauses of other languages, behind a table.
  static let clauses: [String: String] = [
    "from": "one table stands behind 'from'", "into": "write to 'file.csv' at the end",
    "union": "queries are not joined; conditions are (by 'or'), and segments (by +)",
    "intersect": "queries are not joined; conditions are (by 'and'), and segments (by &)",
    "except": "queries are not joined; conditions are (by 'and not'), and segments (by -)",
    "qualify": "conditions on groups stand behind 'having'",
    "window": "there are no window functions; share() and rfm_recency may do",
    "over": "there are no window functions; nth(orders.date, 2), share() and rfm_recency may do",
    "filter": "write count(where total > 100); conditions on rows stand behind 'where'",
    "exclude": "name the columns that you want", "collate": "text sorts without regard to case",
    "at": "set timezone = 'UTC' is for all times",
    "fetch": "write 'limit 10'", "for": "leave it out",
    "using": "write 'sample 10' for some of the rows",
    "tablesample": "write 'sample 10' for some of the rows",
    "on": "there are no joins: customers.country, count(orders where …)",
    "pivot": "group by both columns", "during": "write where date = 2025-06",
  ]

  /// Units of time as they are spoken.
  static let units: [String: String] = [
    "day": "d", "days": "d", "week": "w", "weeks": "w", "month": "m", "months": "m", "year": "y",
    "years": "y",
  ]

  /// The digits of a month: `03` for `march` and `mar`.
  static func month(_ name: String) -> String? {
    let months = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september",
      "october", "november", "december",
    ]
    guard name.utf8.count >= 3, let place = months.firstIndex(where: { $0.hasPrefix(name) }) else {
      return nil
    }
    return place < 9 ? "0\(place + 1)" : "\(place + 1)"
  }

  static func help(for scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "@": "a variable is made by let country = 'FR', and written $country"
    case ":": "a variable is $name; text stands in quotes, also a time or a path: '…'"
    case "~": "write 'matches' for a regular expression, '~=' for text without its accents"
    case "^": "there is no power operator"
    case "?": "write $name for a variable, 'help' for help"
    case "$": "a variable has a name: $country"
    case "\\": "at the end of a line it joins the next one"
    case "‘", "’", "‚", "“", "”", "„", "«", "»", "´":
      "this is a typographic quote: text stands in ' or \""
    case "–", "—", "−", "‐", "‑": "this is a dash: write -"
    case "€", "£", "¥", "¢": "a number stands without its currency"
    case "×": "write *"
    case "÷": "write /"
    case "≥": "write >="
    case "≤": "write <="
    case "≠": "write !="
    case "\u{FEFF}", "\u{200B}", "\u{200E}", "\u{200F}", "\u{2060}":
      "it is an invisible one (U+\(String(scalar.value, radix: 16, uppercase: true))): delete it"
    default: "text stands in quotes: '…'"
    }
  }
}

/// Signs of other languages, of several characters; one that begins with another comes before it.
public enum ForeignSign: String, Sendable, Hashable, CaseIterable {
  case assign = ":="
  case cast = "::"
  case strictlyEqual = "==="
  case strictlyUnequal = "!=="
  case nullSafeEqual = "<=>"
  case greaterOrEqual = "=>"
  case lessOrEqual = "=<"
  case matches = "=~"
  case similarNot = "!~="
  case matchesNot = "!~"
  case power = "**"

  var help: String {
    switch self {
    case .assign: "write '='"
    case .cast: "there are no casts: values take the type of what they are compared with"
    case .strictlyEqual: "write '=', or '==' for text with regard to case"
    case .strictlyUnequal: "write '!='"
    case .nullSafeEqual: "write '=', or 'is null' for null"
    case .greaterOrEqual: "write '>='"
    case .lessOrEqual: "write '<='"
    case .matches: "write 'matches'"
    case .similarNot: "write not (a ~= b)"
    case .matchesNot: "write 'not matches'"
    case .power: "there is no power operator"
    }
  }
}
