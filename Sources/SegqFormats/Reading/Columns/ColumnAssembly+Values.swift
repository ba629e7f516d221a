import SegqRecords

// The values of parts, put together.
extension ColumnAssembly {
  /// More distinct values than this are not worth a dictionary.
  private static let largestDictionary = 65_536
  private static let largestDictionaryBytes = 1 << 24

  mutating func appendNulls(_ part: ColumnPart) {
    guard !part.nullRows.isEmpty || part.kind == .nothing else { return }
    hasNulls = true
    let size = (rowCount + part.rowCount + 63) >> 6
    if nulls.count < size {
      nulls.append(contentsOf: repeatElement(0, count: size - nulls.count))
    }
    for row in part.nullRows {
      let place = rowCount &+ Int(row)
      nulls[place >> 6] |= 1 &<< UInt64(place & 63)
    }
  }

  mutating func appendNumbers(_ part: ColumnPart, _ factor: Int64) {
    reserve(&numbers)
    // Rows before the first number are null.
    numbers.extend(to: rowCount)
    guard part.kind != .nothing else { return numbers.extend(to: rowCount + part.rowCount) }
    if factor == 1 {
      numbers.append(contentsOf: part.numbers[..<part.rowCount])
    } else {
      for number in part.numbers[..<part.rowCount] { numbers.append(number * factor) }
    }
  }

  private func reserve<Element>(_ values: inout [Element]) {
    if values.isEmpty { values.reserveCapacity(capacity) }
  }

  mutating func appendTexts(_ part: ColumnPart, worker: Int) {
    if isCoded, part.kind == .nothing || part.isCoded {
      appendCodes(part, worker: worker)
      if dictionary.count > max(64, (rowCount + part.rowCount) / 4) || isDictionaryTooLarge {
        uncode()
      }
      return
    }
    if isCoded { uncode() }
    if part.isCoded, part.kind != .nothing {
      for (row, code) in part.codes[..<part.rowCount].enumerated() {
        append(workerCodes[worker][Int(code)], ofRow: rowCount + row)
      }
    } else if part.kind == .nothing {
      for _ in 0..<part.rowCount { append([]) }
    } else {
      appendPlain(part)
    }
  }

  private var isDictionaryTooLarge: Bool {
    dictionary.count > Self.largestDictionary
      || dictionary.texts.bytes.count > Self.largestDictionaryBytes
  }

  private mutating func appendCodes(_ part: ColumnPart, worker: Int) {
    reserve(&codes)
    codes.extend(to: rowCount)
    guard part.kind != .nothing else { return codes.extend(to: rowCount + part.rowCount) }
    let known = workerCodes[worker]
    codes.append(addingCapacity: part.rowCount) { out in
      for code in part.codes[..<part.rowCount] { out.append(known[Int(code)]) }
    }
  }

  /// Finds the codes of what a worker has numbered anew.
  mutating func learn(_ part: ColumnPart, worker: Int) {
    while workerCodes.count <= worker { workerCodes.append([]) }
    for i in 0..<part.newTexts.count {
      let range = part.newTexts.range(i)
      workerCodes[worker].append(dictionary.code(of: part.newTexts.bytes[range]))
    }
  }

  /// Goes over from codes to texts.
  mutating func uncode() {
    (isCoded, plan.isCoded) = (false, false)
    texts.reserveCapacity(texts: capacity, bytes: 0)
    for (row, code) in codes.enumerated() { append(code, ofRow: row) }
    codes = []
  }

  /// Adds the text of a code; of a null row, whose code is that of any text, an empty one.
  private mutating func append(_ code: Int32, ofRow row: Int) {
    let isNull = row >> 6 < nulls.count && nulls[row >> 6] >> UInt64(row & 63) & 1 != 0
    append(isNull ? [] : dictionary.text(Int(code)))
  }

  private mutating func append(_ text: ArraySlice<UInt8>) {
    guard texts.bytes.count + text.count <= Int(UInt32.max) else { return isTooLarge = true }
    texts.append(text)
  }

  private mutating func appendPlain(_ part: ColumnPart) {
    let base = texts.bytes.count
    let size = part.rowCount == 0 ? 0 : Int(part.textEnds[part.rowCount - 1])
    guard base + size <= Int(UInt32.max) else { return isTooLarge = true }
    // The first part tells how much there will be.
    if base == 0 || texts.bytes.capacity < base + size {
      let expected = Double(base + size) / Double(max(1, rowCount + part.rowCount))
      texts.bytes.reserveCapacity(
        max(base + size, Int(expected * Double(capacity) * 1.05), base * 3 / 2))
    }
    texts.bytes.append(contentsOf: part.textBytes[..<size])
    let start = UInt32(truncatingIfNeeded: base)
    texts.offsets.append(addingCapacity: part.rowCount) { out in
      for end in part.textEnds[..<part.rowCount] { out.append(start &+ end) }
    }
  }
}
