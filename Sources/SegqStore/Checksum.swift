import CMapping

/// CRC32C.
enum Checksum {
  static func of(_ bytes: [UInt8]) -> UInt32 { of(bytes[...]) }

  static func of(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    unsafe bytes.withUnsafeBytes { unsafe segq_checksum($0.baseAddress, $0.count) }
  }
}

extension [UInt8] {
  mutating func append<Number: FixedWidthInteger>(little number: Number) {
    for shift in stride(from: 0, to: Number.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: number >> Number(shift)))
    }
  }

  func number<Number: FixedWidthInteger>(at offset: Int, _ type: Number.Type) -> Number {
    (0..<Number.bitWidth / 8).reversed().reduce(0) { $0 << 8 | Number(self[offset + $1]) }
  }
}
