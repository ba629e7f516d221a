import SegqEngine
import SegqLanguage
import SegqRecords

/// The sentences for names and types that do not fit.
enum BindingErrors {
  static func unknownCondition(_ condition: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "unknown-condition", "segq does not know the condition '\(condition)'", at: span,
      help: "put what it means in its place: alter segment … as …")
  }

  static func unknownTable(_ name: Identifier, known: [String]) -> Diagnostic {
    let nearest = Suggestion.nearest(to: name.text, in: known)
    return Diagnostic(
      code: "unknown-table", "there is no table '\(name.text)'", at: name.span,
      help: nearest.map { "did you mean '\($0)'?" } ?? ForeignFunctions.help[name.text.lowercased()]
        ?? (known.count <= 1
          ? "nothing is loaded: name a store on the command line, or 'load' a folder of CSVs"
          : "there are \(known.joined(separator: ", "))"))
  }

  static func unknownColumn(
    _ name: String, of table: String, at span: SourceSpan, known: [String]
  ) -> Diagnostic {
    let nearest = Suggestion.nearest(to: name, in: known)
    return Diagnostic(
      code: "unknown-column", "\(table) has no column '\(name)'", at: span,
      help: nearest.map { "did you mean '\($0)'?" } ?? "'describe \(table)' lists its columns")
  }

  static func unrelatedTable(_ name: Identifier, to table: String) -> Diagnostic {
    Diagnostic(
      code: "unrelated-table", "\(name.text) is not linked to \(table)", at: name.span,
      help: "it has no column with their ids; 'describe \(name.text)' lists those it has")
  }

  static func columnOfChild(
    _ name: String, of table: String, _ child: String, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      code: "unknown-column", "\(table) has no column '\(name)', but \(child) has", at: span,
      help: "say which of many: max(\(child).\(name)), last(\(child).\(name)), "
        + "exists(\(child) where \(name) = …)")
  }

  static func childColumn(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "many-values", "'\(name)' has many values for each row here", at: span,
      help: "say which: sum(\(name)), max(\(name)), last(\(name)), count(… where …)")
  }

  static func childTable(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "many-values", "'\(name)' is a table, not a value", at: span,
      help: "write count(\(name)) or exists(\(name))")
  }

  static func unknownVariable(
    _ name: VariableName, known all: [String], later: String?
  ) -> Diagnostic {
    let known = all.filter { $0 != "args" && $0 != "script_dir" }
    return Diagnostic(
      code: "unknown-variable", "there is no variable '$\(name.name.text)'", at: name.span,
      help: later.map { "it is set later, in \($0): that has to come first" }
        ?? Suggestion.nearest(to: name.name.text, in: known).map { "did you mean '$\($0)'?" }
        ?? (known.isEmpty
          ? "set it before: let \(name.name.text) = 'FR'; in a script: param \(name.name.text) = 'FR'"
          : "there are \(known.map { "$" + $0 }.joined(separator: ", "))"))
  }

  /// `count(segments where website = website)`: inner names come first.
  static func ownColumnForList(
    _ name: String, _ parent: Table?, at span: SourceSpan
  ) -> Diagnostic {
    let quoted = "a text stands in quotes: '\(name)'"
    let other = parent.flatMap { $0.column(named: name) == nil ? nil : "\($0.name).\(name)" }
    return Diagnostic(
      code: "own-column", "'\(name)' is a column of the segment itself here", at: span,
      help: other.map { "the customer's is \($0); \(quoted)" } ?? quoted)
  }

  /// `total in (1,000, 2,000)`
  static func commaInList(_ number: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "foreign-form", "numbers have no commas", at: span,
      help: "write \(number); between two values put a blank behind the comma")
  }

  static func noField(_ name: VariableName, _ field: Identifier) -> Diagnostic {
    Diagnostic(
      code: "unknown-variable", "'$\(name.name.text)' is a single value and has no '\(field.text)'",
      at: name.span, help: "in a text write ${\(name.name.text)} before a dot")
  }

  static func severalFields(_ name: VariableName, _ fields: [String]) -> Diagnostic {
    Diagnostic(
      code: "unknown-variable", "'$\(name.name.text)' is a row of several columns", at: name.span,
      help: "say which: \(fields.map { "$\(name.name.text).\($0)" }.joined(separator: ", "))")
  }

  static func unknownField(
    _ name: VariableName, _ field: Identifier, known: [String]
  ) -> Diagnostic {
    Diagnostic(
      code: "unknown-variable", "the rows of '$\(name.name.text)' have no column '\(field.text)'",
      at: name.span,
      help: Suggestion.nearest(to: field.text, in: known).map {
        "did you mean '$\(name.name.text).\($0)'?"
      } ?? "they have \(known.joined(separator: ", "))")
  }

  static func notACount(_ name: VariableName) -> Diagnostic {
    Diagnostic(
      code: "wrong-value", "a number of rows is wanted here, and '$\(name.text)' is none",
      at: name.span)
  }

  static func notAScalar(_ name: VariableName) -> Diagnostic {
    Diagnostic(
      code: "wrong-value", "'$\(name.text)' is a list, and one value is wanted here",
      at: name.span,
      help: "write 'in ($\(name.text))', or go through it: for x in $\(name.text) { … }")
  }

  static func wrongArguments(_ form: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "wrong-arguments", "these are not the arguments that it takes", at: span,
      help: "it is written \(form)")
  }

  static func notACondition(_ type: DataType, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "not-a-condition", "a condition is wanted here, and this is \(type.withArticle)",
      at: span, help: "compare it with something: … = …, … is not null")
  }

  /// `"country" = 'FR'`, as SQL quotes names.
  static func quotedColumn(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .warning, code: "quoted-column",
      "this is the text '\(name)', not the column", at: span,
      help: "names stand without quotes, or in backquotes: `\(name)`")
  }

  static func comparedWithNull(_ isNegated: Bool, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .warning, code: "compared-with-null", "nothing compares with null, so this never holds",
      at: span, help: isNegated ? "write 'is not null'" : "write 'is null'")
  }

  static func wrongType(
    _ what: String, is type: DataType, wanted: String, at span: SourceSpan, help: String? = nil
  ) -> Diagnostic {
    // A text that was written out has quotes of its own.
    let shown = what.hasPrefix("''") && what.count > 2 ? String(what.dropFirst().dropLast()) : what
    return Diagnostic(
      code: "wrong-type", "\(wanted) is wanted here, and \(shown) is \(type.withArticle)", at: span,
      help: help)
  }

  static func wrongValue(
    _ value: String, for type: DataType, column: String, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      code: "wrong-value", "\(column) is \(type.withArticle), and '\(value)' is not", at: span,
      help: ForeignFunctions.help[value.lowercased()]
        ?? (type.isNumeric ? NumberSuffix.plain(value).map { "write \($0)" } : nil)
        ?? (type.isTemporal ? ForeignDates.help(for: value) : nil)
        ?? (type.isTemporal ? "dates are written 2024-01-31, 2024-01, 2024 or -30d" : nil))
  }

  static func notGrouped(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "not-grouped", "'\(name)' has many values for each group", at: span,
      help: "add it to 'group by', or say which: min(\(name)), max(\(name))")
  }

  static func hiddenColumn(_ name: Identifier, of table: String) -> Diagnostic {
    Diagnostic(
      .note, code: "hidden-column",
      "'\(name.text)' means the name given by 'as', and hides the column of \(table)",
      at: name.span,
      help: "write \(table).\(name.text) for the column")
  }

  static func misplacedAggregate(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "misplaced-aggregate", "'\(name)' is over many rows, and here each row stands alone",
      at: span,
      help: "behind 'group by' it may stand in the select list, 'having' and 'order by'")
  }
}

