import SegqBytes

/// JSON with tables in it: a list of objects, a page of a REST answer, or an object a line.
///
/// ```
/// [{"id": 1, "address": {"city": "Lyon"}, "tags": ["a", "b"]}]       id, address_city, tags: a, b
/// {"items": [{"id": 1, "orders": [{"no": 7}]}], "total_count": 1}    items, and orders with item_id
/// {"id": 1}↵{"id": 2}                                                JSON Lines
/// ```
/// Objects within objects are flattened, lists of values joined with `, `, and lists of objects are
/// sheets of their own, whose first column has the id of the object around them. Columns are known
/// when the whole file was looked through, so it is read twice.
struct JSONDocument {
  private let source: any ByteSource
  private let input: Input
  private let blockSize: Int
  private let isInterrupted: @Sendable () -> Bool

  init(
    _ source: any ByteSource, _ input: Input, blockSize: Int,
    isInterrupted: @escaping @Sendable () -> Bool
  ) {
    self.source = source
    self.input = input
    self.blockSize = blockSize
    self.isInterrupted = isInterrupted
  }

  /// Whether a file that begins so is JSON.
  static func isIn(_ head: [UInt8]) -> Bool {
    let text = head.dropFirst(head.starts(with: ByteOrderMark.utf8) ? 3 : 0)
    let letters = Array(text.lazy.filter { !" \t\r\n\u{1E}".utf8.contains($0) }.prefix(2))
    switch letters.first {
    case UInt8(ascii: "{"): return letters.count < 2 || "\"}".utf8.contains(letters[1])
    case UInt8(ascii: "["): return letters.count < 2 || "{[]\"-0123456789".utf8.contains(letters[1])
    default: return false
    }
  }

  func file(notes: [SheetNote]) throws(ReadingFailure) -> TableFile {
    let (tree, documents, isList) = try scan()
    let plan = try JSONPlan(tree, documents: documents, isList: isList, stem: stem)
    let isLines = documents > 1 && !isList
    let left = plan.leftOut.isEmpty ? [] : [SheetNote.leftOut(plan.leftOut)]
    return TableFile(
      input, isLines ? .jsonLines : .json,
      sheets: plan.sheets.map { sheet($0, plan, isLines: isLines) }, notes: notes + left)
  }

  /// `customers` of `shop/customers.json.gz`
  private var stem: String {
    String(input.name[..<(input.name.lastIndex(of: ".") ?? input.name.endIndex)])
  }

  /// Goes through the file once for the keys that its objects have.
  private func scan() throws(ReadingFailure) -> (JSONTree, documents: Int, isList: Bool) {
    var tokens = JSONTokens(source)
    var walk = JSONWalk(grows: true)
    var (hasList, hasObject, count) = (false, false, 0)
    while true {
      count &+= 1
      if count & 0xFFFF == 0, isInterrupted() { throw .interrupted }
      let isOutside = tokens.depth == 0
      switch try walk.step(&tokens) {
      case .beginObject: hasObject = hasObject || isOutside
      case .beginArray: hasList = hasList || isOutside
      case .endObject, .endArray, .scalar, .repeated: break
      case .unknown:
        throw .noTable(
          reason: "its objects have more than \(JSONTree.most) different keys",
          help: "are ids used as keys? Write a list of objects, with the id as a value")
      case .end:
        guard !hasList || !hasObject else {
          throw .noTable(
            reason: "lists and objects follow each other", help: "put them into a file each")
        }
        return (walk.tree, walk.documentCount, hasList)
      }
    }
  }

  private func sheet(
    _ sheet: JSONPlan.Sheet, _ plan: JSONPlan, isLines: Bool
  ) -> TableSheet {
    let (source, blockSize) = (source, blockSize)
    return TableSheet(
      name: sheet.name, header: sheet.header, headerLine: 0, unit: isLines ? .line : .item,
      parent: sheet.parent,
      rows: RowSource(source: source, byteCount: source.size / 2) { _ in
        JSONCutter(source, plan.tree, sheet, blockSize: blockSize, countsLines: isLines)
      })
  }
}
