import Testing

@testable import SegqCommerce

private let files = DemoFiles(customers: 1000, seed: 7)
private let customers = files.rows("customers.csv")

@Suite("What is awkward about the made-up store")
struct DemoAwkwardTests {
  @Test(
    "some name has each of the signs that break careless readers",
    arguments: ["O'", "\"Bob\" Smith, Jr.", "\n", "🌸", "&", ";", "\\", "Null", "%", "e\u{301}"])
  func hasSigns(sign: String) {
    #expect(customers.contains { $0["Name"]?.utf8.contains(sign.utf8) ?? false })
  }

  @Test("some name starts as a formula would", arguments: ["=", "-", "@"])
  func hasFormulas(sign: String) {
    let names = customers.compactMap { $0["Name"] }.filter { $0.hasPrefix(sign) }
    #expect((1...6).contains(names.count))
  }

  @Test(
    "names are written in their own scripts",
    arguments: [
      ("Japan", 0x4E00...0x9FFF), ("Greece", 0x370...0x3FF), ("Morocco", 0x600...0x6FF),
      ("Egypt", 0x600...0x6FF), ("Germany", 0xDF...0xFC),
    ])
  func hasScripts(country: String, scalars: ClosedRange<Int>) {
    let names = customers.filter { $0["Country"] == country }.compactMap { $0["Name"] }
    #expect(names.contains { $0.unicodeScalars.contains { scalars.contains(Int($0.value)) } })
  }

  @Test("names are enclosed only where they must be")
  func quotesAreRare() {
    let text = files.text("customers.csv")
    #expect(text.contains(",\"\"\"Bob\"\" Smith, Jr.\","))
    #expect(text.contains(",\"Maria\nda Silva\","))
    #expect(text.contains(",Maureen O'Brien,"))
    #expect(!text.contains("\r") && !text.hasPrefix("\u{FEFF}") && text.hasSuffix("\n"))
    #expect(files.text("items.csv").contains("\" Monitor Stand, black\","))
  }

  @Test("ZIPs keep their leading zeros and their form")
  func zips() {
    let american = customers.filter { $0["Country"] == "United States" }
    #expect(american.contains { $0["ZIP"]?.wholeMatch(of: /0[1-7]\d{3}/) != nil })
    #expect(american.contains { $0["State/Province"] == "MA" || $0["State/Province"] == "CA" })
    #expect(american.contains { $0["State/Province"] == "California" })
    let brazilian = customers.filter { $0["Country"] == "Brazil" }.compactMap { $0["ZIP"] }
    #expect(!brazilian.isEmpty)
    #expect(brazilian.allSatisfy { $0.wholeMatch(of: /\d{5}-\d{3}/) != nil })
  }

  @Test("phones start with a plus, a zero or a bracket", arguments: ["+49 ", "0", "(", "+1 "])
  func phones(start: String) {
    #expect(customers.contains { $0["Phone"]?.hasPrefix(start) ?? false })
  }

  @Test(
    "some do not say", arguments: ["Phone", "ZIP", "Country", "State/Province", "DOB", "Gender"])
  func hasNulls(header: String) {
    let count = customers.count { $0[header] == nil }
    #expect((1...500).contains(count))
  }

  @Test("without a country there is no address at all")
  func addressesAreWhole() {
    for customer in customers where customer["Country"] == nil {
      #expect(customer["Phone"] == nil && customer["ZIP"] == nil)
      #expect(customer["State/Province"] == nil)
    }
    #expect(customers.contains { $0["Country"] != nil && $0["ZIP"] == nil })
    #expect(customers.contains { $0["Country"] != nil && $0["Phone"] == nil })
  }

  @Test("an e-mail address is of one customer of a website, and some are on two")
  func emailsMeetTwice() {
    var websites: [String: [String]] = [:]
    for customer in customers {
      websites[customer["Email"]?.lowercased() ?? "", default: []].append(customer["Website"] ?? "")
    }
    #expect(websites.values.allSatisfy { Set($0).count == $0.count })
    #expect(websites.values.contains { $0.count == 2 })
    #expect(customers.contains { $0["Email"]?.contains(/[A-Z]\d+@/) ?? false })
    #expect(
      customers.allSatisfy { $0["Email"]?.wholeMatch(of: /[A-Za-z.]+\d+@[A-Za-z.-]+/) != nil })
  }

  @Test("groups and websites are the known ones, all of them")
  func wordsAreKnown() {
    #expect(Set(customers.map { $0["Group"] }) == ["General", "Wholesale", "Retailer"])
    #expect(Set(customers.map { $0["Website"] }) == ["Main Website", "Outlet", "B2B"])
    #expect(Set(customers.map { $0["Gender"] }) == ["Male", "Female", "Not Specified", nil])
  }
}
