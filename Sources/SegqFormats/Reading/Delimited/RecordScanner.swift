import CKernels

/// Finds the fields and records of a block: RFC 4180 and what is met in practice.
///
/// A quote counts at the beginning of a field only: `13" wide` holds an inch. LF, CRLF and CR end a
/// record; in quotes they are text. What lies between two marks is not looked at byte by byte.
struct RecordScanner: Sendable {
  var delimiter: UInt8
  /// As ``FieldBlock/marks``, with as many fields a record as there are.
  private(set) var marks: [Int32] = []
  private var markCount = 0
  /// For each record the mark before the record that follows it.
  private(set) var records: [Int32] = []
  private(set) var recordCount = 0
  /// How many line ends in quotes stand before a record, where that changes.
  private(set) var extraLines: [(record: Int, extra: Int)] = []
  private(set) var hasReturns = false
  private var extra = 0
  /// What the last of them says.
  private var notedExtra = 0
  private var position = 0
  private var isQuoted = false
  /// Lines in quotes before the quote that is open.
  private var extraAtQuote = 0
  /// The second of two quotes that mean one.
  private var doubled = -1

  init(delimiter: UInt8) { self.delimiter = delimiter }

  /// Begins a block whose first record is at its first byte.
  mutating func start() {
    if marks.isEmpty { marks = [0] }
    marks[0] = -1
    markCount = 1
    recordCount = 0
    extraLines.removeAll(keepingCapacity: true)
    (extra, notedExtra, position, doubled) = (0, 0, 0, -1)
    (isQuoted, hasReturns) = (false, false)
  }

  /// The mark before a record.
  func mark(before record: Int) -> Int { record == 0 ? 0 : Int(records[record - 1]) }

  /// Where the record begins that has not ended yet.
  var openRecord: Int { Int(marks[mark(before: recordCount)]) + 1 }

  /// The line of the open quote, counted from that of the first record.
  var openQuoteLine: Int? { isQuoted ? recordCount + extraAtQuote : nil }

  /// So many bytes are looked at between two checks for room.
  private static let stretch = 4096

  /// Goes on to the end of the bytes. The last byte waits for the one that follows it, unless there
  /// is none.
  mutating func scan(_ bytes: [UInt8], used: Int, isFinal: Bool) {
    let limit = isFinal ? used : max(position, used - 1)
    while position < limit {
      reserve()
      let end = min(position + Self.stretch, limit)
      scanStretch(bytes, to: end, used: used)
      position = end
    }
    guard isFinal, !isQuoted, openRecord < used else { return }
    reserve()
    emit(used, endsRecord: true)
  }

  /// Forgets the open record and goes on behind its first line, which is taken for bad.
  mutating func skipLine(_ bytes: [UInt8], used: Int) {
    var at = openRecord
    while at < used, bytes[at] != UInt8(ascii: "\n"), bytes[at] != UInt8(ascii: "\r") { at += 1 }
    if at + 1 < used, bytes[at] == UInt8(ascii: "\r"), bytes[at + 1] == UInt8(ascii: "\n") {
      at += 1
    }
    markCount = mark(before: recordCount) + 1
    marks[markCount - 1] = Int32(min(at, used - 1))
    extra = notedExtra + 1
    noteExtra()
    position = at + 1
    (isQuoted, doubled) = (false, -1)
  }

  /// A byte makes two marks at most.
  private mutating func reserve() {
    let needed = markCount + 2 * Self.stretch + 2
    if marks.count < needed {
      marks.append(contentsOf: repeatElement(0, count: max(needed, marks.count)))
    }
    if records.count < recordCount + Self.stretch + 1 {
      records.append(contentsOf: repeatElement(0, count: records.count + Self.stretch + 1))
    }
  }

