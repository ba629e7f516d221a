import SegqCommerce
import SegqRecords
import Synchronization

/// What became of one file: `describe load` shows it.
struct FileReport: Sendable {
  let file: String
  /// The table whose rows it has; nil where it was left out.
  var table: String?
  /// Why it was taken for that.
  var reason: String
  /// How many rows it has, those that were skipped among them; nil before it is read.
  var rows: Int?
  /// How many rows are linked to a row of another table, and how many are not; nil without a link.
  var linked: Int?
  var unlinked: Int?
  var skipped = 0
  /// What else there is to know, a sentence each.
  var notes: [String] = []
}

/// What became of each file of a load, told by whoever meets it.
final class LoadReport: Sendable {
  private let state = Mutex<[FileReport]>([])

  init(_ files: [FileReport] = []) { state.withLock { $0 = files } }

  var files: [FileReport] { state.withLock { $0 } }

  /// Notes what a file was taken for; what was known of it before is void.
  func begin(_ item: LoadItem) {
    let table: String? =
      switch item.verdict.role {
      case .leftOut: nil
      case .segment(let name): "segment '\(name)'"
      case .table, .moreRows, .moreColumns: item.shape.name
      }
    var report = FileReport(file: item.name, table: table, reason: item.verdict.reason)
    if let doubt = item.verdict.doubt {
      report.notes.append(doubt.question)
      report.notes += doubt.readings.dropFirst().map { "as \($0.meaning): \(item.statement($0))" }
    }
    state.withLock { files in
      files.removeAll { $0.file == report.file }
      files.append(report)
    }
  }

  /// Notes that a file holds no table.
  func leaveOut(_ path: String, because reason: String) {
    state.withLock { files in
      files.removeAll { $0.file == path }
      files.append(FileReport(file: path, reason: reason))
    }
  }

  func note(_ file: String, _ change: (inout FileReport) -> Void) {
    state.withLock { files in
      if let index = files.firstIndex(where: { $0.file == file }) { change(&files[index]) }
    }
  }
}

/// Rows of files that several tables come of, so that each is read once.
final class ReadFiles: Sendable {
  private let state = Mutex<[String: FileRows]>([:])

  func rows(
    of item: LoadItem, keeps: Bool = false, _ read: () throws(ShellError) -> FileRows
  ) throws(ShellError) -> FileRows {
    if let known = state.withLock({ $0[item.name] }) { return known }
    let rows = try read()
    // A drill-down gives customers, and a segment of them.
    if keeps || item.isDrillDown || !item.verdict.parts.isEmpty { state.withLock { $0[item.name] = rows } }
    return rows
  }
}
