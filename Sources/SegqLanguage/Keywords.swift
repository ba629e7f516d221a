/// The words that the grammar knows, by what they do: for editors that colour scripts.
///
/// None of them is reserved. The parser asks for each by name; a test sees to it that it asks for
/// none that is missing here.
public enum Keywords {
  /// What statements begin with.
  public static let statements = StatementReference.words

  /// What begins a part of a statement, or joins its parts.
  public static let clauses =
    Set(Clause.allCases.flatMap { [$0.words.0] + ($0.words.1.map { [$0] } ?? []) })
    .union([
      "from", "distinct", "asc", "ascending", "desc", "descending", "with", "against", "by", "for",
      "in", "else", "joined",
      "left", "since", "of", "session", "segment", "segments", "customer", "replace", "inactive",
      "active", "description", "rename", "status", "website", "append", "analyze", "stale",
    ]).sorted()

  /// What stands between values.
  public static let operators = [
    "and", "between", "contains", "empty", "ends", "except", "exists", "has", "intersect",
    "intersection", "is", "like", "matches", "not", "or", "starts", "union",
  ]

  public static let constants = [
    "all", "day", "false", "last", "month", "now", "null", "quarter", "selected", "this", "today",
    "true", "visible", "week", "year", "yesterday",
  ]

  public static let all = Set(statements + clauses + operators + constants)
}
