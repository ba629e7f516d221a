import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqRecords
import SegqSystem

// Segments, and who is in them.
extension StoreLoader {
  /// Adds the segments of a plan to a store: those of files of segments, with their websites and
  /// members, and a segment for each export of the drill-down.
  func addSegments(
    _ plan: LoadPlan, to store: inout Store, _ files: ReadFiles
  ) throws(ShellError) {
    let sheets = try plan.items(named: "segments").map { (item) throws(ShellError) in
      try textSheet(item)
    }
    let codes = try codes(plan, store.customers)
    var segments: [Segment] = []
    for sheet in sheets {
      segments += try definitions(sheet, besides: segments, codes)
    }
    try addWebsites(plan.item(named: "segment_websites"), codes, to: &segments)
    try addMembers(plan.items(named: "members"), to: &segments, store.customers)
    store.segments = segments.sorted { $0.id < $1.id }
    try addDrillDowns(plan.drillDowns, to: &store, files)
  }

  func addDrillDowns(
    _ items: [LoadItem], to store: inout Store, _ files: ReadFiles
  ) throws(ShellError) {
    for item in items { try addSegment(of: item, to: &store, files) }
  }

  /// Segments with those of a file beside them, whose members are not known yet.
  func segments(
    _ segments: [Segment], appending item: LoadItem, customers: Table
  ) throws(ShellError) -> [Segment] {
    let codes = try codes(LoadPlan([item]), customers)
    var new = try definitions(try textSheet(item), besides: segments, codes)
    try addMembers([], to: &new, customers)
    return (segments + new).sorted { $0.id < $1.id }
  }

  private func definitions(
    _ sheet: Sheet, besides known: [Segment], _ codes: Codes
  ) throws(ShellError) -> [Segment] {
    var segments: [Segment] = []
    var doubts: [Doubt] = []
    var rejected = RejectedRows(sheet.document)
    for row in 0..<sheet.document.rowCount {
      switch segment(sheet, row, besides: known, segments) {
      case .success(var segment):
        translate(sheet, row, to: &segment, codes, &doubts)
        segments.append(segment)
      case .failure(let bad):
        rejected.add(line: sheet.document.line(ofRow: row), bad.reason)
      }
    }
    report.note(sheet.item.name) { $0.rows = sheet.document.rowCount }
    try tell(rejected, of: sheet.item, among: sheet.document.rowCount)
    try tell(doubts, of: sheet)
    return segments
  }

  /// An export of the drill-down is a segment named as its file, whose members are its rows.
  private func addSegment(
    of item: LoadItem, to store: inout Store, _ files: ReadFiles
  ) throws(ShellError) {
    guard case .segment(let name) = item.verdict.role, let customers = store.customers else {
      return
    }
    let rows = try files.rows(of: item) { () throws(ShellError) in try fileRows(of: item) }
    guard let id = rows.shape.idColumn, let index = customers.index else { return }
    let found = index.rows(of: rows.columns[id].vector)
    let unknown = found.count { $0 < 0 }
    let members = RowSet(
      ascending: Set(found.filter { $0 >= 0 }).sorted(), rowCount: customers.rowCount)
    var segment = Segment(
      id: store.segments.nextID, name: name, isActive: true, websites: [])
    segment.load(members, added: [], latest: Files.modified(item.path))
    store.segments.append(segment)
    report.note(item.name) { file in
      (file.rows, file.linked, file.unlinked) = (rows.count, members.count, unknown)
    }
    guard unknown > 0 else { return }
    warn(
      .orphans(unknown, of: item.name, by: rows.shape.columns[id].header, in: "customers"))
  }

  private struct BadRowError: Error { let reason: String }

