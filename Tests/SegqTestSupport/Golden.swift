public import Foundation

/// Answers kept beside their questions: `x.segq` with `x.out`.
public enum Golden {
  /// The files below `folder` (relative to `Tests`) with that ending, sorted.
  public static func files(_ folder: String, ending: String) -> [String] {
    let base = tests.appending(path: folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: base.path)) ?? []
    return names.filter { $0.hasSuffix(ending) }.sorted().map { folder + "/" + $0 }
  }

  public static func text(_ path: String) throws -> String {
    try String(contentsOf: tests.appending(path: path), encoding: .utf8)
  }

  /// Whether `answer` is what the file holds. With `UPDATE_GOLDEN=1` the file is rewritten; its
  /// difference is then reviewed as code.
  public static func matches(_ answer: String, _ path: String) throws -> Bool {
    let url = tests.appending(path: path)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try answer.write(to: url, atomically: true, encoding: .utf8)
    }
    return answer == (try? String(contentsOf: url, encoding: .utf8))
  }

  /// `Tests` of this checkout.
  public static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
}
