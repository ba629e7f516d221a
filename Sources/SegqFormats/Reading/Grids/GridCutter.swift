/// Cuts a sheet of a workbook into blocks of records.
struct GridCutter: RecordCutter {
  private let layout: GridLayout
  private let blockSize: Int
  private let rows: BlockRows
  private let scanner: any GridScanner
  private var number = 0
  private var isAtEnd = false
  private(set) var failure: ReadingFailure?

  /// `scan` makes what reads the sheet, for who takes its rows.
  init(
    _ layout: GridLayout, width: Int, blockSize: Int,
    _ scan: (any GridConsumer) -> any GridScanner
  ) {
    self.layout = layout
    self.blockSize = blockSize
    rows = BlockRows(layout, width: width)
    scanner = scan(rows)
  }

  mutating func cut(_ block: inout FieldBlock, isInterrupted: () -> Bool) -> Bool {
    block.removeRows()
    guard failure == nil, !isAtEnd else { return false }
    rows.begin(&block, number: number)
    number += 1
    do throws(ReadingFailure) {
      while !isAtEnd, rows.byteCount < blockSize {
        guard !isInterrupted() else { throw .interrupted }
        isAtEnd = try !scanner.advance()
      }
      if rows.isTooLarge { throw .recordTooLarge(line: layout.firstRow) }
    } catch { failure = error }
    rows.finish(&block)
    return failure == nil
  }
}

/// Puts the rows of a sheet that belong to its table into a block.
private final class BlockRows: GridConsumer, @unchecked Sendable {
  private let layout: GridLayout
  private let width: Int
  private var builder = BlockBuilder()
  private(set) var isTooLarge = false

  init(_ layout: GridLayout, width: Int) {
    self.layout = layout
    self.width = width
  }

  var byteCount: Int { builder.byteCount }

  func begin(_ block: inout FieldBlock, number: Int) {
    builder.begin(&block, number: number, width: width)
  }

  func finish(_ block: inout FieldBlock) { builder.finish(&block) }

  func take(_ row: GridRow) -> Bool {
    guard row.number >= layout.firstRow else { return true }
    guard builder.byteCount + row.text.count * 2 + width * 4 < 1 << 31 else {
      isTooLarge = true
      return false
    }
    for _ in 0..<row.errorCount { builder.note { $0.errorCells.add(line: row.number) } }
    guard row.cells.contains(where: { $0.end > $0.start }) else { return true }
    if isRepeatedHeader(row) {
      builder.note { $0.repeatedHeaders.add(line: row.number) }
      return true
    }
    add(row)
    return true
  }

  private func add(_ row: GridRow) {
    builder.beginRow(line: row.number)
    let text = row.text
    var next = 0
    for cell in row.cells {
      let column = cell.column - layout.firstColumn
      guard column >= 0, column < width else {
        if cell.end > cell.start { builder.note { $0.strayCells.add(line: row.number) } }
        continue
      }
      while next < column {
        builder.addNull()
        next += 1
      }
      if cell.end > cell.start {
        builder.add(text, cell.start..<cell.end)
      } else {
        // An empty cell of a spreadsheet holds nothing.
        builder.addNull()
      }
      next += 1
    }
    while next < width {
      builder.addNull()
      next += 1
    }
  }

  private func isRepeatedHeader(_ row: GridRow) -> Bool {
    guard layout.headerRow > 0, width > 1, row.cells.count >= width else { return false }
    var fields = [[UInt8]?](repeating: nil, count: width)
    for cell in row.cells where cell.end > cell.start {
      let column = cell.column - layout.firstColumn
      guard column >= 0, column < width,
        row.text[cell.start..<cell.end].elementsEqual(layout.headerFields[column] ?? [])
      else { return false }
      fields[column] = layout.headerFields[column]
    }
    return fields == layout.headerFields
  }
}
