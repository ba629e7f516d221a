import SegqCommerce
import SegqEngine
import SegqFormats

/// One sheet of one file, and what it was taken for.
struct LoadItem: Sendable {
  let path: String
  let sheet: TableSheet
  let glimpse: FileGlimpse
  let verdict: Verdict

  var shape: TableShape { verdict.shape }

  /// Whether its texts are those of the report: a drill-down that a spreadsheet saved again has them too.
  var hasReportTexts: Bool { shape.isReport || isDrillDown }

  var isDrillDown: Bool {
    if case .segment = verdict.role { return true }
    return false
  }

  /// How messages name it: `shop/orders.csv`, `shop/orders.xlsx, sheet 'Orders'`.
  var name: String {
    guard let sheet = glimpse.sheet else { return path }
    return sheet.isEmpty ? path : "\(path), \(self.sheet.unit == .row ? "sheet " : "")'\(sheet)'"
  }

  /// What to type for a reading of the file: `load 'shop/admins.csv' as customers`.
  func statement(_ reading: Verdict.Doubt.Reading) -> String {
    reading.statement.replacing("'\(glimpse.file)'", with: "'\(path)'")
  }

  /// `shop/orders.csv:12`, where a message points to.
  func place(_ line: Int) -> String { sheet.place(path, line: line) }
}

/// How the rows of a table come about.
///
/// ```
/// orders      the rows of orders_2024.csv, and behind them those of orders_2025.csv
/// customers   the rows of customer_entity.csv, with the columns of customer_grid_flat.csv by their ids
/// orders      a row for each invoice of online_retail.csv
/// ```
struct TableRecipe: Sendable {
  /// Rows of a file: its own, or those of one of the tables that it gives besides.
  struct Source: Sendable {
    let item: LoadItem
    var part: Int?

    var shape: TableShape { part.map { item.verdict.parts[$0].shape } ?? item.shape }
  }

  /// Never empty; the first says what the table is.
  var sources: [Source]
  /// Files with more columns for the same rows.
  var columns: [LoadItem] = []

  var shape: TableShape { sources[0].shape }
  var name: String { shape.name }

  /// Whether the rows may be read when somebody first asks for them.
  var canWait: Bool { sources.allSatisfy { $0.part == nil && $0.item.verdict.parts.isEmpty } }

  /// The columns that the table is likely to have, before any row is read: those of its files, and what
  /// is computed or taken from others.
  var expectedShape: TableShape {
    var shape = shape
    func add(_ name: String) {
      guard shape.column(named: name) == nil else { return }
      shape.columns.append(
        TableShape.Column(name: name, header: name, kind: .any, isShown: true))
    }
    for column in shape.computed { add(column.column.name) }
    for lookup in shape.lookups { for taken in lookup.takes { add(taken.name) } }
    for item in sources.dropFirst().map(\.item) + columns {
      item.shape.columns.forEach { add($0.name) }
    }
    return shape
  }
}

/// What is to be loaded: which tables come of which files. Made of verdicts alone; nothing is read.
struct LoadPlan: Sendable {
  let items: [LoadItem]
  /// Parents before what is linked to them; no `segments` and no `members`.
  private(set) var recipes: [TableRecipe] = []
  private var links: [String: TableShape.Link] = [:]
  /// Exports of the drill-down: each is a segment with its members.
  private(set) var drillDowns: [LoadItem] = []

  /// `hasCustomers`: there are customers already, of whom exports of the drill-down are segments.
  init(_ items: [LoadItem], hasCustomers: Bool = false) {
    self.items = items
    for item in items where item.verdict.role == .table { add(item) }
    for item in items where item.verdict.role != .table { add(item) }
    for item in items { addParts(of: item) }
    if recipe(named: "customers") == nil, !hasCustomers, !drillDowns.isEmpty {
      recipes.append(TableRecipe(sources: drillDowns.map { TableRecipe.Source(item: $0) }))
    }
    linkRecipes()
    recipes = recipes.enumerated().sorted {
      (depth(of: $0.element), $0.element.name) < (depth(of: $1.element), $1.element.name)
    }.map(\.element)
  }

