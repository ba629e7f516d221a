/// Names of months and weekdays in the languages of Europe, whole or cut short: `Jan`, `janv.`,
/// `März`, `sept`, `stycznia`.
///
/// A name may be cut after three letters or more, as long as all names that begin so are of one month:
/// `jui` is none, `juin` and `juil` are.
enum DateNames {
  /// 1–12; nil if the word names no month.
  static func month(_ word: ArraySlice<UInt8>) -> Int? {
    guard word.count >= 3, word.count <= 20 else { return nil }
    let month = key(word).map { monthKeys[$0] } ?? months[folded(word)]
    return month == 0 ? nil : month
  }

  /// Whether the word names a day of the week: `Fri`, `vendredi`, `Mo`.
  static func isWeekday(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.count >= 2, word.count <= 20 else { return false }
    return key(word).map { weekdayKeys.contains($0) } ?? weekdays.contains(folded(word))
  }

  /// A short word of plain letters as one number, which is found faster.
  private static func key(_ word: ArraySlice<UInt8>) -> UInt64? {
    guard word.count <= 8 else { return nil }
    var key: UInt64 = 0
    for byte in word {
      guard byte < 0x80 else { return nil }
      key = key << 8 | UInt64(byte | 0x20)
    }
    return key
  }

  private static func keys(_ words: some Sequence<String>) -> [UInt64] {
    words.compactMap { key(Array($0.utf8)[...]) }
  }

  private static let monthKeys: [UInt64: Int] = Dictionary(
    uniqueKeysWithValues: months.filter { $0.key.utf8.count <= 8 }.compactMap { name, month in
      key(Array(name.utf8)[...]).map { ($0, month) }
    })

  private static let weekdayKeys = Set(keys(weekdays))

  /// In small letters, without accents.
  static func folded(_ word: ArraySlice<UInt8>) -> String {
    var result = ""
    for scalar in String(decoding: word, as: UTF8.self).lowercased().unicodeScalars {
      // An accent of its own.
      if (0x300...0x36F).contains(scalar.value) { continue }
      result.unicodeScalars.append(scalar.value < 0x80 ? scalar : accents[scalar] ?? scalar)
    }
    return result
  }

  private static let accents: [Unicode.Scalar: Unicode.Scalar] = {
    let groups: [(Unicode.Scalar, String)] = [
      ("a", "àáâãäåāăą"), ("c", "çćč"), ("d", "ďđ"), ("e", "èéêëēęě"), ("g", "ğ"),
      ("i", "ìíîïıī"), ("l", "ł"), ("n", "ñńň"), ("o", "òóôõöőø"), ("r", "řŕ"), ("s", "śšşș"),
      ("t", "ťţț"), ("u", "ùúûüűůū"), ("y", "ýÿ"), ("z", "żźž"),
    ]
    var result: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (plain, marked) in groups {
      for scalar in marked.unicodeScalars { result[scalar] = plain }
    }
    return result
  }()

  /// Every beginning of a month's name; 0 where it is of several months.
  private static let months: [String: Int] = {
    var result: [String: Int] = [:]
    for (index, names) in monthNames.enumerated() {
      for name in names.split(separator: " ") {
        for length in 3...max(3, name.count) {
          let beginning = String(name.prefix(length))
          let month = result[beginning, default: index + 1]
          result[beginning] = month == index + 1 ? month : 0
        }
      }
    }
    return result
  }()

  private static let weekdays: Set<String> = {
    var result: Set<String> = []
    for name in weekdayNames.split(separator: " ") {
      for length in 2...max(2, name.count) { result.insert(String(name.prefix(length))) }
    }
    return result
  }()

  /// English, German, French, Spanish, Italian, Dutch, Portuguese, Polish, Swedish, Danish, Norwegian,
  /// Czech, Hungarian, Romanian, Turkish; without accents.
  private static let monthNames = [
    "january januar janner janvier enero gennaio januari janeiro styczen stycznia leden ledna "
      + "ianuarie ocak",
    "february februar feber fevrier febrero febbraio februari fevereiro luty lutego unor unora "
      + "februarie subat",
    "march marz maerz mrz mars marzo maart mrt marco marec marzec marca brezen brezna marcius martie "
      + "mart",
    "april avril abril aprile kwiecien kwietnia duben dubna aprilis aprilie nisan",
    "may mai mayo maggio mei maio maj maja kveten kvetna majus mayis",
    "june juni juin junio giugno junho czerwiec czerwca cerven cervna junius iunie haziran",
    "july juli juillet julio luglio julho lipiec lipca cervenec cervence julius iulie temmuz",
    "august aout agosto augustus sierpien sierpnia srpen srpna augusti augusztus agustos",
    "september septembre septiembre setiembre settembre setembro wrzesien wrzesnia zari szeptember "
      + "septembrie eylul",
    "october oktober octobre octubre ottobre outubro pazdziernik pazdziernika rijen rijna octombrie "
      + "ekim",
    "november novembre noviembre novembro listopad listopada noiembrie kasim",
    "december dezember decembre diciembre dicembre dezembro grudzien grudnia prosinec prosince "
      + "decembrie aralik",
  ]

  private static let weekdayNames = """
    monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag \
    freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes \
    miercoles jueves viernes sabado domingo lunedi martedi mercoledi giovedi venerdi sabato domenica \
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag segunda terca quarta quinta sexta \
    poniedzialek wtorek sroda czwartek piatek sobota niedziela mandag tisdag onsdag torsdag fredag \
    lordag sondag tirsdag pondeli utery streda ctvrtek patek nedele
    """
}
