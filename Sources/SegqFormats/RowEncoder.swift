import SegqRecords

/// Writes batches in formats whose cells say all they say by themselves: CSV, JSON, Markdown, XML.
///
/// Each column of some thousand rows is written by itself, with the switch on its storage outside
/// the loop, and then all are laid into rows. Text that needs no change is not copied in between,
/// and a dictionary's texts are written once.
struct RowEncoder<Style: CellStyle>: Sendable {
  /// Rows written at a time, so that what lies between stays in the processor's cache.
  private static var chunk: Int { 2048 }

  let style: Style
  var rows: RowAssembler
  private var values: ValueText

  init(style: Style, rows: RowAssembler, timeZone: TimeZone) {
    self.style = style
    self.rows = rows
    values = ValueText(timeZone: timeZone)
  }

  /// Appends those rows of the batch.
  mutating func append(_ batch: RecordBatch, rows range: Range<Int>, to out: inout [UInt8]) {
    let dictionaries = batch.columns.map { writtenDictionary(of: $0, rows: range.count) }
    var start = range.lowerBound
    while start < range.upperBound {
      let part = start..<min(start + Self.chunk, range.upperBound)
      var cells: [WrittenCells] = []
      for (column, dictionary) in zip(batch.columns, dictionaries) {
        if var dictionary {
          dictionary.first = start
          cells.append(dictionary)
        } else {
          cells.append(written(column, rows: part))
        }
      }
      rows.append(cells, rows: part.count, to: &out)
      start = part.upperBound
    }
  }

  /// The column over its written dictionary, where that is less work than writing each row.
  private func writtenDictionary(of column: ColumnVector, rows: Int) -> WrittenCells? {
    guard case .coded(var codes, let dictionary) = column.storage, dictionary.count <= rows
    else { return nil }
    var texts = TextVector()
    for i in 0..<dictionary.count {
      style.appendText(dictionary.bytes[dictionary.range(i)], to: &texts.bytes)
      texts.endText()
    }
    if let nulls = column.nulls {
      texts.bytes += style.null
      texts.endText()
      nulls.forEachSet { codes[$0] = Int32(dictionary.count) }
    }
    return WrittenCells(texts: texts, codes: codes)
  }

  private mutating func written(_ column: ColumnVector, rows: Range<Int>) -> WrittenCells {
    switch column.storage {
    case .numbers(let numbers):
      return WrittenCells(texts: written(numbers, column, rows))
    case .texts(let texts):
      if isVerbatim(texts, column.nulls, rows) {
        return WrittenCells(texts: texts, first: rows.lowerBound)
      }
      return WrittenCells(texts: written(texts, column.nulls, rows) { $0 })
    case .coded(let codes, let dictionary):
      return WrittenCells(texts: written(dictionary, column.nulls, rows) { Int(codes[$0]) })
    }
  }

  private mutating func written(_ numbers: [Int64], _ column: ColumnVector, _ rows: Range<Int>)
    -> TextVector
  {
    var texts = TextVector()
    texts.offsets.reserveCapacity(rows.count + 1)
    let (longest, null) = (style.longestNumber, style.null)
    texts.bytes.append(addingCapacity: rows.count * longest) { bytes in
      for row in rows {
        if column.isNull(row) {
          for byte in null { bytes.append(byte) }
        } else {
          style.appendNumber(numbers[row], column.type, &values, to: &bytes)
        }
        texts.offsets.append(UInt32(truncatingIfNeeded: bytes.count))
      }
    }
    return texts
  }

  private func written(
    _ texts: TextVector, _ nulls: Bitmap?, _ rows: Range<Int>, _ cell: (Int) -> Int
  ) -> TextVector {
    var result = TextVector()
    result.reserveCapacity(texts: rows.count, bytes: rows.count * 16)
    let null = style.null
    for row in rows {
      if let nulls, nulls[row] {
        result.bytes += null
      } else {
        style.appendText(texts.bytes[texts.range(cell(row))], to: &result.bytes)
      }
      result.endText()
    }
    return result
  }

  private func isVerbatim(_ texts: TextVector, _ nulls: Bitmap?, _ rows: Range<Int>) -> Bool {
    guard nulls == nil || style.null.isEmpty else { return false }
    let bytes = texts.bytes.span
    let whole = Int(texts.offsets[rows.lowerBound])..<Int(texts.offsets[rows.upperBound])
    guard style.isVerbatim(bytes.extracting(whole)) else { return false }
    return rows.allSatisfy { row in
      let range = texts.range(row)
      if let nulls, nulls[row] { return range.isEmpty }
      let isRisky = style.isRisky(first: range.isEmpty ? nil : bytes[range.lowerBound])
      return !isRisky || style.isVerbatim(risky: texts.bytes[range])
    }
  }
}
