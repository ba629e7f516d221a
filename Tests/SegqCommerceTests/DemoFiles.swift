import SegqCommerce
import Testing

/// The files of a made-up store as the tests read them: by a reader that shares nothing with the
/// writer, so that what the one gets wrong the other does not forgive.
struct DemoFiles {
  /// A null is nil, which a field in quotes never is.
  typealias Row = [String: String]

  private(set) var texts: [String: [UInt8]] = [:]
  /// The sizes of the blocks of each file, in order.
  private(set) var blocks: [String: [Int]] = [:]
  /// Over all blocks as they came, with their files' names.
  private(set) var checksum = Checksum()

  init(customers: Int, seed: UInt64) {
    DemoStore(customers: customers, seed: seed).write { file, block in
      texts[file, default: []] += block
      blocks[file, default: []].append(block.count)
      checksum.add(Array(file.utf8))
      checksum.add(block)
    }
  }

  /// FNV-1a, 64 bits.
  struct Checksum: Equatable {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ bytes: [UInt8]) {
      for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
  }

  func text(_ file: String) -> String { String(decoding: texts[file] ?? [], as: UTF8.self) }

  func header(_ file: String) -> String {
    String(text(file).prefix { $0 != "\n" })
  }

  /// The rows below the header, by header.
  func rows(_ file: String) -> [Row] {
    let records = Self.records(texts[file] ?? [])
    guard let headers = records.first else { return [] }
    return records.dropFirst().map { fields in
      #expect(fields.count == headers.count, "\(file)")
      var row: Row = [:]
      for (header, field) in zip(headers, fields) { row[header ?? ""] = field }
      return row
    }
  }

  /// The fields of each record, RFC 4180 to the letter.
  private static func records(_ bytes: [UInt8]) -> [[String?]] {
    var result: [[String?]] = []
    var record: [String?] = []
    var field: [UInt8] = []
    var wasQuoted = false
    var isQuoted = false
    func value() -> String? {
      field.isEmpty && !wasQuoted ? nil : String(decoding: field, as: UTF8.self)
    }
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch (byte, isQuoted) {
      case (UInt8(ascii: "\""), true):
        if place < bytes.count, bytes[place] == byte {
          field.append(byte)
          place += 1
        } else {
          isQuoted = false
        }
      case (UInt8(ascii: "\""), false):
        #expect(field.isEmpty && !wasQuoted, "a quote within a plain field")
        isQuoted = true
        wasQuoted = true
      case (UInt8(ascii: ","), false), (UInt8(ascii: "\n"), false):
        record.append(value())
        field.removeAll()
        wasQuoted = false
        if byte == UInt8(ascii: "\n") {
          result.append(record)
          record.removeAll()
        }
      case (_, true): field.append(byte)
      case (_, false):
        #expect(!wasQuoted, "text after a closing quote")
        field.append(byte)
      }
    }
    #expect(!isQuoted && record.isEmpty && field.isEmpty, "the last line has no end")
    return result
  }

  /// `19.90` as 1990; nil unless it has exactly two places.
  static func cents(_ text: String?) -> Int? {
    guard let parts = text?.split(separator: "."), parts.count == 2, parts[1].utf8.count == 2
    else { return nil }
    return Int(parts[0] + parts[1])
  }
}
