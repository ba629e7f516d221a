public import SegqLanguage
public import SegqRecords

/// What the variables of a session stand for: `$country`, `$s.id`, `$args`.
///
/// A variable stands for a literal as it would be typed in its place, so that `$month` may be a
/// whole period and `$zip` keeps its leading zero.
public struct Variables: Sendable {
  public indirect enum Value: Sendable, Hashable {
    case literal(Literal)
    /// `$args`
    case list([Literal])
    /// A row of a loop: names in lower case, in order.
    case row([(name: String, value: Value)])
    /// Known to be there, but not what it holds: what a script is checked with before it runs.
    case unknown(DataType?)

    public static func == (a: Value, b: Value) -> Bool { a.text == b.text }
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
  }

  private var values: [String: Value] = [:]

  /// While a script is checked: where names are set that are not known yet, `report.segq:3`.
  private var later: [String: String] = [:]

  public init() {}

  public subscript(name: String) -> Value? {
    get { values[name.lowercased()] }
    set { values[name.lowercased()] = newValue }
  }

  /// Says where a name will be set; the first place counts.
  public mutating func foresee(_ name: String, at place: String) {
    later[name.lowercased()] = later[name.lowercased()] ?? place
  }

  /// Forgets what was foreseen of a name, now that it is set.
  public mutating func meet(_ name: String) { later[name.lowercased()] = nil }

  public var names: [String] { values.keys.sorted() }

  /// What a name stands for; a column of it where it names one.
  public func value(of name: VariableName) throws(Diagnostic) -> Value {
    guard let value = self[name.name.text] else {
      throw BindingErrors.unknownVariable(
        name, known: names, later: later[name.name.text.lowercased()])
    }
    guard case .row(let fields) = value else {
      guard let field = name.field else { return value }
      if case .unknown(nil) = value { return value }
      throw BindingErrors.noField(name, field)
    }
    guard let field = name.field else {
      guard fields.count == 1 else { throw BindingErrors.severalFields(name, fields.map(\.name)) }
      return fields[0].value
    }
    guard let found = fields.first(where: { $0.name == field.text.lowercased() }) else {
      throw BindingErrors.unknownField(name, field, known: fields.map(\.name))
    }
    return found.value
  }

  /// The text that a template comes to, and what a shell command gets.
  public func text(of name: VariableName) throws(Diagnostic) -> String { try value(of: name).text }

  public func text(of template: Template) throws(Diagnostic) -> String {
    var result = ""
    for piece in template.pieces {
      switch piece {
      case .text(let text): result += text
      case .variable(let name): result += try text(of: name)
      }
    }
    return result
  }

  /// Whether the template's text is known before the script runs.
  public func isKnown(_ template: Template) -> Bool {
    template.variables.allSatisfy { name in
      guard let value = try? value(of: name), case .unknown = value else { return true }
      return false
    }
  }

  /// A number of rows: `limit $n`. While a script is checked an unknown one counts as 0.
  public func count(_ count: Count) throws(Diagnostic) -> Int {
    switch count.kind {
    case .number(let number): return number
    case .variable(let name):
      switch try value(of: name) {
      case .literal(.number(let digits)):
        if let number = Int(digits), number >= 0 { return number }
      case .unknown(.integer), .unknown(nil): return 0
      case .literal, .list, .row, .unknown: break
      }
      throw BindingErrors.notACount(name)
    }
  }
}

extension Variables.Value {
  /// As `echo` prints it and templates take it: texts without quotes, nothing for null.
  public var text: String {
    switch self {
    case .literal(.string(let text)): text
    case .literal(.null), .unknown: ""
    case .literal(.period(.time(let year, let month, let day, let hour, let minute, let second))):
      Period.day(year, month, day).text + " "
        + Period.time(year, month, day, hour: hour, minute: minute, second: second ?? 0).text
        .suffix(8)
    case .literal(let literal): literal.text
    case .list(let list): list.map { Variables.Value.literal($0).text }.joined(separator: " ")
    case .row(let fields): fields.map(\.value.text).joined(separator: " ")
    }
  }
}

extension Literal {
  /// The literal that stands for a value; a time is written on the clocks of `zone`.
  public init(_ value: Value, in zone: TimeZone) {
    switch value {
    case .null: self = .null
    case .integer(let number): self = .number(String(number))
    case .decimal(let decimal): self = .number(decimal.description)
    case .text(let text): self = .string(text)
    case .boolean(let bit): self = .boolean(bit)
    case .date(let days):
      let date = CivilDate(days: days)
      self = .period(.day(date.year, date.month, date.day))
    case .datetime(let seconds):
      let date = CivilDate(days: zone.day(of: seconds))
      let clock = Int(seconds + zone.offset(at: seconds) - date.days * 86_400)
      self = .period(
        .time(
          date.year, date.month, date.day, hour: clock / 3600, minute: clock / 60 % 60,
          second: clock % 60))
    }
  }
}

extension Variables {
  /// What stands for a name in a text that is kept, such as a rule.
  public func literals(of name: VariableName) throws(Diagnostic) -> [Literal] {
    switch try value(of: name) {
    case .literal(let literal): [literal]
    case .list(let list): list
    case .row, .unknown: throw BindingErrors.notAScalar(name)
    }
  }
}
