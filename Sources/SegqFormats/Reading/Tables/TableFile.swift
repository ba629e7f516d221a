public import SegqBytes

/// A file of tables, whatever its format: opened once, its sheets looked at, and read.
///
/// ```swift
/// let file = try TableFile(InputSource.open("shop/orders.csv.gz"))
/// for sheet in file.sheets {
///   let kind = recognize(sheet.name, sheet.header, try sheet.sample(rows: 100))
///   let reader = sheet.reader(columns: kind.wishes, settings: settings)
///   let document = try reader.read { Workers.run(2, $0) }
/// }
/// ```
/// Format and container are told by the bytes, and by the ending only where the bytes leave it open.
public struct TableFile: Sendable {
  public enum Format: String, Sendable {
    case delimited = "delimited text"
    case excelXML = "Excel XML"
    case workbook = "an Excel workbook"
    case json = "JSON"
    case jsonLines = "JSON Lines"
    /// Several files of any format in a zip file: each is a sheet, or several.
    case archive = "a zip file"
  }

  public let input: Input
  public let format: Format
  /// At least one.
  public let sheets: [TableSheet]
  /// What is to be known of the file as a whole.
  public let notes: [SheetNote]

  init(
    _ input: Input, _ format: Format, sheets: [TableSheet], notes: [SheetNote] = []
  ) {
    self.input = input
    self.format = format
    self.sheets = sheets
    self.notes = notes
  }

  /// The first bytes, without what they were packed in; none of a zip file.
  public var head: [UInt8] {
    guard case .bytes(let source) = input.content else { return [] }
    return (try? source.head(4096)) ?? []
  }

  /// Whether it is Excel XML byte for byte as the Admin begins it: its texts are HTML then, and have a
  /// blank before what a spreadsheet might run. Files that were saved again are not told apart.
  public var isAdminExport: Bool {
    format == .excelXML && head.starts(with: AdminSheetWriter.head.utf8)
  }

  /// Looks at the beginning of a file; at all of it where its columns are known only at the end, as
  /// in JSON. `blockSize` is how many bytes a worker takes at a time.
  public init(
    _ input: Input, blockSize: Int = TableReader.usualBlockSize,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws(ReadingFailure) {
    let opener = FileOpener(input, blockSize: max(1, blockSize), isInterrupted: isInterrupted)
    do throws(ReadingFailure) { self = try opener.open() } catch {
      throw error.caused { () throws(SourceFailure) in try input.checkUnchanged() }
    }
  }
}
