import SegqRecords

/// What a condition says of each row: true, false or unknown (SQL's three values).
struct Truth {
  var yes: Bitmap
  /// Nil where nothing is unknown. Never overlaps ``yes``.
  var unknown: Bitmap?

  init(yes: Bitmap, unknown: Bitmap? = nil) {
    self.yes = unknown.map { yes - $0 } ?? yes
    self.unknown = unknown
  }

  init(count: Int, all value: Bool) { self.init(yes: Bitmap(count: count, filledWith: value)) }

  /// Without the first so many rows.
  func dropping(first count: Int) -> Truth {
    let rest = count..<yes.count
    return Truth(yes: yes.slice(rest), unknown: unknown?.slice(rest))
  }

  static prefix func ! (a: Truth) -> Truth {
    guard let unknown = a.unknown else { return Truth(yes: ~a.yes) }
    return Truth(yes: ~(a.yes | unknown), unknown: unknown)
  }

  static func && (a: Truth, b: Truth) -> Truth {
    let yes = a.yes & b.yes
    guard a.unknown != nil || b.unknown != nil else { return Truth(yes: yes) }
    // Unknown unless one side is false.
    return Truth(yes: yes, unknown: (a.possible & b.possible) - yes)
  }

  static func || (a: Truth, b: Truth) -> Truth {
    let yes = a.yes | b.yes
    guard a.unknown != nil || b.unknown != nil else { return Truth(yes: yes) }
    return Truth(yes: yes, unknown: (a.possible | b.possible) - yes)
  }

  private var possible: Bitmap { unknown.map { yes | $0 } ?? yes }
}
