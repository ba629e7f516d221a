import SegqRecords

/// Some whole records of a file, and where their fields lie.
///
/// For `1,Ann↵2,Bo↵` the ``marks`` are −1 1 5, 5 7 10: for each row the place before its first field
/// and then the place behind each field, which is that of a delimiter or a line end.
struct FieldBlock: Sendable {
  /// So many bytes behind those of the file may be read, so that a word can be loaded at any place.
  static let padding = 64

  var bytes = [UInt8](repeating: 0, count: padding)
  /// How many bytes are the file's.
  var used = 0
  /// Of the file's blocks, from 0.
  var number = 0
  var width = 0
  var rowCount = 0
  var marks: [Int32] = []
  /// Where the mark before the first row lies.
  var origin = 0
  /// Where a row's line is not that of the row before and one, row by row ascending.
  var lines: [(row: Int, line: Int)] = []
  /// The first of them; a file may have nothing else.
  private(set) var badRows: [CSVDocument.BadRow] = []
  private(set) var badRowCount = 0
  var notes = RowNotes()
  /// The bytes of the header, where a row may be it once more. It is looked for by whoever reads the block:
  /// cutting goes in order, and all wait for it.
  var header: [UInt8] = []
  /// Some of its bytes are no UTF-8.
  var isForeign = false

  /// From one row's mark to the next row's.
  var stride: Int { width + 1 }

  /// The bytes of a field as they stand in the file, with their quotes.
  func range(_ row: Int, _ column: Int) -> Range<Int> {
    let mark = origin + row * stride + column
    return Int(marks[mark]) + 1..<Int(marks[mark + 1])
  }

  /// The bytes of all rows.
  var rowBytes: Range<Int> {
    guard rowCount > 0 else { return 0..<0 }
    return range(0, 0).lowerBound..<range(rowCount - 1, width - 1).upperBound
  }

  func line(ofRow row: Int) -> Int {
    guard let note = lines.last(where: { $0.row <= row }) else { return 0 }
    return note.line + row - note.row
  }

  mutating func removeRows() {
    rowCount = 0
    origin = 0
    isForeign = false
    lines.removeAll(keepingCapacity: true)
    badRows.removeAll(keepingCapacity: true)
    badRowCount = 0
    notes = RowNotes()
  }

  /// Notes a row that was not cut into as many fields as the header has.
  mutating func addBadRow(line: Int, _ reason: @autoclosure () -> String) {
    badRowCount += 1
    guard badRows.count < CSVDocument.mostBadRows else { return }
    badRows.append(CSVDocument.BadRow(line: line, reason: reason()))
  }

  /// Makes room for `count` bytes of the file.
  mutating func reserve(_ count: Int) {
    guard bytes.count < count + Self.padding else { return }
    let size = max(count, bytes.count * 2) + Self.padding
    bytes.append(contentsOf: repeatElement(0, count: size - bytes.count))
  }
}

extension Span<UInt8> {
  /// The eight bytes at a place, the first of them lowest.
  @inline(__always)
  func word(_ place: Int) -> UInt64 {
    UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
  }
}
