public import SegqFormats
public import SegqRecords

/// `layout adobe`: the columns of the Customer Segment report, as the Admin names and shows them.
///
/// In CSV and XML the bytes are the Admin's as well. Its export of customers writes text as HTML
/// (`O&#039;Brien`; magento/magento2, `Backend/Block/Widget/Grid/Column/Renderer/Text.php`), and so
/// does this one: ``ReportText`` takes it off again. Country names are not touched by that.
public struct ReportLayout: Sendable {
  /// How the name of the layout is written.
  public static let name = "adobe"

  struct Column: Sendable {
    let name: String
    let header: String
  }

  let columns: [Column]
  /// Whether text is HTML where the bytes are the Admin's.
  let isHTML: Bool
  /// The Admin names the sheet after its file, whatever the user calls that.
  private let sheet: String

  /// How many rows below the header Excel opens. The Admin writes one sheet, however long.
  public static let rowsOfSheet = 1_048_575

  /// The nine columns of the drill-down, which is what the Admin exports.
  public static let customers = ReportLayout(
    columns: KnownTable.customers.columns.filter(\.isShown).map {
      Column(name: $0.name, header: $0.header)
    }, isHTML: true, sheet: "customersegment_customers.xml")

  /// The grid, less its Select column. The Admin has no export of it: there is no HTML to be like.
  public static let segments = ReportLayout(
    columns: KnownTable.segments.columns.prefix(4).map { Column(name: $0.name, header: $0.header) }
      + [Column(name: "customers", header: "Customers")], isHTML: false,
    sheet: "customersegment_segments.xml")

  /// The headers of the columns that the schema has not; they stay empty.
  public func missingHeaders(in schema: Schema) -> [String] {
    columns.filter { column in !schema.fields.contains { $0.name == column.name } }.map(\.header)
  }

  /// A new writer of that format, for answers that have the layout's columns among theirs.
  public func writer(_ format: Format, _ options: WriterOptions) -> any ResultWriter {
    var options = options
    options.title = sheet
    options.isAsAdmin = true
    return ReportWriter(
      layout: self, writer: format.writer(options), zone: options.timeZone,
      isHTML: isHTML && (format == .csv || format == .xml))
  }
}

/// Turns the columns of an answer into those of the report, for another writer.
private struct ReportWriter: ResultWriter {
  var isUniform: Bool { writer.isUniform }

  let layout: ReportLayout
  var writer: any ResultWriter
  let isHTML: Bool
  private var times: ShownTimes
  /// Where the answer has each column of the layout.
  private var places: [Int?] = []

  init(layout: ReportLayout, writer: any ResultWriter, zone: TimeZone, isHTML: Bool) {
    self.layout = layout
    self.writer = writer
    self.isHTML = isHTML
    times = ShownTimes(timeZone: zone)
  }

  mutating func begin(_ schema: Schema, to out: inout [UInt8]) {
    places = layout.columns.map { column in
      schema.fields.firstIndex { $0.name == column.name }
    }
    let fields = zip(layout.columns, places).map { column, place in
      let type = place.map { schema.fields[$0].type } ?? .text
      return Field(name: column.name, header: column.header, type: type.isTemporal ? .text : type)
    }
    writer.begin(Schema(fields), to: &out)
  }

  mutating func write(_ batch: RecordBatch, to out: inout [UInt8]) {
    var columns: [ColumnVector] = []
    for (column, place) in zip(layout.columns, places) {
      columns.append(
        place.map { shown(batch.columns[$0], column) } ?? .nulls(count: batch.rowCount))
    }
    writer.write(RecordBatch(columns: columns, rowCount: batch.rowCount), to: &out)
  }

  mutating func end(to out: inout [UInt8]) { writer.end(to: &out) }

  private mutating func shown(
    _ values: ColumnVector, _ column: ReportLayout.Column
  ) -> ColumnVector {
    if values.type.isTemporal { return times.texts(of: values) }
    if column.name == "country" { return values.rewritten(with: Self.appendCountry) }
    return isHTML ? values.rewritten(with: ReportText.append) : values
  }

  /// `US` as `United States`; everything else as it is.
  private static func appendCountry(_ text: ArraySlice<UInt8>, to out: inout [UInt8]) {
    let name = text.count == 2 ? Countries.name(of: String(decoding: text, as: UTF8.self)) : nil
    if let name { out += name.utf8 } else { out += text }
  }
}

extension ColumnVector {
  fileprivate static func nulls(count: Int) -> ColumnVector {
    ColumnVector(repeatElement(Value.null, count: count), type: .text)
  }

  /// The texts, each written anew; a dictionary's once, where there are fewer of them than rows.
  func rewritten(
    with append: (ArraySlice<UInt8>, inout [UInt8]) -> Void
  ) -> ColumnVector {
    var result = self
    switch storage {
    case .numbers: break
    case .texts(let texts): result.storage = .texts(texts.rewritten(0..<texts.count, append))
    case .coded(let codes, let dictionary):
      result.storage =
        dictionary.count <= codes.count
        ? .coded(codes, dictionary.rewritten(0..<dictionary.count, append))
        : .texts(dictionary.rewritten(codes.lazy.map { Int($0) }, append))
    }
    return result
  }

  /// The same with each text where its code was.
  var decoded: ColumnVector {
    guard case .coded(let codes, let dictionary) = storage else { return self }
    let texts = dictionary.rewritten(codes.lazy.map { Int($0) }) { text, out in out += text }
    return ColumnVector(type: type, storage: .texts(texts), nulls: nulls)
  }
}

extension TextVector {
  fileprivate func rewritten(
    _ places: some Collection<Int>, _ append: (ArraySlice<UInt8>, inout [UInt8]) -> Void
  ) -> TextVector {
    var result = TextVector()
    result.reserveCapacity(texts: places.count, bytes: bytes.count)
    for place in places {
      append(bytes[range(place)], &result.bytes)
      result.endText()
    }
    return result
  }
}
