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
      (["else", "elseif", "elif"], "'else' stands behind the } of its 'if'"),
      (["count"], "write 'select count() from customers where …'"),
      (
        ["where", "group", "order", "limit", "having"],
        "this continues a statement: is there a ; before it, or nothing?"
      ),
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

  static let characters: [UInt8: String] = [
    UInt8(ascii: "@"): "an email stands in quotes: 'ann@example.com'",
    UInt8(ascii: ":"): "text stands in quotes, also a time or a path: '…'",
    UInt8(ascii: "~"): "write 'matches' for a regular expression, 'contains' for a piece of text",
    UInt8(ascii: "^"): "there is no power operator",
    UInt8(ascii: "?"): "write $name for a variable, 'help' for help",
    UInt8(ascii: "$"): "a variable has a name: $country",
    UInt8(ascii: "\\"): "at the end of a line it joins the next one",
  ]
}
