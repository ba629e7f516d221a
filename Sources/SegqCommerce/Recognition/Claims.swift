/// A file's claim to be a known table.
struct Claim: Sendable {
  let file: Int
  let kind: KnownTable
  let fit: Sheet.Fit
  let rank: Rank
  let match: FileWords.Match?

  /// What counts, in this order; the alphabet is not in it.
  struct Rank: Sendable, Comparable {
    var certainty: Verdict.Certainty
    /// A name of its own speaks against a file that only its columns recommend: `admins.csv`.
    var hasOtherName: Bool
    /// How well the name matches, in hundredths.
    var name: Int
    /// Among the names of the kind its own come first.
    var place: Int
    /// How well the columns match, in hundredths.
    var columns: Int

    /// Better claims are greater.
    static func < (one: Rank, other: Rank) -> Bool {
      if one.certainty != other.certainty { return one.certainty > other.certainty }
      if one.hasOtherName != other.hasOtherName { return one.hasOtherName }
      if one.name != other.name { return one.name < other.name }
      if one.place != other.place { return one.place > other.place }
      return one.columns < other.columns
    }
  }

  /// The claim of a file to be a kind; nil where nothing speaks for it.
  init?(_ file: Int, _ sheet: Sheet, _ kind: KnownTable) {
    let fit = sheet.fit(kind)
    let match = sheet.words.match(kind)
    guard let certainty = Self.certainty(sheet, kind, fit, match) else { return nil }
    self.file = file
    self.kind = kind
    self.fit = fit
    self.match = match
    let place = kind.files.firstIndex { FileWords.phrase($0) == match?.phrase ?? [] }
    rank = Rank(
      certainty: certainty,
      hasOtherName: certainty == .columns && match == nil && !sheet.words.core.isEmpty,
      name: match?.score ?? 0, place: place ?? kind.files.count, columns: Int(fit.share * 100))
  }

  private static func certainty(
    _ sheet: Sheet, _ kind: KnownTable, _ fit: Sheet.Fit, _ match: FileWords.Match?
  ) -> Verdict.Certainty? {
    if let table = sheet.glimpse.choice?.table {
      let isMeant = kind.name == table || kind.files.contains(table)
      return isMeant && (!kind.isStrict || fit.has(kind.required)) ? .chosen : nil
    }
    let isWhole = fit.has(kind.required)
    switch match?.tier {
    case .exactName where isWhole || !kind.isStrict: return .exactName
    case .name
    where isWhole && (match?.others == 0 || fit.belongs(kind) || sheet.belongsByName(kind)):
      return .name
    default:
      return !kind.signs.isEmpty && isWhole && fit.isSigned(by: kind.signs) ? .columns : nil
    }
  }
}

extension Sheet.Fit {
  /// Whether the rows belong to what rows of the kind do: `supply_orders` have no customers.
  fileprivate func belongs(_ kind: KnownTable) -> Bool {
    kind.parents.isEmpty || columns["email"] != nil
      || kind.parents.contains { columns[$0.column] != nil }
  }
}

extension Sheet {
  /// Whether the rows of a kind that belongs to customers have their names.
  fileprivate func belongsByName(_ kind: KnownTable) -> Bool {
    guard kind.parents.contains(where: { $0.table == "customers" }) else { return false }
    return ["customer", "customer_name", "client_name", "buyer_name"].contains { header in
      meanings.firstIndex(of: header).map { profiles[$0].areNames } ?? false
    }
  }

  /// The Admin's drill-down: exactly the nine columns of the report, and not called customers.
  var isDrillDown: Bool {
    guard glimpse.choice?.table == nil else { return false }
    let match = words.match(.customers)
    let isCustomers = match.map { $0.others == 0 && $0.score >= 90 } ?? false
    let fit = fit(.customers)
    return !isCustomers
      && (glimpse.isReport
        || keys.count == KnownTable.reportColumns.count
          && KnownTable.reportColumns.allSatisfy { fit.columns[$0] != nil })
  }
}
