import SegqLanguage

/// A condition in the language, as far as it is written.
struct RuleText {
  enum Form {
    case single
    case and
    case or
  }

  let text: String
  var form = Form.single
  /// It may be neither true nor false: something that it compares may be null.
  var mayBeUnknown = false

  /// Holds for everyone.
  static let everyone = RuleText(text: "true")

  var isEveryone: Bool { text == Self.everyone.text }

  /// What nobody can say in the language; refused with its text until it is replaced.
  static func unknown(_ what: String) -> RuleText {
    RuleText(text: "\(Call.placeholder)(\(quoted(what)))")
  }

  static func quoted(_ text: String) -> String { Literal.string(text).text }

  private var bracketed: String { form == .single ? text : "(\(text))" }

  /// All of the conditions, or any; none of them hold for everyone.
  static func joined(_ parts: [RuleText], any isAny: Bool) -> RuleText {
    let kept = isAny ? parts : parts.filter { !$0.isEveryone }
    guard !kept.isEmpty, !(isAny && parts.contains { $0.isEveryone }) else { return .everyone }
    guard kept.count > 1 else { return kept[0] }
    let form = isAny ? Form.or : .and
    // `and` binds tighter than `or`, but not every reader knows.
    let texts = kept.map { $0.form == form ? $0.text : $0.bracketed }
    return RuleText(
      text: texts.joined(separator: isAny ? " or " : " and "), form: form,
      mayBeUnknown: kept.contains(where: \.mayBeUnknown))
  }

  /// Holds where the condition does not, also where that is unknown: a leaf of Adobe's is true or not.
  var negated: RuleText {
    RuleText(text: mayBeUnknown ? "not coalesce(\(text), false)" : "not \(bracketed)")
  }

  /// `count(orders where …)`, `exists(addresses)`
  static func call(_ function: String, _ argument: String, where filter: RuleText) -> String {
    filter.isEveryone
      ? "\(function)(\(argument))" : "\(function)(\(argument) where \(filter.text))"
  }

  static func exists(_ table: String, where filter: RuleText) -> RuleText {
    RuleText(text: call("exists", table, where: filter))
  }
}
