/// The words of a file's name.
///
/// `m2_sales_order_2024 (1).csv` has the words `m2 sales order 2024 1`; what is left of them without
/// dates, numbers and words about the copy is its `core`, `sales order`.
struct FileWords: Sendable, Equatable {
  let all: [String]
  private let singulars: [String]
  /// Singular, without what says nothing.
  let core: [String]
  /// The whole in snake case: `m2_sales_order_2024_1`.
  let key: String
  /// Without folder and endings.
  let stem: String

  init(_ file: String, sheet: String? = nil) {
    var stem = Substring(file)
    if let slash = stem.lastIndex(where: { $0 == "/" || $0 == "\\" }) {
      stem = stem[stem.index(after: slash)...]
    }
    while let dot = stem.lastIndex(of: "."), dot != stem.startIndex,
      Self.endings.contains(stem[dot...].dropFirst().lowercased())
    {
      stem = stem[..<dot]
    }
    let words = Self.words(String(stem))
    let core = Self.core(words)
    // A workbook's sheet names what it holds, unless it is just `Sheet1`.
    if let sheet, case let named = Self.words(sheet), !Self.core(named).isEmpty {
      self.init(stem: sheet, named)
    } else if core.isEmpty, words.isEmpty {
      self.init(stem: "table", ["table"])
    } else {
      self.init(stem: String(stem), words)
    }
  }

  private init(stem: String, _ words: [String]) {
    self.stem = stem
    all = words
    singulars = words.map(Self.singular)
    core = Self.core(words)
    key = words.joined(separator: "_")
  }

  /// `order item` of `order_items`, as the name of a kind is compared.
  static func phrase(_ name: String) -> [String] { name.split(separator: "_").map(singular) }

  private static let endings: Set<String> = [
    "csv", "tsv", "tab", "txt", "psv", "xml", "xls", "xlsx", "json", "jsonl", "ndjson", "gz", "zst",
    "zip", "sql", "parquet",
  ]

  /// Words that say nothing of what a file holds.
  private static let noise: Set<String> = [
    "raw", "export", "exported", "exports", "import", "imports", "copy", "of", "final", "backup",
    "bak", "data",
    "dataset", "datasets", "dump", "csv", "tsv", "txt", "xlsx", "xls", "json", "excel", "extract",
    "full", "all", "sample", "seed", "seeds", "tbl", "table", "stg", "staging", "dim", "fct",
    "fact",
    "src", "source", "mart", "download", "file", "list", "listing", "report", "grid", "query",
    "result", "results", "sheet", "tabelle", "feuille", "hoja", "part", "page", "batch", "chunk",
    "split", "daily", "weekly", "monthly", "yearly", "latest", "current", "clean", "cleaned",
    "processed", "anonymized", "anonymised", "my", "the", "and", "from", "to", "for", "public",
    "dbo", "test", "select", "untitled", "unnamed", "book", "mappe", "stdin", "jan", "feb", "mar",
    "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "january", "february",
    "march", "april", "june", "july", "august", "september", "october", "november", "december",
    "kopie", "copie", "copia", "von", "de", "utf",
  ]

  private static func core(_ words: [String]) -> [String] {
    words.enumerated().filter { place, word in
      // At the end `de` is Germany: `customers_de` beside `customers_fr`.
      !(noise.contains(word) && !(word == "de" && place == words.count - 1 && place > 0))
        && word.count > 1 && !word.allSatisfy(\.isNumber) && !isShortCode(word)
    }.map { singular($0.element) }
  }

  /// `v2`, `q1`, `t10`: a letter and a number.
  private static func isShortCode(_ word: String) -> Bool {
    word.first.map { $0.isLetter } ?? false && word.dropFirst().allSatisfy(\.isNumber)
      && word.first.map { "vqhtwp".contains($0) } ?? false
  }

  /// Splits at what is no letter or digit, between `orders` and `2024`, and in `OrderItems`.
  static func words(_ name: String) -> [String] {
    var words: [String] = []
    for part in (Recognition.key(name)).split(separator: "_") {
      let letters = part.prefix { !$0.isNumber }
      let rest = part[letters.endIndex...]
      if letters.count > 1, !rest.isEmpty, rest.allSatisfy(\.isNumber) {
        words += [String(letters), String(rest)]
      } else {
        words.append(String(part))
      }
    }
    return words
  }

  /// `address` of `addresses`, `category` of `categories`, `status` of itself.
  static func singular(_ word: some StringProtocol) -> String {
    let word = String(word)
    if let known = irregular[word] { return known }
    if word.hasSuffix("ies"), word.count > 4 { return word.dropLast(3) + "y" }
    if ["sses", "xes", "ches", "shes"].contains(where: word.hasSuffix) {
      return String(word.dropLast(2))
    }
    guard word.count > 3, word.hasSuffix("s"), !["ss", "us", "is"].contains(where: word.hasSuffix)
    else { return word }
    return String(word.dropLast())
  }

  private static let irregular = [
    "people": "person", "children": "child", "series": "series", "addresse": "address",
  ]
}

extension FileWords {
  /// How well a file's name names a kind of table; nil for not at all.
  struct Match: Sendable, Comparable {
    var tier: Verdict.Certainty
    /// More for fewer words beside the kind's own.
    var score: Int
    /// The words of the kind that were found.
    var phrase: [String]
    /// Words of the name that are neither noise nor the kind's.
    var others: Int = 0

    static func < (one: Match, other: Match) -> Bool {
      if one.score != other.score { return one.score < other.score }
      return one.phrase.count < other.phrase.count
    }
  }

  /// The best match of the kind's names and synonyms.
  func match(_ kind: KnownTable) -> Match? {
    KnownTable.names[kind.name]?.compactMap { name in
      var match = match(name.text, name.phrase)
      if name.isSynonym {
        match?.score -= 12
        if match?.tier == .exactName { match?.tier = .name }
      }
      return match
    }.max()
  }

  private func match(_ name: String, _ phrase: [String]) -> Match? {
    if key == name { return Match(tier: .exactName, score: 100, phrase: phrase) }
    if singulars == phrase {
      return Match(tier: .exactName, score: 96, phrase: phrase)
    }
    if core == phrase { return Match(tier: .name, score: 90, phrase: phrase) }
    let others = core.count - phrase.count
    guard others > 0 else { return nil }
    if Array(core.suffix(phrase.count)) == phrase {
      return Match(
        tier: .name, score: max(50, 76 - 4 * others), phrase: phrase, others: others)
    }
    if Array(core.prefix(phrase.count)) == phrase {
      return Match(tier: .columns, score: max(30, 44 - 4 * others), phrase: phrase, others: others)
    }
    return nil
  }
}

extension FileWords {
  /// `payments` of `raw_payments_2024`: as the file calls it, without numbers and words about the
  /// copy.
  var plain: String {
    let words = all.filter { !Self.wrapping.contains($0) && !$0.allSatisfy(\.isNumber) }
    return words.isEmpty ? key : words.joined(separator: "_")
  }

  private static let wrapping: Set<String> = [
    "raw", "export", "exported", "import", "copy", "of", "backup", "data", "dataset", "datasets",
    "dump",
    "stg", "staging", "seed", "seeds", "tbl", "src",
  ]

  /// Before another name, numbers by their value: `orders_9` before `orders_10`.
  func precedes(_ other: FileWords) -> Bool {
    for (one, two) in zip(all, other.all) where one != two {
      if let a = Int(one), let b = Int(two), a != b { return a < b }
      return one < two
    }
    return all.count == other.all.count ? stem < other.stem : all.count < other.all.count
  }
}