extension Diagnostic {
  /// The same with a better way out, where there is one.
  func helped(_ help: String?) -> Diagnostic {
    guard let help else { return self }
    var helped = self
    helped.help = help
    return helped
  }
}

extension BindingErrors {
  static func percentileOutOfRange(at span: SourceSpan) -> Diagnostic {
    Diagnostic(code: "wrong-value", "percentiles go from 0 to 100", at: span)
  }

  /// `if(c, 'a', 0)`
  static func mixedTypes(
    _ function: String, _ a: DataType, _ b: DataType, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      code: "wrong-type",
      "the values of '\(function)' are of one type, and these are \(a.withArticle) and "
        + b.withArticle, at: span)
  }

  static func severalRows(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "one-value", "one value is wanted here, and this has several rows", at: span,
      help: "take one: max(…), count(), or 'limit 1'")
  }

  /// `count(orders.total > 100)`
  static func countedCondition(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .warning, code: "counted-condition", "this counts what is false too", at: span,
      help: "write the condition behind 'where': count(orders where total > 100)")
  }

  static func emptyList(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .warning, code: "empty-list", "nothing is in an empty list, so this never holds", at: span)
  }
}

extension DataType {
  /// `a whole number`
  var withArticle: String {
    switch self {
    case .integer: "a whole number"
    case .decimal: "a number"
    case .text: "a text"
    case .date: "a date"
    case .datetime: "a time"
    case .boolean: "a yes or no"
    }
  }
}
