import Glibc

// The one place where a text becomes a path, or anything else that ends in a zero byte for the system.
//
// Names of files are bytes. Those that are no UTF-8, such as `Größe.csv` from an old Windows, stand in a text
// as private characters, one for each byte, so that the same name comes back.
extension String {
  /// Calls with the bytes of the text and a zero behind them.
  ///
  /// `../out.csv\u{0}/in.csv` is `../out.csv` to the system, and another path to whoever looked at the
  /// text: one with a zero byte in it is refused.
  func withPath<Result>(
    _ body: (UnsafePointer<CChar>) -> Result
  ) throws(SystemError) -> Result {
    guard !utf8.contains(0) else { throw .zeroByte }
    guard utf8.contains(0xF4) else { return unsafe withCString { unsafe body($0) } }
    var bytes: [CChar] = []
    for scalar in unicodeScalars {
      if Self.bytesOfNames.contains(scalar.value) {
        bytes.append(CChar(truncatingIfNeeded: scalar.value - Self.firstOfNames))
      } else {
        bytes += UTF8.encode(scalar).map { $0.map { CChar(bitPattern: $0) } } ?? []
      }
    }
    return unsafe (bytes + [0]).withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { preconditionFailure("there is a zero at least") }
      return unsafe body(start)
    }
  }

  /// The text of a name, or of another text of the system's.
  public init(system bytes: [UInt8]) {
    if let text = String(validating: bytes, as: UTF8.self) {
      self = text
      return
    }
    self = ""
    var rest = bytes[...]
    while let first = rest.first {
      let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      if let character = String(validating: rest.prefix(length), as: UTF8.self) {
        self += character
        rest = rest.dropFirst(length)
      } else {
        Unicode.Scalar(Self.firstOfNames + UInt32(first)).map { unicodeScalars.append($0) }
        rest = rest.dropFirst()
      }
    }
  }

  /// In the last of the private planes.
  private static let firstOfNames: UInt32 = 0x10_FE00
  private static let bytesOfNames = firstOfNames + 0x80...firstOfNames + 0xFF
}
