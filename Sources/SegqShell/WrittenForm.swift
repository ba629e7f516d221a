import SegqCommerce
import SegqFormats

/// How an answer is written: `as csv`, `as csv layout adobe`.
struct WrittenForm {
  var format: Format
  var layout: ReportLayout?
  /// The rows form a tree (`why`).
  var isTree = false

  func writer(_ options: WriterOptions) -> any ResultWriter {
    layout?.writer(format, options)
      ?? (isTree ? format.treeWriter(options) : format.writer(options))
  }
}
