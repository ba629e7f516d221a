import CKernels

extension FieldBlock {
  /// Takes the scanned records, whose ``marks`` it has already, for its rows: those with as many
  /// fields as the header. Blank lines go; all others are bad rows.
  mutating func lay(_ scanner: RecordScanner, firstLine: Int, from first: Int) {
    let count = scanner.recordCount
    guard count > first else { return }
    origin = scanner.mark(before: first)
    if scanner.hasReturns { stripReturns(scanner) }
    if width > 1, isRegular(scanner, from: first) {
      rowCount = count - first
      layLines(scanner, firstLine: firstLine, from: first)
    } else {
      layIrregular(scanner, firstLine: firstLine, from: first)
    }
  }

  /// The carriage return of CRLF belongs to no field.
  private mutating func stripReturns(_ scanner: RecordScanner) {
    for record in 0..<scanner.recordCount {
      let last = scanner.mark(before: record + 1) - 1
      let end = Int(marks[last])
      guard end > Int(marks[last - 1]) + 1, bytes[end - 1] == UInt8(ascii: "\r") else { continue }
      marks[last] -= 1
    }
  }

  private func isRegular(_ scanner: RecordScanner, from first: Int) -> Bool {
    var differences = 0
    var last = Int32(truncatingIfNeeded: origin)
    for record in first..<scanner.recordCount {
      let next = scanner.records[record]
      differences |= Int(next &- last) ^ stride
      last = next
    }
    return differences == 0
  }

  private mutating func layLines(_ scanner: RecordScanner, firstLine: Int, from first: Int) {
    var extra = 0
    for note in scanner.extraLines where note.record <= first { extra = note.extra }
    lines.append((0, firstLine + first + extra))
    for note in scanner.extraLines where note.record > first && note.record < first + rowCount {
      lines.append((note.record - first, firstLine + note.record + note.extra))
    }
  }

  /// Moves the rows that are taken together.
  private mutating func layIrregular(_ scanner: RecordScanner, firstLine: Int, from first: Int) {
    var extras = scanner.extraLines[...]
    var extra = 0
    var nextLine = -1
    for record in first..<scanner.recordCount {
      while let note = extras.first, note.record <= record {
        extra = note.extra
        extras.removeFirst()
      }
      let line = firstLine + record + extra
      let mark = scanner.mark(before: record)
      guard isRow(mark, count: scanner.mark(before: record + 1) - mark - 1, line) else { continue }
      let target = origin + rowCount * stride
      for i in 0..<stride { marks[target + i] = marks[mark + i] }
      if line != nextLine { lines.append((rowCount, line)) }
      nextLine = line + 1
      rowCount += 1
    }
  }

  /// Whether a record of so many fields is a row; tells if it is not and should be.
  private mutating func isRow(_ mark: Int, count: Int, _ line: Int) -> Bool {
    // Only a line that holds nothing at all is blank.
    if count == 1, marks[mark + 1] == marks[mark] + 1 { return false }
    if count == width { return true }
    // `1,Ann,` under `ID,Name`: each row ends with a delimiter.
    if count == width + 1, marks[mark + count] == marks[mark + width] + 1 { return true }
    let width = width
    addBadRow(line: line, Self.wrongCount(count, width: width))
    return false
  }

  static func wrongCount(_ count: Int, width: Int) -> String {
    "\(count) \(count == 1 ? "field" : "fields") where the header has \(width)"
  }

  /// Takes out the rows that are the header once more.
  mutating func removeRepeats() {
    guard width > 1, !header.isEmpty, let row = firstRepeat(of: header) else { return }
    removeRepeats(of: header, from: row)
  }

  /// Few rows are as long as the header: only those are compared.
  private func firstRepeat(of header: [UInt8]) -> Int? {
    precondition(origin + rowCount * stride <= marks.count)
    let length = Int32(truncatingIfNeeded: header.count + 1)
    var row = 0
    while true {
      row = unsafe marks.withUnsafeBufferPointer { marks in
        guard let base = marks.baseAddress else { return rowCount }
        return unsafe segq_row_of_length(base + origin, row, rowCount, stride, length)
      }
      guard row < rowCount else { return nil }
      if isRepeat(row, of: header) { return row }
      row += 1
    }
  }

  private func isRepeat(_ row: Int, of header: [UInt8]) -> Bool {
    let mark = origin &+ row &* stride
    guard Int(marks[mark &+ width] &- marks[mark]) == header.count &+ 1 else { return false }
    let start = Int(marks[mark]) + 1
    return bytes[start] == header[0] && bytes[start..<start + header.count].elementsEqual(header)
  }

  private mutating func removeRepeats(of header: [UInt8], from first: Int) {
    var kept = lines.filter { $0.row < first }
    var rest = lines.drop { $0.row <= first }
    var line = line(ofRow: first) - 1
    var nextLine = kept.isEmpty ? -1 : line + 1
    var target = first
    for row in first..<rowCount {
      line += 1
      if let note = rest.first, note.row == row {
        line = note.line
        rest.removeFirst()
      }
      if isRepeat(row, of: header) {
        notes.repeatedHeaders.add(line: line)
        continue
      }
      let (from, to) = (origin + row * stride, origin + target * stride)
      for i in 0..<stride { marks[to + i] = marks[from + i] }
      if line != nextLine { kept.append((target, line)) }
      nextLine = line + 1
      target += 1
    }
    self.lines = kept
    rowCount = target
  }
}
