/// A table that is known by name: what it is called, its columns and their many headers.
struct KnownTable: Sendable {
  let name: String
  /// Names of files in snake case, the leading one first: of two that a folder has, the later adds
  /// columns to the earlier.
  let files: [String]
  /// Other words for it, which count less than its own names: `clients`, `kunden`.
  var synonyms: [String] = []
  let columns: [KnownColumn]
  var idColumn = "id"
  var dateColumn: String?
  /// Tables whose ids the rows have, with the column.
  var parents: [(table: String, column: String)] = []
  /// A file whose name only resembles has one column of each group, or it is something else.
  var required: [[String]] = []
  /// A file of another name is recognised by having one column of each group.
  var signs: [[String]] = []
  /// Even a file of its very name is something else without the required columns.
  var isStrict = false

  struct KnownColumn: Sendable {
    let name: String
    let header: String
    let kind: TableShape.Column.Kind
    /// Headers in snake case that mean it, best first: of several that a file has the first counts.
    let headers: [String]
    /// Those by which the language knows the column too, whatever its file calls it.
    let spokenHeaders: [String]
    /// Headers behind those, which many other tables have too: they never tell a table by themselves.
    let weakHeaders: [String]
    /// How much it says for the table that a file has it.
    let weight: Int
    let isShown: Bool
    /// The table that has a name for each of its codes, with the column there.
    let label: (table: String, column: String)?

    /// `headers` and `weak` are lists with blanks between: `"email email_address | e_mail"`. What
    /// stands behind a bar, or has a `!`, is recognised but is no name in the language.
    init(
      _ name: String, _ header: String, _ kind: TableShape.Column.Kind, _ headers: String,
      weak: String = "", weight: Int = 1, isShown: Bool = true,
      label: (table: String, column: String)? = nil
    ) {
      self.name = name
      self.header = header
      self.kind = kind
      let words = headers.split(separator: " ")
      let bar = words.firstIndex(of: "|") ?? words.endIndex
      self.headers = words.filter { $0 != "|" }.map { String($0.drop { $0 == "!" }) }
      spokenHeaders = words[..<bar].filter { !$0.hasPrefix("!") }.map(String.init)
      weakHeaders = weak.split(separator: " ").map(String.init)
      self.weight = weight
      self.isShown = isShown
      self.label = label
    }

    var allHeaders: [String] { headers + weakHeaders }
  }
}

extension KnownTable {
  /// A name of a kind with its words: `order_items` and `order item`.
  struct Name: Sendable {
    let text: String
    let phrase: [String]
    let isSynonym: Bool
  }

  /// The names of each kind.
  static let names: [String: [Name]] = Dictionary(
    uniqueKeysWithValues: all.map { kind in
      let own = kind.files.map { Name(text: $0, phrase: FileWords.phrase($0), isSynonym: false) }
      return (
        kind.name,
        own + kind.synonyms.map { Name(text: $0, phrase: FileWords.phrase($0), isSynonym: true) }
      )
    })
}
