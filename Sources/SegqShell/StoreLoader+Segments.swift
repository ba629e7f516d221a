import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqRecords

extension StoreLoader {
  /// Segments as their file has them, with the members of a second file.
  func segments(
    _ sheet: Sheet, members: Sheet?, customers: Table?
  ) throws(ShellError) -> [Segment] {
    var segments: [Segment] = []
    var bad = sheet.document.badRows
    for row in 0..<sheet.document.rowCount {
      switch segment(sheet, row, known: segments) {
      case .success(let segment): segments.append(segment)
      case .failure(let badRow): bad.append(badRow.row)
      }
    }
    try tell(bad, of: sheet)
    segments.sort { $0.id < $1.id }
    try addMembers(members, to: &segments, customers)
    return segments
  }

  private struct BadRowError: Error { let row: CSVDocument.BadRow }

  private func segment(
    _ sheet: Sheet, _ row: Int, known: [Segment]
  ) -> Result<Segment, BadRowError> {
    func text(_ name: String) -> String? {
      guard let column = sheet.shape.column(named: name),
        !sheet.document.columns[column].nulls[row]
      else { return nil }
      let text = sheet.document.columns[column].texts[row]
      return text.isEmpty ? nil : text
    }
    func bad(_ reason: String) -> Result<Segment, BadRowError> {
      .failure(
        BadRowError(row: CSVDocument.BadRow(line: sheet.document.line(ofRow: row), reason: reason)))
    }
    guard let id = text("id").flatMap({ Int($0) }) else {
      return bad("ID '\(text("id") ?? "")' is not a whole number")
    }
    guard !known.contains(where: { $0.id == id }) else {
      return bad("the id \(id) stands in an earlier row too")
    }
    guard let isActive = SegmentSheet.isActive(text("status") ?? "Active") else {
      return bad("Status '\(text("status") ?? "")' is neither Active nor Inactive")
    }
    var segment = Segment(
      id: id, name: text("segment") ?? "Segment \(id)", isActive: isActive,
      websites: SegmentSheet.websites(text("website") ?? ""))
    segment.description = text("description")
    segment.applyTo = text("apply_to").map { SegmentSheet.applyTo($0) }
    segment.rule = text("rule")
    return .success(segment)
  }

  /// Where members were loaded, a segment with neither rule nor rows is empty, and one with a rule
  /// and no rows was never refreshed.
  private func addMembers(
    _ sheet: Sheet?, to segments: inout [Segment], _ customers: Table?
  ) throws(ShellError) {
    guard let customers else { return }
    let loaded = try sheet.map { (sheet) throws(ShellError) in
      try members(sheet, segments, customers)
    }
    for i in segments.indices {
      if let (bitmap, added) = loaded?[segments[i].id] {
        segments[i].setMembers(bitmap)
        segments[i].refreshed = added
      } else if segments[i].applyTo == SegmentSheet.visitorsOnly
        || loaded != nil && segments[i].rule == nil
      {
        segments[i].setMembers(Bitmap(count: customers.rowCount))
      }
    }
  }

  private func members(
    _ sheet: Sheet, _ segments: [Segment], _ customers: Table
  ) throws(ShellError) -> [Int: (Bitmap, Int64?)] {
    let shape = sheet.shape
    guard let segmentColumn = shape.column(named: "segment"),
      let customerColumn = shape.column(named: "customer")
    else {
      throw .diagnostic(
        Diagnostic(
          code: "members", "\(sheet.path) needs the columns Segment ID and Customer ID"))
    }
    func typed(_ column: Int, _ wish: ColumnTyping.Wish) -> ColumnTyping.Result {
      ColumnTyping(wish, dateOrder: dateOrder, zone: zone).read(sheet.document.columns[column])
    }
    let ids = typed(segmentColumn, .integer).vector
    let owners = typed(customerColumn, .integer).vector
    let added = shape.column(named: "added").map { typed($0, .time).vector }
    let places = KeyIndex(segments.map { Int64($0.id) })
    var bitmaps = segments.map { _ in Bitmap?.none }
    var latest = segments.map { _ in Int64?.none }
    var bad = sheet.document.badRows
    guard let segmentIDs = ids.numbers, let customerIDs = owners.numbers else { return [:] }
    for row in segmentIDs.indices {
      guard let place = places.row(of: segmentIDs[row]), !ids.isNull(row) else {
        bad.append(badRow(sheet, row, "there is no segment", segmentColumn))
        continue
      }
      guard let customer = customers.index?.row(of: customerIDs[row]), !owners.isNull(row) else {
        bad.append(badRow(sheet, row, "there is no customer", customerColumn))
        continue
      }
      if bitmaps[place] == nil { bitmaps[place] = Bitmap(count: customers.rowCount) }
      bitmaps[place]?[customer] = true
      if let time = added?.instant(row, zone), time > latest[place] ?? .min { latest[place] = time }
    }
    try tell(bad, of: sheet)
    var result: [Int: (Bitmap, Int64?)] = [:]
    for (place, segment) in segments.enumerated() {
      if let bitmap = bitmaps[place] { result[segment.id] = (bitmap, latest[place]) }
    }
    return result
  }

  private func badRow(
    _ sheet: Sheet, _ row: Int, _ reason: String, _ column: Int
  ) -> CSVDocument.BadRow {
    CSVDocument.BadRow(
      line: sheet.document.line(ofRow: row),
      reason: "\(reason) '\(sheet.document.columns[column].texts[row])'")
  }
}

extension ColumnVector {
  /// A date or time in seconds; nil where it is null or neither.
  fileprivate func instant(_ row: Int, _ zone: TimeZone) -> Int64? {
    guard type.isTemporal, !isNull(row), let number = numbers?[row] else { return nil }
    return type == .date ? zone.startOfDay(number) : number
  }
}
