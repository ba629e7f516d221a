/// What a function takes and gives; feeds `help`, completion, messages and the reference page.
public struct FunctionReference: Sendable {
  public enum Group: String, Sendable, CaseIterable {
    case rows = "of many rows"
    case dates = "of dates"
    case texts = "of texts"
    case numbers = "of numbers"
    case choices = "of anything"
  }

  public let name: String
  /// `percentile(x, 95)`
  public let synopsis: String
  /// One line.
  public let summary: String
  public let group: Group

  init(_ group: Group, _ name: String, _ synopsis: String, _ summary: String) {
    self.group = group
    self.name = name
    self.synopsis = synopsis
    self.summary = summary
  }

  public static func find(_ name: String) -> FunctionReference? {
    let wanted = name.lowercased()
    return all.first { $0.name == wanted }
  }

  public static let all: [FunctionReference] = [
    FunctionReference(
      .rows, "count", "count(), count(x), count(distinct x), count(orders where …)",
      "how many rows, or how many values that are not null"),
    FunctionReference(
      .rows, "sum", "sum(x where …), sum(orders.total where …)", "added up, exactly"),
    FunctionReference(.rows, "avg", "avg(x where …)", "the mean, to 4 places"),
    FunctionReference(.rows, "min", "min(x where …)", "the least; of texts the first"),
    FunctionReference(.rows, "max", "max(x where …)", "the greatest; of texts the last"),
    FunctionReference(.rows, "median", "median(x where …)", "the middle value"),
    FunctionReference(
      .rows, "percentile", "percentile(x, 95)",
      "the value that so many per cent are not above, in proportion between two"),
    FunctionReference(
      .rows, "share", "share()",
      "the group's part of the rows that `where` left; without groups, the part that `where` left"),
    FunctionReference(
      .rows, "exists", "exists(orders where …)", "whether there is any such child row"),
    FunctionReference(
      .rows, "first", "first(orders.total where …)", "the value of the earliest child row"),
    FunctionReference(
      .rows, "last", "last(orders.total where …)", "the value of the latest child row"),
    FunctionReference(
      .rows, "nth", "nth(orders.date, 2)",
      "the value of the second child row by date; -1 is the last"),
    FunctionReference(.dates, "year", "year(date)", "the year"),
    FunctionReference(.dates, "quarter", "quarter(date)", "1 to 4"),
    FunctionReference(.dates, "month", "month(date)", "1 to 12"),
    FunctionReference(.dates, "week", "week(date)", "the ISO week of the year"),
    FunctionReference(.dates, "day", "day(date)", "the day of the month"),
    FunctionReference(.dates, "weekday", "weekday(date)", "1 is Monday, 7 Sunday"),
    FunctionReference(.dates, "hour", "hour(date)", "0 to 23, on the session's clock"),
    FunctionReference(
      .dates, "trunc", "trunc(date, day|week|month|quarter|year)", "the first day of the period"),
    FunctionReference(.dates, "days_since", "days_since(date)", "whole days up to today"),
    FunctionReference(.texts, "lower", "lower(text)", "in small letters"),
    FunctionReference(.texts, "upper", "upper(text)", "in capitals"),
    FunctionReference(
      .texts, "fold", "fold(text)",
      "without case and accents, as ~= compares: fold(name) contains 'andre'"),
    FunctionReference(.texts, "length", "length(text)", "how many characters"),
    FunctionReference(.texts, "trim", "trim(text)", "without blanks at both ends"),
    FunctionReference(.texts, "domain", "domain(email)", "the part after the @"),
    FunctionReference(
      .numbers, "round", "round(number), round(number, places)",
      "half away from zero; -2 is to hundreds"),
    FunctionReference(
      .numbers, "bucket", "bucket(number, size)",
      "the lower bound of its bucket: bucket(250, 100) is 200"),
    FunctionReference(.numbers, "abs", "abs(number)", "without its sign"),
    FunctionReference(.choices, "coalesce", "coalesce(a, b, …)", "the first that is not null"),
    FunctionReference(.choices, "if", "if(condition, then, else)", "one of two values"),
  ]
}
