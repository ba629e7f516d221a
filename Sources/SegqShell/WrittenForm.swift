import SegqCommerce
import SegqFormats

/// How an answer is written: `as csv`, `as csv layout adobe`.
struct WrittenForm {
  var format: Format
  var layout: ReportLayout?

  func writer(_ options: WriterOptions) -> any ResultWriter {
    layout?.writer(format, options) ?? format.writer(options)
  }
}
