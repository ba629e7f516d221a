import SegqBytes

/// An Excel workbook (`.xlsx`, `.xlsm`): XML files in a zip file, which point at each other.
///
/// Read as ECMA-376 has it, in its transitional and its strict form, and as openpyxl, xlsxwriter,
/// LibreOffice and Google write it: names of parts come from the relationships, prefixes do not
/// matter, and `dimension`, which often lies, is not looked at.
struct Workbook {
  private let archive: any Archive
  /// Parts are found without regard to case.
  private let parts: [String: String]
  private let blockSize: Int
  private let isInterrupted: @Sendable () -> Bool

  init(_ archive: any Archive, blockSize: Int, isInterrupted: @escaping @Sendable () -> Bool) {
    self.archive = archive
    self.blockSize = blockSize
    self.isInterrupted = isInterrupted
    parts = Dictionary(
      archive.names.map { (Self.key($0), $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func key(_ name: String) -> String {
    let path = name.lowercased().replacing("\\", with: "/")
    return path.hasPrefix("/") ? String(path.dropFirst()) : path
  }

  /// Whether these are the files of an office document.
  static func isIn(_ names: [String]) -> Bool {
    names.contains { key($0) == "[content_types].xml" }
  }

  /// The sheets that hold something, and the names of the others.
  func sheets() throws(ReadingFailure) -> (sheets: [TableSheet], empty: [String]) {
    let main = try mainPart()
    if main.hasSuffix(".bin") { throw .foreign(.binaryWorkbook) }
    guard let book = try elements(of: main) else {
      throw .noTable(
        reason: "it has no workbook in it", help: "save it as .xlsx or CSV, and load that")
    }
    let links = try relationships(of: main)
    let contents = SheetContents(
      strings: try strings(links), formats: try formats(links), is1904: Self.is1904(book))
    var sheets: [TableSheet] = []
    var empty: [String] = []
    for element in book where element.name == Self.sheet && element.parent == Self.sheets {
      if let sheet = try sheet(element, links, contents) {
        sheets.append(sheet)
      } else {
        empty.append("sheet '\(element.attributes[Self.name] ?? "")'")
      }
    }
    guard !sheets.isEmpty else {
      throw .noTable(
        reason: "its sheets are empty", help: "the first row names the columns: ID, Name, …")
    }
    return (sheets, empty)
  }

  /// Nil where it is empty, or a chart.
  private func sheet(
    _ element: XMLElements.Element, _ links: [String: Link], _ contents: SheetContents
  ) throws(ReadingFailure) -> TableSheet? {
    guard let id = element.attributes[Self.id], let link = links[id], link.kind == "worksheet"
    else {
      return nil
    }
    guard let source = file(link.target) else {
      throw .source(.damaged(.zip, detail: "'\(link.target)' is not in it"))
    }
    let sample = GridSample()
    try scan(source, link.target, contents, sample)
    guard !sample.rows.isEmpty else { return nil }
    var layout = GridLayout(sample.rows)
    if let state = element.attributes[Self.state], state != "visible" {
      layout.notes.append(.hidden)
    }
    let (found, blockSize, part) = (layout, blockSize, link.target)
    return TableSheet(
      name: element.attributes[Self.name] ?? "", header: found.header, headerLine: found.headerRow,
      unit: .row, notes: found.notes,
      rows: RowSource(source: source, byteCount: source.size / 4) { width in
        GridCutter(found, width: width, blockSize: blockSize) {
          WorksheetScanner(source, part: part, contents, $0)
        }
      })
  }

  private func scan(
    _ source: any ByteSource, _ part: String, _ contents: SheetContents, _ sample: GridSample
  ) throws(ReadingFailure) {
    let scanner = WorksheetScanner(source, part: part, contents, sample)
    while try scanner.advance() {
      guard !isInterrupted() else { throw .interrupted }
    }
  }

  private static func is1904(_ book: [XMLElements.Element]) -> Bool {
    let value = book.first { $0.name == properties }?.attributes[date1904]
    return value == "1" || value == "true"
  }

  private func strings(_ links: [String: Link]) throws(ReadingFailure) -> SharedStrings {
    guard let link = Self.first("sharedStrings", links),
      let source = file(link.target)
    else { return SharedStrings() }
    return try SharedStrings.read(source, part: link.target, isInterrupted: isInterrupted)
  }

  /// What each style says of numbers, by its index.
  private func formats(_ links: [String: Link]) throws(ReadingFailure) -> [CellFormat] {
    guard let link = Self.first("styles", links),
      let styles = try elements(of: link.target)
    else { return [] }
    var custom: [Int: CellFormat] = [:]
    for style in styles where style.name == Self.numberFormat {
      if let id = style.attributes[Self.numberFormatID].flatMap({ Int($0) }) {
        custom[id] = CellFormat(code: style.attributes[Self.formatCode] ?? "")
      }
    }
    return styles.filter { $0.name == Self.xf && $0.parent == Self.cellXfs }.map { style in
      let id = style.attributes[Self.numberFormatID].flatMap { Int($0) } ?? 0
      return custom[id] ?? CellFormat(builtIn: id)
    }
  }
}

// Parts and how they point at each other.
extension Workbook {
  private struct Link {
    /// The last word of the relationship's type: `worksheet`.
    var kind: String
    var target: String
  }

  private func file(_ part: String) -> (any ByteSource)? {
    parts[Self.key(part)].flatMap { archive.file($0) }
  }

  private func elements(of part: String) throws(ReadingFailure) -> [XMLElements.Element]? {
    guard let source = file(part) else { return nil }
    return try XMLElements.read(source, part: part)
  }

  private func mainPart() throws(ReadingFailure) -> String {
    let links = try relationships(of: "")
    return Self.first("officeDocument", links)?.target ?? "xl/workbook.xml"
  }

  /// The first of a kind by its target: there should be one.
  private static func first(_ kind: String, _ links: [String: Link]) -> Link? {
    links.values.filter { $0.kind == kind }.min { $0.target < $1.target }
  }

  /// What a part points at, by the ids of the relationships.
  private func relationships(of part: String) throws(ReadingFailure) -> [String: Link] {
    let slash = part.lastIndex(of: "/")
    let folder = slash.map { String(part[...$0]) } ?? ""
    let name = slash.map { String(part[part.index(after: $0)...]) } ?? part
    var links: [String: Link] = [:]
    for element in try elements(of: "\(folder)_rels/\(name).rels") ?? []
    where element.name == Self.relationship {
      guard let id = element.attributes[Self.capitalID],
        let target = element.attributes[Self.target],
        let kind = element.attributes[Self.type]?.split(separator: "/").last
      else { continue }
      links[id] = Link(kind: String(kind), target: Self.resolved(target, in: folder))
    }
    return links
  }

  /// `xl/worksheets/sheet1.xml` of `worksheets/sheet1.xml` in `xl/`, of `/xl/…`, and of `../xl/…`.
  private static func resolved(_ target: String, in folder: String) -> String {
    let path = target.hasPrefix("/") ? String(target.dropFirst()) : folder + target
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }

  private static let sheet: XMLName = "sheet"
  private static let sheets: XMLName = "sheets"
  private static let id: XMLName = "id"
  private static let name: XMLName = "name"
  private static let state: XMLName = "state"
  private static let properties: XMLName = "workbookPr"
  private static let date1904: XMLName = "date1904"
  private static let numberFormat: XMLName = "numFmt"
  private static let numberFormatID: XMLName = "numFmtId"
  private static let formatCode: XMLName = "formatCode"
  private static let xf: XMLName = "xf"
  private static let cellXfs: XMLName = "cellXfs"
  private static let relationship: XMLName = "Relationship"
  private static let capitalID: XMLName = "Id"
  private static let target: XMLName = "Target"
  private static let type: XMLName = "Type"
}
