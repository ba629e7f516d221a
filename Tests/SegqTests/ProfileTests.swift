import Foundation
import SegqTestSupport
import Testing

@Suite("profile says what is typical of a segment")
struct ProfileTests {
  private func rows(_ statement: String) throws -> [[String]] {
    let run = try Program.run([Program.demo, "-F", "tsv", "--no-header", "-c", statement])
    #expect(run.code == 0, "\(statement): \(run.errors)")
    return run.output.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// How many of each value, counted here.
  private func counts(_ attribute: String, of set: String) throws -> [String: Int] {
    try rows("select \(attribute) as a, id from \(set)").reduce(into: [:]) {
      $0[$1[0], default: 0] += 1
    }
  }

  @Test(
    "Customers, shares, lift and p are those that are counted by hand",
    arguments: [
      ("country", "2", "customers"), ("group", "1 + 2", "customers"), ("gender", "5", "9"),
      ("website", "2", "5 + 2"), ("weekday(since)", "2", "customers"),
      ("weekday(since)", "5", "2 + 9"), ("rfm_recency", "5", "2 + 9"), ("rfm_recency", "4", "12"),
    ])
  func byHand(attribute: String, set: String, base: String) throws {
    let (own, all) = (try counts(attribute, of: set), try counts(attribute, of: base))
    let both = base == "customers" ? own : try counts(attribute, of: "(\(set)) & (\(base))")
    let (n, m) = (own.values.reduce(0, +), all.values.reduce(0, +))
    let s = both.values.reduce(0, +)
    let profile = try rows(
      "profile \(set) by \(attribute)" + (base == "customers" ? "" : " against \(base)"))
    #expect(Set(profile.map { $0[1] }) == Set(own.keys).union(all.keys))
    for row in profile {
      let (a, b, c) = (own[row[1]] ?? 0, all[row[1]] ?? 0, both[row[1]] ?? 0)
      #expect(row[2] == "\(a)")
      expect(row[3], Double(a) / Double(n))
      expect(row[4], Double(b) / Double(m))
      if b > 0 { expect(row[5], Double(a) / Double(n) / (Double(b) / Double(m))) }
      guard row[6] != "too few" else { continue }
      let share = Double(a + b - c) / Double(n + m - s)
      let part = 1 / Double(n) + 1 / Double(m) - 2 * Double(s) / Double(n) / Double(m)
      let z = (Double(a) / Double(n) - Double(b) / Double(m)) / sqrt(share * (1 - share) * part)
      let p = min(1, erfc(abs(z) / sqrt(2)) * Double(profile.count))
      expect(row[7], p)
      #expect(row[6] == (p >= 0.05 ? "chance" : z > 0 ? "higher" : "lower"), "\(row)")
    }
  }

  private func expect(_ text: String, _ value: Double) {
    #expect(abs((Double(text) ?? .nan) - value) < 0.000_051, "\(text) is not \(value)")
  }

  @Test("Numbers and dates fall into parts that hold alike many of the base, and all of them")
  func quantiles() throws {
    for attribute in ["since", "sum(orders.total)", "id", "count(orders)"] {
      let parts = try rows("profile 1 + (2 - 1) by \(attribute)")
      #expect((2...6).contains(parts.count), "\(parts)")
    }
    // The base has one value, and the members have many.
    let spent = try rows("profile 3 by sum(orders.total) against 8")
    #expect((2...6).contains(spent.count), "\(spent)")
    let total = spent.reduce(0) { $0 + (Int($1[2]) ?? 0) }
    #expect(try rows("select count() from 3")[0][0] == "\(total)")
    let ids = try rows("profile 1 by id")
    #expect(ids.allSatisfy { abs((Double($0[4]) ?? 0) - 0.2) < 0.01 }, "\(ids)")
    let members = try rows("select count() from 1")[0][0]
    #expect(ids.reduce(0) { $0 + (Int($1[2]) ?? 0) } == Int(members))
  }

  @Test(
    "Without names the attributes that differ most come first, and clauses choose among the rows")
  func unnamed() throws {
    let all = try rows("profile 1")
    #expect(all.first?[0] == "sum(orders.total)")
    let strengths = try rows("profile 7 order by strength desc")
    #expect(strengths.first?[0] == "group")
    #expect(try rows("profile 1 where difference = higher order by lift desc limit 2").count == 2)
    #expect(try rows("profile 7 by group where value = Wholesale")[0][3] == "1")
  }
}
