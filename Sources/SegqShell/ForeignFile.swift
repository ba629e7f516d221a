import SegqLanguage
import SegqSystem

/// What a file is by its first bytes where it is no CSV, and how it could become one.
enum ForeignFile {
  case utf16
  case workbook
  case xml
  case json
  case gzip
  case database

  init?(_ head: [UInt8]) {
    let first = head.prefix(while: { $0 != 0x0A }).filter { $0 > 0x20 }
    func begins(_ bytes: [UInt8]) -> Bool { head.starts(with: bytes) }
    if begins([0xFF, 0xFE]) || begins([0xFE, 0xFF]) {
      self = .utf16
    } else if begins(Array("PK\u{3}\u{4}".utf8)) || begins([0xD0, 0xCF, 0x11, 0xE0]) {
      self = .workbook
    } else if begins([0x1F, 0x8B]) || begins([0x28, 0xB5, 0x2F, 0xFD]) {
      self = .gzip
    } else if begins(Array("SQLite format 3".utf8)) {
      self = .database
    } else if ["<?xml", "<!DOCTYPE", "<html", "<Workbook"].contains(where: {
      first.starts(with: Array($0.utf8))
    }) {
      self = .xml
    } else if ["[{", "{\"", "[]"].contains(where: { first.starts(with: Array($0.utf8)) })
      || first == Array("[".utf8)
    {
      self = .json
    } else {
      return nil
    }
  }

  func diagnostic(of path: String) -> Diagnostic {
    let (what, help) =
      switch self {
      case .utf16: ("UTF-16", "save it as CSV UTF-8")
      case .workbook: ("a workbook or an archive", "save its sheet as CSV UTF-8")
      case .xml: ("XML", "save it as CSV UTF-8")
      case .json: ("JSON", "write it as CSV: a line a row, with the names first")
      case .gzip: ("compressed", "unpack it first")
      case .database: ("an SQLite database", "write its tables as CSV")
      }
    return Diagnostic(
      code: "no-csv", "\(path) is \(what), and CSV is what is read here", help: help)
  }
}
