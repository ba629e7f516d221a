/// How a file is written: its mark, its delimiter.
enum CSVDialect {
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The delimiter that the first line has most of, outside quotes; nil where the line does not end
  /// in these bytes.
  static func delimiter(of bytes: ArraySlice<UInt8>, isWhole: Bool) -> UInt8? {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    var ends = isWhole
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        ends = true
        break
      }
      counts[byte, default: 0] += 1
    }
    guard ends else { return nil }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")]
    // Of those that are as frequent, the first.
    let best = candidates.max { counts[$0] ?? 0 < counts[$1] ?? 0 }
    return best.flatMap { counts[$0] == nil ? nil : $0 } ?? UInt8(ascii: ",")
  }
}
