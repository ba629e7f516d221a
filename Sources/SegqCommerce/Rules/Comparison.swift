import SegqRecords

/// A column beside a value, under one of Adobe's operators.
struct Comparison {
  enum Kind {
    /// What people write. MySQL's collation compares it without regard to case and accents.
    case text
    /// A code or a word of Adobe's own: `complete`, `US`.
    case code
    case number
    case date
    /// Several values in one text, with commas between them: `3,17`.
    case set
  }

  let column: String
  let kind: Kind

  /// Nil where the operator or the value means nothing for what is compared.
  func rule(_ condition: String?, _ values: [String]) -> RuleText? {
    guard let condition, !values.isEmpty else { return nil }
    switch condition {
    case "[]", "![]": return members(values, isNegated: condition == "![]")
    case "()", "!()":
      return kind == .set
        ? anyMember(values, isNegated: condition == "!()")
        : equal(values, isNegated: condition == "!()")
    case "==":
      return kind == .set ? anyMember(values, isNegated: false) : equal(values, isNegated: false)
    case "!=":
      return kind == .set ? anyMember(values, isNegated: true) : equal(values, isNegated: true)
    case "{}", "!{}":
      if kind == .set { return anyMember(values, isNegated: condition == "!{}") }
      let word = condition == "{}" ? "contains" : "not contains"
      let text = kind == .text ? "fold(\(column))" : column
      return .joined(
        values.map { unknowable("\(text) \(word) \(RuleText.quoted($0))") }, any: false)
    case ">=", ">", "<=", "<":
      guard values.count == 1, let value = literal(values[0]) else { return nil }
      return unknowable("\(column) \(condition) \(value)")
    default: return nil
    }
  }

  /// One value, or one of several.
  private func equal(_ values: [String], isNegated: Bool) -> RuleText? {
    var literals: [String] = []
    for value in values {
      guard let literal = literal(value) else { return nil }
      literals.append(literal)
    }
    if kind == .text { return similar(literals, isNegated: isNegated) }
    guard literals.count > 1 else {
      return unknowable("\(column) \(isNegated ? "!=" : "=") \(literals[0])")
    }
    let list = literals.joined(separator: ", ")
    return unknowable("\(column) \(isNegated ? "not in" : "in") (\(list))")
  }

  /// The same as a collation sees it: `firstname ~= 'Andre'` holds of André.
  private func similar(_ literals: [String], isNegated: Bool) -> RuleText {
    let any = RuleText.joined(literals.map { unknowable("\(column) ~= \($0)") }, any: true)
    return isNegated ? unknowable("not (\(any.text))") : any
  }

  /// All of the values are among those of the column, or none of them is.
  private func members(_ values: [String], isNegated: Bool) -> RuleText {
    .joined(values.map { member($0, isNegated) }, any: false)
  }

  /// Any of the values is among those of the column, or none of them is.
  private func anyMember(_ values: [String], isNegated: Bool) -> RuleText {
    .joined(values.map { member($0, isNegated) }, any: !isNegated)
  }

  private func member(_ value: String, _ isNegated: Bool) -> RuleText {
    let wanted = RuleText.quoted(",\(value),")
    return unknowable(
      "',' || \(column) || ',' \(isNegated ? "not contains" : "contains") \(wanted)")
  }

  private func unknowable(_ text: String) -> RuleText { RuleText(text: text, mayBeUnknown: true) }

  private func literal(_ text: String) -> String? {
    switch kind {
    case .text, .code, .set: RuleText.quoted(text)
    case .number: Self.number(text)
    case .date: Self.date(text)
    }
  }

  /// `100.5000` as `100.5`; nil for what is no number, or finer than four places.
  static func number(_ text: String) -> String? {
    let isNegative = text.hasPrefix("-")
    let parts = text.dropFirst(isNegative ? 1 : 0)
      .split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let areDigits = parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    guard areDigits, let whole = parts.first, !whole.isEmpty, whole.utf8.count <= 14 else {
      return nil
    }
    var fraction = parts.count > 1 ? String(parts[1]) : ""
    while fraction.hasSuffix("0") { fraction.removeLast() }
    guard fraction.utf8.count <= 4 else { return nil }
    let digits = whole.drop { $0 == "0" }
    return (isNegative ? "-" : "") + (digits.isEmpty ? "0" : digits)
      + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// `2024-01-31`, also with a midnight behind it, which one version of Adobe Commerce appends; nil
  /// for what is no day or time.
  static func date(_ text: String) -> String? {
    let parts = text.split { $0 == " " || $0 == "T" }
    guard let day = parts.first, isDay(day), parts.count <= 2 else { return nil }
    let written = String(day)
    guard parts.count == 2, parts[1] != "00:00:00", parts[1] != "00:00" else { return written }
    let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
    let numbers = clock.compactMap { $0.utf8.count == 2 ? Int($0) : nil }
    guard (2...3).contains(clock.count), numbers.count == clock.count,
      (0..<24).contains(numbers[0]),
      numbers.dropFirst().allSatisfy({ (0..<60).contains($0) })
    else { return nil }
    return written + "T" + parts[1]
  }

  private static func isDay(_ text: Substring) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
    }
    guard parts.map(\.utf8.count) == [4, 2, 2], numbers.count == 3 else { return false }
    return CivilDate(validYear: numbers[0], month: numbers[1], day: numbers[2]) != nil
  }
}
