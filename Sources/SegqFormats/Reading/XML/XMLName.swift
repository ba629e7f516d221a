/// The name of an element or attribute without its prefix: `row` of `x:row`.
///
/// Spreadsheets are read by millions of cells, so a name is a number: its first eight bytes, and its
/// length in place of the others. No two names of the formats that are read here are alike in both.
struct XMLName: Hashable, ExpressibleByStringLiteral {
  private let word: UInt64
  private let length: Int

  @inline(__always)
  init(_ text: UnsafePointer<CChar>) {
    var word: UInt64 = 0
    var length = 0
    var at = 0
    while true {
      let byte = unsafe UInt8(bitPattern: text[at])
      at &+= 1
      if byte == 0 { break }
      if byte == UInt8(ascii: ":") {
        (word, length) = (0, 0)
      } else {
        if length < 8 { word |= UInt64(byte) &<< UInt64(truncatingIfNeeded: length &* 8) }
        length &+= 1
      }
    }
    self.word = word
    self.length = length
  }

  init(stringLiteral text: StaticString) {
    self = unsafe text.utf8Start.withMemoryRebound(to: CChar.self, capacity: text.utf8CodeUnitCount)
    { unsafe XMLName($0) }
  }
}

/// The value of an attribute, valid while its element begins.
@safe struct XMLValue {
  private let text: UnsafePointer<CChar>

  init(_ text: UnsafePointer<CChar>) { unsafe self.text = text }

  var string: String { unsafe String(cString: text) }

  /// A number of at most nine digits, and nothing else.
  var integer: Int? {
    var value = 0
    var at = 0
    while case let byte = unsafe UInt8(bitPattern: text[at]), byte != 0 {
      guard at < 9, (0x30...0x39).contains(byte) else { return nil }
      value = value &* 10 &+ Int(byte &- 0x30)
      at &+= 1
    }
    return at > 0 ? value : nil
  }

  /// The column of `C7`, from 0, and its row, from 1.
  var cell: (column: Int, row: Int)? {
    var (column, row, at) = (0, 0, 0)
    while case let byte = unsafe UInt8(bitPattern: text[at]), byte >= 0x41, byte <= 0x5A, at < 4 {
      column = column &* 26 &+ Int(byte &- 0x40)
      at &+= 1
    }
    let letters = at
    while case let byte = unsafe UInt8(bitPattern: text[at]), byte >= 0x30, byte <= 0x39, at < 12 {
      row = row &* 10 &+ Int(byte &- 0x30)
      at &+= 1
    }
    guard letters > 0, column > 0, unsafe text[at] == 0 else { return nil }
    return (column &- 1, row)
  }

  /// Whether it is that text.
  @inline(__always)
  func isEqual(_ other: StaticString) -> Bool {
    let count = other.utf8CodeUnitCount
    for i in 0..<count where unsafe UInt8(bitPattern: text[i]) != other.utf8Start[i] {
      return false
    }
    return unsafe text[count] == 0
  }

  /// The first letter; 0 of nothing.
  var first: UInt8 { unsafe UInt8(bitPattern: text[0]) }
}

/// The attributes of an element, valid while it begins.
@safe struct XMLAttributes {
  private let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  init(_ pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?) { unsafe self.pairs = pairs }

  @inline(__always)
  func forEach(_ body: (XMLName, XMLValue) -> Void) {
    guard let pairs = unsafe pairs else { return }
    var at = 0
    while let name = unsafe pairs[at], let value = unsafe pairs[at &+ 1] {
      unsafe body(XMLName(name), XMLValue(value))
      at &+= 2
    }
  }

  subscript(name: XMLName) -> XMLValue? {
    var found: XMLValue?
    forEach { if $0 == name { found = $1 } }
    return found
  }
}
