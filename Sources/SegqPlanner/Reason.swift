import SegqEngine
import SegqLanguage
import SegqRecords

/// One node of the tree by which `why` answers:
///
/// ```
/// ✗ segment 5 'Big French': no member as loaded, and the rule agrees
/// └─ ✗ all of these
///    ├─ ✓ country = France
///    └─ ✗ count(orders) = 2, needs ≥ 3
/// ```
struct Reason {
  /// As the rule writes it: `count(orders) >= 3`
  var condition: String
  /// Nil: unknown, as a value is null or the data is not there.
  var holds: Bool?
  /// A sentence with the values that decided it; nil where the nodes below do.
  var values: String?
  var children: [Reason] = []
  /// It can't be told at all, as data is missing or the rule is wrong: no refresh can run it.
  var isBroken = false
  /// What is stored decides, not the nodes below.
  var isStored = false
}

extension Reason {
  /// Whether this node or one below it can't be told; a segment below has its stored members.
  var cannotRun: Bool { isBroken || !isStored && children.contains(where: \.cannotRun) }

  static let fields = [
    Field(name: "level", header: "level", type: .integer),
    Field(name: "condition", header: "condition", type: .text),
    Field(name: "holds", header: "holds", type: .boolean),
    Field(name: "values", header: "values", type: .text),
  ]

  static func broken(_ condition: String, _ error: Diagnostic) -> Reason {
    Reason(condition: condition, values: "\(condition): \(error.message)", isBroken: true)
  }

  /// A row for each node, each before those below it, which are one level deeper.
  func rows(level: Int = 0) -> [[Value]] {
    let own: [Value] = [
      .integer(Int64(level)), .text(condition), holds.map { .boolean($0) } ?? .null,
      values.map { .text($0) } ?? .null,
    ]
    return [own] + children.flatMap { $0.rows(level: level + 1) }
  }
}

extension Bool? {
  /// What `and` says of three values: false where one is, else unknown where one is.
  static func all(_ parts: [Bool?]) -> Bool? {
    parts.contains(false) ? false : parts.contains(nil) ? nil : true
  }

  /// What `or` says.
  static func any(_ parts: [Bool?]) -> Bool? {
    parts.contains(true) ? true : parts.contains(nil) ? nil : false
  }

  static prefix func ! (value: Bool?) -> Bool? { value.map { !$0 } }
}
