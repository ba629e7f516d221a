internal import SegqRecords

/// One CSV file in the making: what of it has not been handed on yet.
///
/// Fields are enclosed only where RFC 4180 asks for it: `"""Bob"" Smith, Jr."`.
struct DemoSheet {
  let file: String
  private(set) var bytes: [UInt8] = []
  private var isAtLineStart = true

  /// Blocks are handed on from this size; a row more is all that they may be larger.
  static let blockSize = 128 << 10

  init(_ file: String, headers: String) {
    self.file = file
    bytes.reserveCapacity(Self.blockSize + 4096)
    bytes.append(contentsOf: headers.utf8)
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func startField() {
    if !isAtLineStart { bytes.append(UInt8(ascii: ",")) }
    isAtLineStart = false
  }

  /// A null: nothing between the commas.
  mutating func addEmpty() { startField() }

  mutating func add(_ number: Int) {
    startField()
    Int64(number).appendDigits(to: &bytes)
  }

  /// Money: `1990` as `19.90`.
  mutating func add(cents: Int) {
    startField()
    Int64(cents / 100).appendDigits(to: &bytes)
    bytes.append(UInt8(ascii: "."))
    bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: cents / 10 % 10))
    bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: cents % 10))
  }

  /// Bytes that need no quotes, or have them; they may be several fields.
  mutating func add(encoded text: [UInt8]) {
    startField()
    bytes.append(contentsOf: text)
  }

  /// Any text.
  mutating func add(_ text: [UInt8]) {
    startField()
    Self.append(text, to: &bytes)
  }

  mutating func add(_ second: Int, in calendar: DemoCalendar) {
    startField()
    calendar.append(second, to: &bytes)
  }

  mutating func add(_ date: CivilDate) {
    startField()
    date.appendDay(to: &bytes)
  }

  mutating func endRow() {
    bytes.append(UInt8(ascii: "\n"))
    isAtLineStart = true
  }

  /// Appends `text` as a field.
  static func append(_ text: [UInt8], to out: inout [UInt8]) {
    guard text.contains(where: needsQuotes) else {
      out.append(contentsOf: text)
      return
    }
    let quote = UInt8(ascii: "\"")
    out.append(quote)
    for byte in text {
      if byte == quote { out.append(quote) }
      out.append(byte)
    }
    out.append(quote)
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
    default: false
    }
  }

  /// Hands the block on once it is large enough.
  mutating func flushIfFull<E: Error>(_ sink: (String, [UInt8]) throws(E) -> Void) throws(E) {
    if bytes.count >= Self.blockSize { try flush(sink) }
  }

  mutating func flush<E: Error>(_ sink: (String, [UInt8]) throws(E) -> Void) throws(E) {
    guard !bytes.isEmpty else { return }
    try sink(file, bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}
