/// Where customers live, and how phones, ZIPs and states look there.
///
/// In patterns `#` stands for a digit, `%` for 1–9, `^` for 2–9 and `@` for a letter:
/// `SW% #@@` gives `SW7 2AZ`.
struct DemoCountry {
  struct Region {
    /// `Massachusetts`.
    let state: [UInt8]
    /// `MA`, where customers write that as well.
    let code: [UInt8]?
    let zip: [UInt8]
  }

  let name: [UInt8]
  let names: DemoNames
  let weight: Int
  let phones: [[UInt8]]
  let regions: [Region]
  /// How many of a thousand addresses have no state.
  let stateless: Int

  /// `regions` is `Massachusetts/MA:01###;Maine/ME:04###`, phones stand between semicolons.
  init(
    _ name: String, _ names: DemoNames, weight: Int, stateless: Int = 0, phones: String,
    regions: String
  ) {
    self.name = Array(name.utf8)
    self.names = names
    self.weight = weight
    self.stateless = stateless
    self.phones = phones.split(separator: ";").map { Array($0.utf8) }
    self.regions = regions.split(separator: ";").map { entry in
      let parts = entry.split(separator: ":")
      let state = parts[0].split(separator: "/")
      return Region(
        state: Array(state[0].utf8), code: state.count > 1 ? Array(state[1].utf8) : nil,
        zip: Array(parts[1].utf8))
    }
  }
}

extension DemoCountry {
  /// A text of `pattern`.
  static func fill(_ pattern: [UInt8], _ random: inout DemoRandom) -> [UInt8] {
    pattern.map { mark in
      switch mark {
      case UInt8(ascii: "#"): UInt8(ascii: "0") + UInt8(random.below(10))
      case UInt8(ascii: "%"): UInt8(ascii: "1") + UInt8(random.below(9))
      case UInt8(ascii: "^"): UInt8(ascii: "2") + UInt8(random.below(8))
      case UInt8(ascii: "@"): letters[random.below(letters.count)]
      default: mark
      }
    }
  }

  private static let letters = Array("ABDEFGHJLNPQRSTUWXYZ".utf8)
}

extension DemoCountry {
  static let all: [DemoCountry] = [
    DemoCountry(
      "United States", .american, weight: 340, stateless: 15,
      phones: "(^##) 555-0###;(^##) 555-0###;^##-555-0###;+1 ^## 555 0###",
      regions: """
        California/CA:9####;Texas/TX:7####;New York/NY:1####;Florida/FL:3####;\
        Massachusetts/MA:01###;Massachusetts/MA:02###;Connecticut/CT:06###;Maine/ME:04###;\
        New Jersey/NJ:07###;Vermont/VT:05###;Illinois/IL:60###;Michigan/MI:49###-####;\
        Washington/WA:98###;Georgia/GA:30###;Ohio/OH:44###;New Hampshire/NH:03###
        """),
    DemoCountry(
      "Germany", .german, weight: 130, stateless: 250,
      phones: "+49 30 #######;+49 89 ######;0171 %######;+49 (0)221 ######;040/######",
      regions: """
        Bayern:80###;Berlin:10###;Nordrhein-Westfalen:50###;Baden-Württemberg:70###;\
        Hessen:60###;Hamburg:20###;Sachsen:01###;Thüringen:07###;Niedersachsen:30###
        """),
    DemoCountry(
      "France", .french, weight: 105, stateless: 450,
      phones: "+33 6 ## ## ## ##;06 ## ## ## ##;01 ## ## ## ##",
      regions: """
        Île-de-France:75###;Île-de-France:92###;Auvergne-Rhône-Alpes:69###;Bretagne:35###;\
        Provence-Alpes-Côte d'Azur:13###;Provence-Alpes-Côte d'Azur:06###;Occitanie:31###;\
        Auvergne-Rhône-Alpes:01###
        """),
    DemoCountry(
      "United Kingdom", .british, weight: 95, stateless: 400,
      phones: "+44 20 7946 0###;020 7946 0###;07700 900###",
      regions: """
        Greater London:SW% #@@;Greater London:E1% #@@;West Yorkshire:LS% #@@;Midlothian:EH% #@@;\
        South Glamorgan:CF% #@@;County Antrim:BT% #@@;Cornwall:TR% #@@
        """),
    DemoCountry(
      "Ireland", .irish, weight: 20, stateless: 100, phones: "+353 1 ### ####;08% ### ####",
      regions: "Dublin:D0% @#@#;Cork:T12 @#@#;Galway:H91 @#@#"),
    DemoCountry(
      "Netherlands", .dutch, weight: 55, stateless: 550, phones: "+31 6 ########;06-########",
      regions: "Noord-Holland:10## @@;Zuid-Holland:30## @@;Utrecht:35## @@;Noord-Brabant:56## @@"),
    DemoCountry(
      "Austria", .german, weight: 35, stateless: 300, phones: "+43 1 #######;0664 #######",
      regions: "Wien:1%%0;Tirol:60##;Salzburg:50##;Steiermark:80##;Kärnten:90##"),
    DemoCountry(
      "Spain", .spanish, weight: 45, stateless: 40, phones: "+34 6## ### ###;9## ## ## ##",
      regions: "Madrid:28###;Barcelona:08###;Valencia:46###;A Coruña:15###;Álava:01###"),
    DemoCountry(
      "Canada", .american, weight: 40, stateless: 10, phones: "(^##) 555-0###;+1 ^##-555-0###",
      regions: "Ontario/ON:M#@ #@#;Québec/QC:H#@ #@#;British Columbia/BC:V#@ #@#"),
    DemoCountry(
      "Japan", .japanese, weight: 50, phones: "03-####-####;090-####-####;+81 90-####-####",
      regions: "東京都:1##-####;大阪府:53#-####;北海道:06#-####;京都府:60#-####;福岡県:81#-####"),
    DemoCountry(
      "Brazil", .brazilian, weight: 45, phones: "(11) 9####-####;+55 21 9####-####",
      regions: """
        São Paulo/SP:01###-###;Rio de Janeiro/RJ:20###-###;Minas Gerais/MG:30###-###;\
        Bahia/BA:40###-###;Paraná/PR:80###-###
        """),
    DemoCountry(
      "Greece", .greek, weight: 20, stateless: 150, phones: "+30 210 #######;69########",
      regions: "Αττική:1## ##;Θεσσαλονίκη:54# ##;Κρήτη:71# ##"),
    DemoCountry(
      "Morocco", .arabic, weight: 12, stateless: 200, phones: "+212 6########;06########",
      regions: "الدار البيضاء-سطات:20###;الرباط-سلا-القنيطرة:10###;مراكش-آسفي:40###"),
    DemoCountry(
      "Egypt", .arabic, weight: 8, stateless: 100, phones: "+20 10########;010########",
      regions: "القاهرة:11###;الجيزة:12###;الإسكندرية:21###"),
  ]
}