  private mutating func scanStretch(_ bytes: [UInt8], to end: Int, used: Int) {
    var at = position
    while at < end {
      let found = unsafe bytes.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return segq_marks() }
        return unsafe segq_marks_at(base + at, delimiter)
      }
      let valid = end - at >= 64 ? UInt64.max : (1 << UInt64(end - at)) - 1
      var feeds = found.feeds & valid
      if found.returns & valid != 0 {
        feeds |= loneReturns(found, valid, at: at, bytes, used: used)
      }
      let ends = found.delimiters & valid | feeds
      if isQuoted || found.quotes & valid != 0 || extra != notedExtra {
        takeQuoted(ends | found.quotes & valid, feeds: feeds, at: at, bytes, used: used)
      } else {
        take(ends, feeds: feeds, at: at)
      }
      at += 64
    }
  }

  /// The carriage returns that no line feed follows.
  private mutating func loneReturns(
    _ found: segq_marks, _ valid: UInt64, at: Int, _ bytes: [UInt8], used: Int
  ) -> UInt64 {
    hasReturns = true
    let next: UInt64 = at + 64 < used && bytes[at + 64] == UInt8(ascii: "\n") ? 1 : 0
    return found.returns & valid & ~(found.feeds >> 1 | next << 63)
  }

  /// Writes the marks of 64 bytes outside quotes. A line end writes one more than a delimiter; to
  /// write it always and to count it sometimes spares a branch that nothing could predict.
  @inline(__always)
  private mutating func take(_ ends: UInt64, feeds: UInt64, at: Int) {
    var rest = ends
    var count = markCount
    var record = recordCount
    // Out of self, so that both can be written without a look at who else holds them.
    var (allMarks, allRecords): ([Int32], [Int32]) = ([], [])
    swap(&allMarks, &self.marks)
    swap(&allRecords, &self.records)
    var marks = allMarks.mutableSpan
    var records = allRecords.mutableSpan
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      let place = Int32(truncatingIfNeeded: at &+ bit)
      let endsRecord = Int(truncatingIfNeeded: feeds &>> UInt64(bit) & 1)
      marks[count] = place
      marks[count &+ 1] = place
      records[record] = Int32(truncatingIfNeeded: count &+ 1)
      count &+= 1 &+ endsRecord
      record &+= endsRecord
      rest &= rest &- 1
    }
    markCount = count
    recordCount = record
    swap(&allMarks, &self.marks)
    swap(&allRecords, &self.records)
  }

  /// The same where there are quotes: `all` has them too.
  private mutating func takeQuoted(
    _ all: UInt64, feeds: UInt64, at: Int, _ bytes: [UInt8], used: Int
  ) {
    var rest = all
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      let place = at + bit
      let byte = bytes[place]
      rest &= rest &- 1
      if isQuoted {
        if byte == UInt8(ascii: "\"") {
          meetQuote(place, bytes, used: used)
        } else if byte == UInt8(ascii: "\n") {
          extra += 1
        }
      } else if byte != UInt8(ascii: "\"") {
        emit(place, endsRecord: feeds >> UInt64(bit) & 1 != 0)
      } else if place == Int(marks[markCount - 1]) + 1 {
        isQuoted = true
        extraAtQuote = extra
      }
    }
  }

  /// A quote in quotes closes them, unless another follows.
  private mutating func meetQuote(_ place: Int, _ bytes: [UInt8], used: Int) {
    if place == doubled { return }
    if place + 1 < used, bytes[place + 1] == UInt8(ascii: "\"") {
      doubled = place + 1
    } else {
      isQuoted = false
    }
  }

  private mutating func emit(_ place: Int, endsRecord: Bool) {
    marks[markCount] = Int32(place)
    markCount += 1
    guard endsRecord else { return }
    marks[markCount] = Int32(place)
    records[recordCount] = Int32(markCount)
    markCount += 1
    recordCount += 1
    if extra != notedExtra { noteExtra() }
  }

  private mutating func noteExtra() {
    extraLines.append((recordCount, extra))
    notedExtra = extra
  }

  /// Hands the marks over, for those of a block that is done with.
  mutating func swapMarks(with marks: inout [Int32]) { swap(&self.marks, &marks) }
}
