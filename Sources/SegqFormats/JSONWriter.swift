import SegqRecords

/// JSON (RFC 8259), strict: one array on one line, or an object a line.
///
/// ```
/// [{"id":7,"name":"Jane","total":12.5,"since":"2024-01-31 10:00:00","zip":null}]
/// ```
/// Keys are the fields' names; a name that comes twice is `name` and `name_2`.
struct JSONWriter: ResultWriter {
  var isUniform: Bool { true }

  enum Layout {
    case array
    case lines
  }

  private let layout: Layout
  private var isFirst = true
  private var encoder: RowEncoder<JSONCells>

  init(_ layout: Layout, _ options: WriterOptions) {
    self.layout = layout
    let end =
      switch layout {
      case .array: "}"
      case .lines: "}\n"
      }
    encoder = RowEncoder(
      style: JSONCells(), rows: RowAssembler(start: "{", leads: [], end: end),
      timeZone: options.timeZone)
  }

  mutating func begin(_ schema: Schema, to out: inout [UInt8]) {
    let keys = Self.uniqueNames(schema.fields.map(\.name))
    encoder.rows.leads = keys.indices.map { index in
      var lead: [UInt8] = index == 0 ? [] : [UInt8(ascii: ",")]
      encoder.style.appendText(Array(keys[index].utf8)[...], to: &lead)
      lead.append(UInt8(ascii: ":"))
      return lead
    }
    switch layout {
    case .array: out.append(UInt8(ascii: "["))
    case .lines: break
    }
  }

  mutating func write(_ batch: RecordBatch, to out: inout [UInt8]) {
    var start = 0
    if isFirst, batch.rowCount > 0 {
      isFirst = false
      start = 1
      encoder.append(batch, rows: 0..<1, to: &out)
      switch layout {
      case .array: encoder.rows.start = Array(",{".utf8)
      case .lines: break
      }
    }
    encoder.append(batch, rows: start..<batch.rowCount, to: &out)
  }

  mutating func end(to out: inout [UInt8]) {
    switch layout {
    case .array: out += "]\n".utf8
    case .lines: break
    }
  }

  /// Names of which none comes twice: `a`, `a_2`.
  static func uniqueNames(_ names: [String]) -> [String] {
    var taken = Set(names)
    var seen: Set<String> = []
    return names.map { name in
      if seen.insert(name).inserted { return name }
      var number = 2
      while !taken.insert("\(name)_\(number)").inserted { number += 1 }
      return "\(name)_\(number)"
    }
  }
}

/// A JSON value.
struct JSONCells: CellStyle {
  var null: [UInt8] { Array("null".utf8) }

  func appendNumber(
    _ number: Int64, _ type: DataType, _ values: inout ValueText, to out: inout OutputSpan<UInt8>
  ) {
    if type.isTemporal { out.append(UInt8(ascii: "\"")) }
    values.append(number, as: type, to: &out)
    if type.isTemporal { out.append(UInt8(ascii: "\"")) }
  }

  func appendText(_ text: ArraySlice<UInt8>, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    out.append(text, replacing: Self.asksForEscape, with: Self.appendEscape)
    out.append(UInt8(ascii: "\""))
  }

  private static func asksForEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static func appendEscape(_ byte: UInt8, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\n"): out.append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): out.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): out.append(UInt8(ascii: "t"))
    case 0..<0x20:
      out += "u00".utf8
      out.append(UInt8(ascii: "0") + byte >> 4)
      out.append(Array("0123456789abcdef".utf8)[Int(byte & 15)])
    default: out.append(byte)
    }
  }
}
