internal import SegqRecords

/// The websites of the made-up store, each with customer accounts of its own.
enum DemoWebsite: Int, CaseIterable {
  case main, outlet, business

  var name: String {
    switch self {
    case .main: "Main Website"
    case .outlet: "Outlet"
    case .business: "B2B"
    }
  }
}

/// The customer groups, by the names a new Adobe Commerce store gives them.
enum DemoGroup: Int, CaseIterable {
  case general, wholesale, retailer

  var name: String {
    switch self {
    case .general: "General"
    case .wholesale: "Wholesale"
    case .retailer: "Retailer"
    }
  }
}

/// Who a customer is: all that is known before the first order.
struct DemoPerson {
  let website: DemoWebsite
  let group: DemoGroup
  /// In ``DemoCountry/all``.
  let country: Int
  let name: [UInt8]
  let email: [UInt8]
  let isGmail: Bool
  let address: Address?
  /// Days since 1970-01-01.
  let birth: Int64?
  let gender: Gender?

  enum Gender: String { case female = "Female", male = "Male", unsaid = "Not Specified" }

  /// The default billing address, as far as the report shows it.
  struct Address {
    var phone: [UInt8]?
    var zip: [UInt8]?
    var state: [UInt8]?
  }

  /// Every 97th customer is the one before once more, with an account on the next website.
  static func isDouble(_ index: Int) -> Bool { index % 97 == 50 }

  init(_ index: Int, of cast: DemoCast) {
    let isDouble = Self.isDouble(index)
    let identity = isDouble ? index - 1 : index
    var random = DemoRandom(seed: cast.seed, index: identity, stream: 0)
    let first = DemoWebsite.allCases[random.pick([72, 18, 10], total: 100)]
    website = isDouble ? DemoWebsite.allCases[(first.rawValue + 1) % 3] : first
    country = random.pick(cast.weights, total: 1000)
    let isWoman = random.chance(530)
    let spoken = cast.name(identity, DemoCountry.all[country].names, isWoman, &random)
    name = spoken.text
    isGmail = first != .business && random.chance(280)
    email = cast.email(identity, spoken.address, isGmail, first == .business, &random)
    group = Self.group(website, &random)
    birth = Self.birth(&random)
    gender = Self.gender(isWoman, &random)
    address = random.chance(70) ? nil : Address(DemoCountry.all[country], &random)
  }

  private static func group(_ website: DemoWebsite, _ random: inout DemoRandom) -> DemoGroup {
    switch website {
    case .main: DemoGroup.allCases[random.pick([930, 15, 55], total: 1000)]
    case .outlet: DemoGroup.allCases[random.pick([970, 5, 25], total: 1000)]
    case .business: DemoGroup.allCases[random.pick([50, 600, 350], total: 1000)]
    }
  }

  /// Between 1936 and 2008, most about 1975; a third do not say.
  private static func birth(_ random: inout DemoRandom) -> Int64? {
    let day = random.below(13_000) + random.below(13_000)
    return random.chance(340) ? nil : CivilDate(year: 1936, month: 9, day: 1).days + Int64(day)
  }

  private static func gender(_ isWoman: Bool, _ random: inout DemoRandom) -> Gender? {
    if random.chance(220) { return nil }
    if random.chance(60) { return .unsaid }
    return isWoman ? .female : .male
  }
}

extension DemoPerson.Address {
  init(_ country: DemoCountry, _ random: inout DemoRandom) {
    let region = country.regions[random.below(country.regions.count)]
    let pattern = country.phones[random.below(country.phones.count)]
    phone = random.chance(60) ? nil : DemoCountry.fill(pattern, &random)
    zip = random.chance(15) ? nil : DemoCountry.fill(region.zip, &random)
    let wantsCode = random.chance(250)
    state =
      random.chance(country.stateless) ? nil : (wantsCode ? region.code : nil) ?? region.state
  }
}
