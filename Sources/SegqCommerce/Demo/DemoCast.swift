/// Names and addresses for the customers of one store: what is the same for all of them.
struct DemoCast {
  let seed: UInt64
  let customers: Int
  let weights: [Int]
  private let mask: UInt64

  init(customers: Int, seed: UInt64) {
    self.seed = seed
    self.customers = customers
    weights = DemoCountry.all.map(\.weight)
    mask = UInt64.max >> UInt64(UInt64(max(customers, 1) + 60).leadingZeroBitCount)
  }

  /// How far odd names stand apart: close in a small store, so that it has each of them.
  var oddSpacing: Int { min(400, max(7, customers / 20)) }

  /// The whole name, and what becomes of it in an e-mail address.
  func name(
    _ index: Int, _ names: DemoNames, _ isWoman: Bool, _ random: inout DemoRandom
  ) -> (text: [UInt8], address: [UInt8]) {
    let given = isWoman ? names.women : names.men
    let first = given[random.skewed(given.count)]
    let last = names.families[random.skewed(names.families.count)]
    var middle: [UInt8] = [UInt8(ascii: " ")]
    let initial = UInt8(ascii: "A") + UInt8(random.below(20))
    if random.chance(200) && names.takesInitial {
      middle += [initial, UInt8(ascii: "."), UInt8(ascii: " ")]
    }
    let plain =
      names.isFamilyFirst ? last.text + middle + first.text : first.text + middle + last.text
    let mark: [UInt8] = random.chance(500) ? [UInt8(ascii: ".")] : []
    return oddName(index) ?? (plain, first.address + mark + last.address)
  }

  private func oddName(_ index: Int) -> (text: [UInt8], address: [UInt8])? {
    guard index % oddSpacing == 5 else { return nil }
    let name = Self.oddNames[index / oddSpacing % Self.oddNames.count]
    return (Array(name.text.utf8), Array(name.address.utf8))
  }

  /// Names that stores really hold, and that break careless readers and spreadsheets.
  private static let oddNames: [(text: String, address: String)] = [
    ("Maureen O'Brien", "maureen.obrien"),
    ("\"Bob\" Smith, Jr.", "bob.smith"),
    ("=Sum Services", "sum"),
    ("Maria\nda Silva", "maria.dasilva"),
    ("Zoë 🌸 Bakker", "zoe.bakker"),
    ("-Otto Lang", "otto.lang"),
    ("@home Interiors", "at.home"),
    ("Christopher Null", "null"),
    ("AT&T Fitzgerald", "fitzgerald"),
    (
      "Dr. Ursula von und zu Hohenstein-Schwarzenberg, geb. Freiin von Löwenthal-Krähenfels",
      "ursula"
    ),
    ("=HYPERLINK(\"http://shop.example\",\"Ann\")", "ann"),
    ("Rene\u{301} Le\u{301}vesque", "rene.levesque"),
    ("Anne-Marie d'Haène; SARL", "dhaene"),
    ("Bjørn \\ Åse Ødegård", "odegard"),
    ("100% Cotton_Shop", "cotton.shop"),
    ("X Æ", "x"),
  ]

  /// `anna.mueller83@web.example`; no two of a website are the same.
  func email(
    _ index: Int, _ address: [UInt8], _ isGmail: Bool, _ isBusiness: Bool,
    _ random: inout DemoRandom
  ) -> [UInt8] {
    var result = address
    // An odd factor shuffles the numbers 0...mask without making two of them alike.
    let number = (UInt64(truncatingIfNeeded: index) &* 0x9E37_79B1 &+ seed) & mask
    result += Array(String(number).utf8)
    result.append(UInt8(ascii: "@"))
    let domains = isBusiness ? Self.businessDomains : Self.domains
    let domain = domains[random.skewed(domains.count)]
    result += isGmail ? Self.gmail : domain
    if random.chance(6) { result = result.map(Self.upperCased) }
    return result
  }

  private static func upperCased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte & ~0x20 : byte
  }

  /// The only domain that is not reserved for examples: segments of real stores ask for it.
  private static let gmail = Array("gmail.com".utf8)
  private static let domains = [
    "example.com", "mail.example", "example.org", "web.example", "post.example", "example.net",
    "university.example",
  ].map { Array($0.utf8) }
  private static let businessDomains = [
    "northwind.example", "buerobedarf.example", "maison-verte.example", "kantoor.example",
    "acme.example", "hotel-adria.example", "tokyo-zakka.example", "papelaria.example",
  ].map { Array($0.utf8) }
}