  private func segment(
    _ sheet: Sheet, _ row: Int, besides known: [Segment], _ earlier: [Segment]
  ) -> Result<Segment, BadRowError> {
    func text(_ name: String) -> String? { sheet.text(name, row) }
    func bad(_ reason: String) -> Result<Segment, BadRowError> {
      .failure(BadRowError(reason: reason))
    }
    guard let id = text("id").flatMap({ Int($0) }) else {
      return bad("ID '\(text("id") ?? "")' is not a whole number")
    }
    guard !known.contains(where: { $0.id == id }) else {
      return bad("there is a segment \(id) already")
    }
    guard !earlier.contains(where: { $0.id == id }) else {
      return bad("an earlier row has the id \(id) too")
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
    _ items: [LoadItem], to segments: inout [Segment], _ customers: Table?
  ) throws(ShellError) {
    guard let customers else { return }
    let loaded = items.isEmpty ? nil : try members(items, segments, customers)
    for i in segments.indices {
      if let loaded = loaded?[i] {
        segments[i].load(loaded.members, added: loaded.added, latest: loaded.latest)
      } else if segments[i].isForVisitors
        || loaded != nil && segments[i].rule == nil
      {
        segments[i].setMembers(RowSet(rowCount: customers.rowCount))
      }
    }
  }

  /// Adds the members of a file to those of their segments; the places of the segments that have more
  /// now.
  func addMembers(
    _ item: LoadItem, to segments: inout [Segment], of customers: Table, at now: Int64
  ) throws(ShellError) -> Set<Int> {
    let loaded = try members([item], segments, customers)
    var changed: Set<Int> = []
    for i in segments.indices {
      let old = segments[i].members
      if let (members, added, latest) = loaded[i] {
        let all = old.map { RowSet.union([$0, members], rowCount: customers.rowCount) } ?? members
        guard all.count != segments[i].memberCount else { continue }
        if old == nil, segments[i].growth.isEmpty {
          segments[i].load(all, added: added, latest: latest)
        } else {
          segments[i].load(all, at: now, of: customers)
          segments[i].refreshed = [segments[i].refreshed, latest].compactMap { $0 }.max()
        }
        segments[i].staleness =
          old == nil || segments[i].rule == nil ? nil : "members were added later"
        changed.insert(i)
      } else if old == nil, segments[i].rule == nil {
        segments[i].setMembers(RowSet(rowCount: customers.rowCount))
      }
    }
    return changed
  }

  private func members(
    _ items: [LoadItem], _ segments: [Segment], _ customers: Table
  ) throws(ShellError) -> [MemberCollector.Members?] {
    var collected: [MemberCollector.Members?] = segments.map { _ in nil }
    for item in items {
      for (place, members) in try members(item, segments, customers).enumerated() {
        collected[place] = MemberCollector.joined(collected[place], members, customers)
      }
    }
    return collected
  }

  private func members(
    _ item: LoadItem, _ segments: [Segment], _ customers: Table
  ) throws(ShellError) -> [MemberCollector.Members?] {
    let shape = item.shape
    guard let segment = shape.column(named: "segment"),
      let customer = shape.column(named: "customer")
    else {
      throw .diagnostic(
        Diagnostic(
          code: "members", "\(item.path) needs the columns Segment ID and Customer ID",
          help: "load '\(item.path)' as members append (segment = 'HEADER', customer = 'HEADER')"))
    }
    let added = shape.column(named: "added")
    let collector = MemberCollector(
      MemberCollector.Columns(segment: segment, customer: customer, added: added), segments,
      customers, zone)
    let wishes = shape.columns.indices.map { place in
      [segment, customer, added].contains(place) ? shape.columns[place].kind.wish : nil
    }
    let sheet = try sheet(item, wishes: wishes, consumer: collector)
    var rejected = collector.rejected
    rejected.add(sheet.document)
    let count = sheet.document.rowCount + sheet.document.badRowCount
    report.note(item.name) { $0.rows = count }
    try tell(rejected, of: item, among: count)
    return collector.members(added.flatMap { sheet.document.columns[$0]?.vector.type })
  }
}
