/// Names of money beside an amount: `$`, `€`, `US$`, `USD`, `kr.`, `zł`.
enum Currency {
  /// The name that a text begins with.
  static func prefix(of text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var end = text.startIndex
    while end < text.endIndex, isPart(text[end...]) { end += width(text[end]) }
    end = min(end, text.endIndex)
    // `Rs.500`
    if end > text.startIndex, end < text.endIndex, text[end] == UInt8(ascii: "."),
      text[end - 1] != UInt8(ascii: "$")
    {
      if isName(text[...end]) { return text[...end] }
    }
    return isName(text[..<end]) ? text[..<end] : nil
  }

  /// The name that a text ends with.
  static func suffix(of text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var start = text.endIndex
    if text.last == UInt8(ascii: ".") { start -= 1 }
    while start > text.startIndex {
      var place = start - 1
      while place > text.startIndex, text[place] & 0xC0 == 0x80 { place -= 1 }
      guard isPart(text[place..<start]) else { break }
      start = place
    }
    return isName(text[start...]) ? text[start...] : nil
  }

  private static func width(_ byte: UInt8) -> Int {
    byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
  }

  private static func isPart(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first else { return false }
    if first < 0x80 { return first.isLetter || first == UInt8(ascii: "$") }
    return Blanks.length(text) == 0 && !text.starts(with: [0xE2, 0x88, 0x92])
  }

  private static func isName(_ text: ArraySlice<UInt8>) -> Bool {
    guard !text.isEmpty, text.count <= 8 else { return false }
    let name = String(decoding: text, as: UTF8.self)
    if name.unicodeScalars.count == 1, let scalar = name.unicodeScalars.first {
      if scalar.properties.generalCategory == .currencySymbol { return true }
    }
    // `US$`, `R$`
    if name.hasSuffix("$"), name.utf8.dropLast().allSatisfy({ $0.isLetter && $0 < 0x60 }) {
      return name.utf8.count <= 4
    }
    return names.contains(name)
  }

  /// ISO 4217, and what is written in its place.
  private static let names = Set(
    (codes + " kr kr. Kr Kr. zł Kč Ft lei Lei Fr Fr. SFr. Rs Rs. TL лв руб руб. р. ден din. KM")
      .split(separator: " ").map(String.init))

  private static let codes = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN \
    BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS \
    GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW \
    KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN \
    NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RMB RON RSD RUB RWF SAR SBD SCR SDG \
    SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU \
    UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL
    """
}
