// Several files for one table, and names for those that got none.
extension Judgement {
  /// What a file is to the one that has the kind already; nil for something else.
  func role(of claim: Claim, beside owner: Int) -> Verdict.Role? {
    let first = findings[owner]
    if claim.rank.certainty == .chosen { return .moreRows }
    let base = Claim(owner, sheets[owner], first.kind)
    guard let base,
      first.certainty != .chosen || sheets[owner].words.core == sheets[claim.file].words.core
    else { return nil }
    if isMoreColumns(claim, of: base) { return .moreColumns }
    return isMore(claim, of: base) ? .moreRows : nil
  }

  /// `orders_2025` beside `orders_2024`: names that differ in what says nothing, the same columns, and
  /// other ids.
  func isMore(_ claim: Claim, of base: Claim) -> Bool {
    let (one, other) = (sheets[base.file], sheets[claim.file])
    let agree = one.words.core == other.words.core
    let bothAreQualified =
      base.match?.others ?? 0 > 0 && base.match?.others == claim.match?.others
      && Set(one.keys) == Set(other.keys)
    return (agree || bothAreQualified) && one.hasColumns(of: other)
      && !one.sharesIDs(with: other, base.fit.columns["id"], claim.fit.columns["id"])
  }

  /// `customer_grid_flat` beside `customer_entity`: two names of one kind, the same ids.
  private func isMoreColumns(_ claim: Claim, of base: Claim) -> Bool {
    guard claim.rank.certainty == .exactName, base.rank.certainty == .exactName,
      claim.rank.place != base.rank.place,
      let one = base.fit.columns["id"], let other = claim.fit.columns["id"]
    else { return false }
    let (left, right) = (sheets[base.file].profiles[one], sheets[claim.file].profiles[other])
    return left.isEmpty || right.isEmpty || right.share(in: left) ?? 0 >= 0.5
      || left.share(in: right) ?? 0 >= 0.5
  }

  /// Gives the files that are no known table names of their own, each another.
  mutating func nameOthers() {
    var used = Set(findings.map(\.name))
    let others = sheets.indices.filter { findings[$0].certainty == .own }
      .sorted { sheets[$0].words.precedes(sheets[$1].words) }
    var firsts: [String: Int] = [:]
    for file in others {
      let sheet = sheets[file]
      if let table = sheet.glimpse.choice?.table {
        findings[file].certainty = .chosen
        findings[file].role = used.insert(table).inserted ? .table : .moreRows
        give(table, to: file)
        continue
      }
      if let first = firsts[sheet.words.plain], sheets[first].hasColumns(of: sheet),
        !sheets[first].sharesIDs(with: sheet, sheets[first].plainID, sheet.plainID)
      {
        findings[file].role = .moreRows
        give(sheet.words.plain, to: file)
        continue
      }
      var name = sheet.words.plain
      // What is not the kind must not be called by its name because of what was taken off.
      if used.contains(name) || KnownTable.named(name) != nil { name = sheet.words.key }
      var number = 2
      while used.contains(name) {
        name = "\(sheet.words.key)_\(number)"
        number += 1
      }
      used.insert(name)
      firsts[sheet.words.plain] = firsts[sheet.words.plain] ?? file
      give(name, to: file)
    }
    for file in sheets.indices where sheets[file].keys.isEmpty { findings[file].role = .leftOut }
  }

  private mutating func give(_ name: String, to file: Int) {
    findings[file].name = name
    findings[file].kind = .unknown(name)
    findings[file].fit = sheets[file].fit(.unknown(name))
  }
}

extension Sheet {
  /// Nearly all columns are columns of the other too, and the other way round.
  func hasColumns(of other: Sheet) -> Bool {
    let (one, two) = (Set(keys), Set(other.keys))
    return Double(one.intersection(two).count) >= 0.8 * Double(one.union(two).count)
  }

  /// Half of the columns are columns of the other too.
  func resembles(_ other: Sheet) -> Bool {
    let (one, two) = (Set(keys), Set(other.keys))
    return one.intersection(two).count * 2 >= one.union(two).count
  }

  func sharesIDs(with other: Sheet, _ one: Int?, _ two: Int?) -> Bool {
    guard let one, let two else { return false }
    let share = profiles[one].share(in: other.profiles[two]) ?? 0
    return max(share, other.profiles[two].share(in: profiles[one]) ?? 0) > 0.2
  }

  /// The same columns with the same values: a file that was downloaded twice.
  func isCopy(of other: Sheet) -> Bool {
    keys.sorted() == other.keys.sorted()
      && keys.indices.allSatisfy { column in
        other.keys.firstIndex(of: keys[column]).map {
          profiles[column].distinct == other.profiles[$0].distinct
        } ?? false
      }
  }

  /// Its rows are told apart by the number of an order: refunds and checkouts have ids of their own.
  func isOfOrdersAlone(_ fit: Fit) -> Bool {
    guard let id = fit.columns["id"], !keys.contains("id"), fit.columns["date"] != nil else {
      return false
    }
    return keys[id].split(separator: "_").contains {
      ["order", "invoice", "increment"].contains($0)
    }
  }

  var plainID: Int? { keys.firstIndex(of: "id") }
}
