/// Cuts a file into blocks of whole records, one after the other. Each format is one cutter.
///
/// Cutting goes in order, as where a record ends depends on what is before it; everything behind it
/// (types, codes, bad values) is the same for all formats and runs on all cores.
protocol RecordCutter: Sendable {
  /// Fills a block with the next records; false at the end of the file or when it failed.
  mutating func cut(_ block: inout FieldBlock, isInterrupted: () -> Bool) -> Bool

  /// Why it stopped before the end of the file.
  var failure: ReadingFailure? { get }
}
