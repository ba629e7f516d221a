import SegqBytes
import SegqRecords

/// Rows that form a tree, each with its level and behind those above it, as `why` gives them:
///
/// ```
/// ✗ segment 5 'Big French': no member as loaded, and the rule agrees
/// └─ ✗ all of these
///    ├─ ✓ country = France
///    └─ ? zip is null, needs 01310
/// ```
/// The columns are level, condition, holds and values; a line is the values, where there are any.
/// As JSON the rows below another are its `children`; one root alone is the document.
struct TreeWriter: ResultWriter {
  var isUniform: Bool { false }

  private let isJSON: Bool
  private let pen: TerminalPen
  private var nodes: [(level: Int, node: Node)] = []

  fileprivate struct Node {
    var condition: String
    var holds: Bool?
    var values: String?
    var children: [Node] = []
  }

  init(isJSON: Bool, _ options: WriterOptions) {
    self.isJSON = isJSON
    pen = TerminalPen(usesColor: options.usesColor)
  }

  mutating func begin(_ schema: Schema, to out: inout [UInt8]) {}

  mutating func write(_ batch: RecordBatch, to out: inout [UInt8]) {
    for row in 0..<batch.rowCount {
      let values = batch.columns.map { $0[row] }
      let node = Node(
        condition: values[1].text(in: .utc), holds: values[2].number.map { $0 != 0 },
        values: values[3] == .null ? nil : values[3].text(in: .utc))
      nodes.append((Int(values[0].number ?? 0), node))
    }
  }

  mutating func end(to out: inout [UInt8]) {
    var rest = nodes[...]
    let roots = Self.take(&rest, below: -1)
    guard isJSON else {
      for root in roots { draw(root, "", "", &out) }
      return
    }
    let values = roots.map(\.json)
    (values.count == 1 ? values[0] : .array(values)).append(to: &out)
    out.append(UInt8(ascii: "\n"))
  }

  /// The next nodes that lie deeper, each with what lies below it; levels may be left out.
  private static func take(
    _ rest: inout ArraySlice<(level: Int, node: Node)>, below level: Int
  ) -> [Node] {
    var taken: [Node] = []
    while let next = rest.first, next.level > level {
      rest.removeFirst()
      var node = next.node
      node.children = take(&rest, below: next.level)
      taken.append(node)
    }
    return taken
  }

  private func draw(_ node: Node, _ lead: String, _ below: String, _ out: inout [UInt8]) {
    pen.dim({ $0 += lead.utf8 }, &out)
    let sign = node.holds.map { $0 ? "✓" : "✗" } ?? "?"
    pen.bold({ $0 += sign.utf8 }, &out)
    out.append(UInt8(ascii: " "))
    out += VisibleText.of(node.values ?? node.condition).utf8
    out.append(UInt8(ascii: "\n"))
    for (i, child) in node.children.enumerated() {
      let isLast = i == node.children.count - 1
      draw(child, below + (isLast ? "└─ " : "├─ "), below + (isLast ? "   " : "│  "), &out)
    }
  }
}

extension TreeWriter.Node {
  fileprivate var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("condition", .string(condition)), ("holds", holds.map { .boolean($0) } ?? .null),
      ("values", values.map { .string($0) } ?? .null),
    ]
    if !children.isEmpty { members.append(("children", .array(children.map(\.json)))) }
    return .object(members)
  }
}

extension Format {
  /// A new writer of rows that form a tree; formats that know no trees write the rows.
  public func treeWriter(_ options: WriterOptions) -> any ResultWriter {
    switch self {
    case .table: TreeWriter(isJSON: false, options)
    case .json: TreeWriter(isJSON: true, options)
    case .csv, .tsv, .jsonl, .markdown, .vertical, .xml, .html, .chart: writer(options)
    }
  }
}
