import SegqEngine
import SegqFormats
import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqSystem

/// What Tab offers: only what the grammar allows at the cursor.
struct Completer {
  private let catalog: StoreCatalog

  init(_ catalog: StoreCatalog) { self.catalog = catalog }

  func complete(_ text: String, _ cursor: Int) -> Completions {
    let bytes = Array(text.utf8.prefix(cursor))
    let start = Self.wordStart(bytes)
    let word = String(decoding: bytes[start...], as: UTF8.self).lowercased()
    let head = SourceText(bytes: Array(bytes[..<start]), name: "")
    var candidates: [Candidate] = []
    for expectation in Parser.expectations(atEndOf: head) {
      for candidate in self.candidates(expectation, head)
      where candidate.text.lowercased().hasPrefix(word)
        && !candidates.contains(where: { $0.text == candidate.text })
      {
        candidates.append(candidate)
      }
    }
    return Completions(replace: start..<cursor, candidates: candidates)
  }

  /// Where the word before the cursor begins; a quote belongs to it.
  private static func wordStart(_ bytes: [UInt8]) -> Int {
    var start = bytes.count
    while start > 0 {
      let byte = bytes[start - 1]
      let isWord =
        byte >= 0x80 || byte == UInt8(ascii: "_")
        || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
        || (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
      guard isWord else { break }
      start -= 1
    }
    return start
  }

  private func candidates(_ expectation: Expectation, _ source: SourceText) -> [Candidate] {
    let head = String(decoding: source.bytes, as: UTF8.self)
    return switch expectation {
    case .keyword(let word): [Candidate(word + " ", detail: "")]
    case .words(let first, let second): [Candidate("\(first) \(second) ", detail: "")]
    case .table:
      (catalog.tableNames + (catalog.tableNames.isEmpty ? [] : ["segments"])).map {
        Candidate($0 + " ", detail: "table")
      }
    case .column: columns(head)
    case .value(let name): values(source[name], head)
    case .segment:
      catalog.segments.map { Candidate("\($0.id) ", detail: $0.name) }
    case .format: Format.allCases.map { Candidate($0.rawValue, detail: "format") }
    case .setting: Settings.entries.map { Candidate($0.name + " ", detail: $0.summary) }
    case .topic: StatementReference.all.map { Candidate($0.name, detail: $0.summary) }
    case .layout: [Candidate("adobe", detail: "as the Admin exports")]
    case .symbol, .comparison, .argument, .expression, .customer, .file, .command, .quotedText,
      .number, .duration, .name, .end:
      []
    }
  }

  /// The columns of the tables that the statement speaks of.
  private func columns(_ head: String) -> [Candidate] {
    tables(head).flatMap { table in
      table.columns.map { Candidate($0.field.name + " ", detail: $0.values.type.rawValue) }
    }
  }

  /// Customers, the grid where the text says `segments`, and any table that it names.
  private func tables(_ head: String) -> [Table] {
    let words = Set(head.lowercased().split { !$0.isLetter && $0 != "_" }.map(String.init))
    var tables: [Table] = []
    if words.contains("segments") {
      tables.append(catalog.grid)
    }
    tables += catalog.store.tables.filter { words.contains($0.name) && $0.name != "customers" }
    if let customers = catalog.store.customers, tables.isEmpty || words.contains("customers") {
      tables.append(customers)
    }
    return tables
  }

  private func values(_ column: String, _ head: String) -> [Candidate] {
    guard let name = column.split(separator: ".").last.map(String.init) else { return [] }
    for table in tables(head) {
      guard let column = table.column(named: name),
        let dictionary = table.columns[column].values.dictionary,
        dictionary.count <= 500
      else { continue }
      return (0..<dictionary.count).map { dictionary[$0] }.sorted().map { value in
        Candidate(Self.literal(value) + " ", detail: "")
      }
    }
    return []
  }

  /// A value as it is typed: in quotes where it is not one word.
  private static func literal(_ value: String) -> String {
    let isWord = !value.isEmpty && value.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    return isWord
      ? value
      : "'"
        + value.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "''") + "'"
  }
}
