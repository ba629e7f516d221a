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

  /// What was said of the set rows of `mask` alone, and false of the others.
  func spread(over mask: Bitmap) -> Truth {
    var (wide, wideUnknown) = (
      Bitmap(count: mask.count), unknown.map { _ in Bitmap(count: mask.count) }
    )
    var place = 0
    mask.forEachSet { row in
      if yes[place] { wide[row] = true }
      if let unknown, unknown[place] { wideUnknown?[row] = true }
      place += 1
    }
    return Truth(yes: wide, unknown: wideUnknown)
  }

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

  /// Where it is not false.
  var possible: Bitmap { unknown.map { yes | $0 } ?? yes }
}
