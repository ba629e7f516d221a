/// The folded forms of scalars that stand for themselves, whatever stands beside them: Latin, Greek,
/// Cyrillic and their like, and scripts without case.
///
/// Made from ``TextFolding/appendByScalars(_:to:)`` when it is first needed. What combines with its
/// neighbours, such as an accent of its own, is not among them.
struct FoldingTable: Sendable {
  static let shared = Self()

  /// For each scalar of ``letters`` up to three bytes, the first the lowest, and their number above
  /// them; 0 where it has none.
  private let entries: [UInt32]

  private static let letters = [0x80...0x7FF, 0x1E00...0x1EFF]
  /// Punctuation, currencies, kana, Han and Hangul are their own folded forms.
  private static let caseless: [ClosedRange<UInt32>] = [
    0x2010...0x2027, 0x20A0...0x20C0, 0x3000...0x3029, 0x3041...0x3096, 0x30A1...0x30FA,
    0x4E00...0x9FFF, 0xAC00...0xD7A3,
  ]

  private init() {
    entries = Self.letters.joined().map { value in
      Unicode.Scalar(UInt32(value)).map(Self.entry) ?? 0
    }
  }

  private static func entry(_ scalar: Unicode.Scalar) -> UInt32 {
    guard isAlone(scalar) else { return 0 }
    let folded = String(scalar).uppercased().lowercased()
    guard folded.utf8.count <= 3, folded.unicodeScalars.allSatisfy(isAlone) else { return 0 }
    return folded.utf8.reversed().reduce(0) { $0 << 8 | UInt32($1) } | UInt32(folded.utf8.count)
      << 24
  }

  /// Whether the scalar never becomes one character with another that is so.
  private static func isAlone(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .format, .unassigned: false
    default: true
    }
  }

  /// Appends the folded form of the scalar that begins at `place`; how many bytes it takes. Nil if
  /// it has none.
  @inline(__always)
  func append(_ bytes: Span<UInt8>, at place: Int, to out: inout [UInt8]) -> Int? {
    let lead = bytes[place]
    guard place + 1 < bytes.count, bytes[place + 1] & 0xC0 == 0x80 else { return nil }
    let two = UInt32(lead & 0x1F) << 6 | UInt32(bytes[place + 1] & 0x3F)
    if lead >= 0xC2, lead < 0xE0 { return append(entries[Int(two) - 0x80], to: &out) ? 2 : nil }
    guard lead >= 0xE1, lead < 0xF0, place + 2 < bytes.count, bytes[place + 2] & 0xC0 == 0x80
    else { return nil }
    let scalar = (two & 0x3FF) << 6 | UInt32(bytes[place + 2] & 0x3F)
    if scalar >= 0x1E00, scalar <= 0x1EFF {
      return append(entries[Int(scalar) - 0x1E00 + 0x780], to: &out) ? 3 : nil
    }
    guard Self.isCaseless(scalar) else { return nil }
    for i in 0..<3 { out.append(bytes[place + i]) }
    return 3
  }

  @inline(__always)
  private func append(_ entry: UInt32, to out: inout [UInt8]) -> Bool {
    guard entry != 0 else { return false }
    var rest = entry
    for _ in 0..<entry >> 24 {
      out.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
    return true
  }

  private static func isCaseless(_ scalar: UInt32) -> Bool {
    caseless.contains { $0.contains(scalar) }
  }
}
