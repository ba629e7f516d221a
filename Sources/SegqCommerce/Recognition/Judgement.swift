import SegqLanguage

/// All files judged together.
///
/// Each claims every kind that it might be; the best claim of all is granted, then the next best of
/// what is left. A file that gets nothing is a table of its own.
struct Judgement {
  let sheets: [Sheet]
  let existing: [ExistingTable]
  var findings: [Finding]

  /// What a file has turned out to be.
  struct Finding {
    var kind: KnownTable
    var fit: Sheet.Fit
    var role = Verdict.Role.table
    var certainty: Verdict.Certainty
    var name: String
    var match: FileWords.Match?
    /// The column with the order of each row, where the rows are lines of orders and there is no
    /// file of orders.
    var linesOf: Int?
    /// Files that have what this one claimed, with the claim.
    var lost: [(claim: Claim, to: Int?)] = []
    /// A claim as good as another file's, which neither got.
    var tie: (claim: Claim, with: Int)?
  }

  init(_ files: [FileGlimpse], _ existing: [ExistingTable]) {
    sheets = files.map(Sheet.init)
    self.existing = existing
    findings = sheets.map { sheet in
      Finding(kind: .unknown(sheet.words.plain), fit: .init(), certainty: .own, name: "")
    }
    grant()
    findLines()
    nameOthers()
  }

  /// Grants claims, best first.
  private mutating func grant() {
    var owners: [String: Int] = [:]
    var isDone = sheets.map { $0.keys.isEmpty }
    for file in drillDowns() {
      isDone[file] = true
      findings[file] = Finding(
        kind: .customers, fit: sheets[file].fit(.customers),
        role: .segment(sheets[file].words.stem), certainty: .columns, name: "customers")
    }
    var claims = sheets.indices.filter { !isDone[$0] }.flatMap { file in
      KnownTable.all.compactMap { Claim(file, sheets[file], $0) }
    }
    claims.sort { precedes($0, $1) }
    for (index, claim) in claims.enumerated() where !isDone[claim.file] {
      if let owner = owners[claim.kind.name] {
        guard let role = role(of: claim, beside: owner) else {
          findings[claim.file].lost.append((claim, owner))
          continue
        }
        take(claim, role)
      } else if let rival = rival(of: claim, at: index, among: claims, isDone) {
        findings[claim.file].tie = (claim, rival.file)
        findings[rival.file].tie = (rival, claim.file)
        continue
      } else if isRefuted(claim) {
        findings[claim.file].lost.append((claim, nil))
        continue
      } else {
        take(claim, .table)
        owners[claim.kind.name] = claim.file
      }
      isDone[claim.file] = true
    }
  }

  /// The exports of the report. One by itself, in a file whose name says nothing, is the customers.
  private func drillDowns() -> [Int] {
    let files = sheets.indices.filter { sheets[$0].isDrillDown }
    guard files.count == 1, let file = files.first, sheets[file].words.core.isEmpty,
      !sheets[file].glimpse.isReport, !existing.contains(where: { $0.name == "customers" })
    else { return files }
    let isAlone = !sheets.indices.contains {
      $0 != file && Claim($0, sheets[$0], .customers) != nil
    }
    return isAlone ? [] : files
  }

  private mutating func take(_ claim: Claim, _ role: Verdict.Role) {
    findings[claim.file].kind = claim.kind
    findings[claim.file].fit = claim.fit
    findings[claim.file].role = role
    findings[claim.file].certainty = claim.rank.certainty
    findings[claim.file].name = claim.kind.name
    findings[claim.file].match = claim.match
  }

  /// Better claims first. Those that are equally good stand in the order of the files' names, which
  /// decides the order of rows, never what a file is.
  private func precedes(_ one: Claim, _ other: Claim) -> Bool {
    if one.rank != other.rank { return other.rank < one.rank }
    let (a, b) = (sheets[one.file].words, sheets[other.file].words)
    return a == b
      ? sheets[one.file].title < sheets[other.file].title : a.precedes(b)
  }

  /// Another file with as good a claim that can't be part of the same table.
  private func rival(
    of claim: Claim, at index: Int, among claims: [Claim], _ isDone: [Bool]
  ) -> Claim? {
    guard claim.rank.certainty != .chosen else { return nil }
    return claims[(index + 1)...].first { other in
      other.kind.name == claim.kind.name && !isDone[other.file] && other.file != claim.file
        && other.rank == claim.rank && !isMore(other, of: claim)
        && !sheets[claim.file].isCopy(of: sheets[other.file])
        && findings[claim.file].tie == nil
    }
  }

  /// Whether something speaks against what only columns recommend: a table that is there already, or
  /// links of other files whose values it does not have.
  private func isRefuted(_ claim: Claim) -> Bool {
    if findings[claim.file].tie?.claim.kind.name == claim.kind.name { return true }
    guard claim.rank.hasOtherName else {
      return claim.rank.certainty == .name && claim.kind.name == "customers" && isOutvoted(claim)
    }
    if existing.contains(where: { $0.name == claim.kind.name }) { return true }
    if claim.kind.name == "orders" { return !sheets[claim.file].isOfOrdersAlone(claim.fit) }
    if sheets.contains(where: { $0.isDrillDown }), claim.kind.name == "customers" { return true }
    guard claim.kind.name == "customers", let id = claim.fit.columns["id"] else { return false }
    let ids = sheets[claim.file].profiles[id]
    return sheets.indices.contains { file in
      guard file != claim.file, sheets[claim.file].glimpse.isWhole else { return false }
      return sheets[file].keys.indices.contains { column in
        sheets[file].refersToPerson(column)
          && sheets[file].profiles[column].share(in: ids).map { $0 < 0.1 } ?? false
      }
    }
  }
}

extension Judgement {
  /// Whether links of other files have the ids of another file that may be the customers, and none of
  /// this one's: `users.csv` of those who work in the shop beside `members_list.csv`.
  private func isOutvoted(_ claim: Claim) -> Bool {
    guard let id = claim.fit.columns["id"], sheets[claim.file].glimpse.isWhole else { return false }
    let ids = sheets[claim.file].profiles[id]
    let rivals = sheets.indices.compactMap { file -> ColumnProfile? in
      guard file != claim.file, let other = Claim(file, sheets[file], .customers) else {
        return nil
      }
      return other.fit.columns["id"].map { sheets[file].profiles[$0] }
    }
    return sheets.indices.contains { file in
      sheets[file].keys.indices.contains { column in
        let profile = sheets[file].profiles[column]
        return file != claim.file && column != sheets[file].plainID
          && sheets[file].refersToPerson(column) && profile.share(in: ids) == 0
          && rivals.contains { profile.share(in: $0) ?? 0 >= 0.9 }
      }
    }
  }
}

extension KnownTable {
  /// A table that nobody knows.
  static func unknown(_ name: String) -> KnownTable {
    KnownTable(name: name, files: [], columns: [])
  }
}