  /// Each table's link to another of the plan: the first that leads back to none.
  private mutating func linkRecipes() {
    for recipe in recipes where recipe.name != "customers" {
      links[recipe.name] = recipe.shape.links.first { link in
        self.recipe(named: link.table) != nil && !leads(from: link.table, to: recipe.name)
      }
    }
  }

  private func leads(from table: String, to goal: String) -> Bool {
    var next: String? = table
    while let table = next, table != goal { next = links[table]?.table }
    return next == goal
  }

  private static let definitions = ["segments", "members", "segment_websites"]

  private mutating func add(_ item: LoadItem) {
    let own = recipes.firstIndex { $0.name == item.shape.name }
    switch item.verdict.role {
    case .leftOut: break
    case .segment: drillDowns.append(item)
    case .table, .moreRows:
      if let own {
        recipes[own].sources.append(TableRecipe.Source(item: item))
      } else if !Self.definitions.contains(item.shape.name) {
        recipes.append(TableRecipe(sources: [TableRecipe.Source(item: item)]))
      }
    case .moreColumns:
      if let own {
        recipes[own].columns.append(item)
      } else {
        recipes.append(TableRecipe(sources: [TableRecipe.Source(item: item)]))
      }
    }
  }

  /// A table that no file holds by itself comes of the files that give it besides their own.
  private mutating func addParts(of item: LoadItem) {
    guard item.verdict.role != .leftOut else { return }
    for (part, table) in item.verdict.parts.enumerated() {
      let source = TableRecipe.Source(item: item, part: part)
      if let own = recipes.firstIndex(where: { $0.name == table.shape.name }) {
        if recipes[own].sources[0].part != nil { recipes[own].sources.append(source) }
      } else {
        recipes.append(TableRecipe(sources: [source]))
      }
    }
  }

  func recipe(named name: String) -> TableRecipe? { recipes.first { $0.name == name } }

  /// The file that holds segments, members or another table by itself.
  func item(named name: String) -> LoadItem? {
    items.first { $0.shape.name == name && $0.verdict.role == .table }
  }

  /// All files with segments, or with members.
  func items(named name: String) -> [LoadItem] {
    items.filter {
      $0.shape.name == name && ($0.verdict.role == .table || $0.verdict.role == .moreRows)
    }
  }

  /// How the rows of a table are linked: to another of the plan, or else to one that is there.
  func link(of recipe: TableRecipe, besides known: Set<String> = []) -> TableShape.Link? {
    links[recipe.name]
      ?? recipe.shape.links.first { link in
        known.contains(link.table) && self.recipe(named: link.table) == nil
          && link.table != recipe.name
      }
  }

  private func depth(of recipe: TableRecipe) -> Int {
    if recipe.name == "customers" { return 0 }
    let parent = links[recipe.name].flatMap { self.recipe(named: $0.table) }
    return 1 + (parent.map { depth(of: $0) } ?? 0)
  }
}

extension TableShape {
  /// The columns by which rows are linked to a table: by the link that was found, and for customers by
  /// their emails, too.
  func key(to link: Link, matchesGuests: Bool) -> LinkKey {
    let email = links.first { other in
      guard case .email = other.key else { return false }
      return other.table == link.table
    }
    var columns = LinkKey(matchesGuests: matchesGuests)
    switch link.key {
    case .id: columns.id = link.column
    case .column(let name): (columns.id, columns.named) = (link.column, name)
    case .email: break
    }
    if let email, case .email(let website) = email.key {
      (columns.email, columns.website) = (email.column, website)
    } else if link.table == "customers" {
      columns.email = column(named: "email") ?? column(named: "customer_email")
    }
    return columns
  }
}
