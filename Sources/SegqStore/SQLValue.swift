/// A value of the catalog.
enum SQLValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])

  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  init(_ number: Int64?) { self = number.map { .integer($0) } ?? .null }
  init(_ number: Int?) { self.init(number.map { Int64($0) }) }
  init(_ flag: Bool) { self = .integer(flag ? 1 : 0) }

  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  var bytes: [UInt8]? {
    if case .bytes(let bytes) = self { bytes } else { nil }
  }

  var integer: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  /// As it counts in the checksum of its row: `n`; `i` and eight bytes; `t`, the length in eight
  /// bytes, and the text; `b`, and bytes in the same way.
  func append(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes.append(UInt8(ascii: "n"))
    case .integer(let number):
      bytes.append(UInt8(ascii: "i"))
      bytes.append(little: number)
    case .text(let text):
      bytes.append(UInt8(ascii: "t"))
      bytes.append(little: Int64(text.utf8.count))
      bytes += text.utf8
    case .bytes(let own):
      bytes.append(UInt8(ascii: "b"))
      bytes.append(little: Int64(own.count))
      bytes += own
    }
  }
}
