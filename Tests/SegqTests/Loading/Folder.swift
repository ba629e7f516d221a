import Foundation
import SegqTestSupport

/// Files for one test, and the program on them.
struct Folder {
  let url: URL

  /// Makes the files, runs the body and removes them.
  static func with(_ files: [String: String], _ body: (Folder) throws -> Void) throws {
    let folder = Folder(url: try Program.makeFolder())
    defer { Program.remove(folder.url) }
    for (name, text) in files {
      let file = folder.url.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    try body(folder)
  }

  /// Runs statements on a store, `.` unless said otherwise; results without headers.
  func run(_ statements: String..., store: String? = ".") throws -> Program.Run {
    try Program.run(
      (store.map { [$0] } ?? []) + ["--no-header"] + statements.flatMap { ["-c", $0] }, in: url)
  }
}
