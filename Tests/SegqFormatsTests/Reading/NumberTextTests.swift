import SegqRecords
import Testing

@testable import SegqFormats

@Suite("Numbers as people and programs write them")
struct NumberTextTests {
  private static func decimal(_ text: String, _ mark: DecimalMark) -> String? {
    NumberText(Array(text.utf8)[...])?.decimal(mark).map { "\(Decimal(units: $0.units))" }
  }

  @Test(
    "By a decimal point and by a decimal comma",
    arguments: [
      ("12", "12", "12"), ("-7.5", "-7.5", nil), ("1,234", "1234", "1.234"),
      ("1.234", "1.234", "1234"),
      ("$1,234.50", "1234.5", nil), ("1.234,50", nil, "1234.5"), ("1 234,50 €", nil, "1234.5"),
      ("1\u{A0}234,50\u{A0}€", nil, "1234.5"), ("1\u{202F}234,50", nil, "1234.5"),
      ("1'234.50", "1234.5", nil), ("1’234’567", "1234567", "1234567"), ("USD 12.00", "12", nil),
      ("12.00 USD", "12", nil), ("US$12.00", "12", nil), ("12%", "0.12", "0.12"),
      ("5,5 %", nil, "0.055"),
      ("%12", "0.12", "0.12"), ("(5.00)", "-5", nil), ("($1,234.50)", "-1234.5", nil),
      ("-$5", "-5", "-5"),
      ("$-5", "-5", "-5"), ("−5", "-5", "-5"), ("5-", "-5", "-5"), ("+3", "3", "3"),
      ("1e3", "1000", "1000"),
      ("1.5E-3", "0.0015", nil), ("1e+05", "100000", "100000"), ("12,34,567.50", "1234567.5", nil),
      ("1,234,567", "1234567", nil), ("1.234.567", nil, "1234567"), (".5", "0.5", nil),
      (",5", nil, "0.5"),
      ("5.", "5", nil), ("0.123", "0.123", nil), ("1234.567", "1234.567", nil),
      ("12,-", "12", "12"),
      ("kr. 5", "5", "5"), ("5 kr.", "5", "5"), ("Rs.500", "500", "500"), ("10 zł", "10", "10"),
      ("922337203685477.5807", "922337203685477.5807", nil),
      ("-922337203685477.5808", "-922337203685477.5808", nil),
      ("922337203685477.5808", nil, nil), ("1.00005", "1.0001", nil), ("0.00004", "0", nil),
      ("1e-400", "0", "0"), ("1e99", nil, nil),
    ] as [(String, String?, String?)])
  func decimals(text: String, point: String?, comma: String?) {
    #expect(Self.decimal(text, .point) == point)
    #expect(Self.decimal(text, .comma) == comma)
  }

  @Test(
    "Whole numbers",
    arguments: [
      ("12", 12), ("2.00", 2), ("2.50", nil), ("1,234", 1234), ("$5", 5), ("1e3", 1000),
      ("12%", nil),
      ("9223372036854775807", .max), ("-9223372036854775808", .min), ("9223372036854775808", nil),
      ("1,234,567,890,123,456,789", 1_234_567_890_123_456_789),
    ] as [(String, Int64?)])
  func wholes(text: String, value: Int64?) {
    #expect(NumberText(Array(text.utf8)[...])?.whole(.point) == value)
  }

  @Test(
    "What is no number",
    arguments: [
      "", "-", ".", ",", "$", "%", "()", "abc", "12 abc", "ABC 12", "MJ12", "1,23,45", "1.2.3",
      "12,3456,789",
      "--1", "+-1", "(-5)", "(5", "5)", "$5$", "12%%", "1e", "e5", "1e5000", "0x1F", "1 2",
      "1  234", "0,123,456",
      "555-1234", "192.168.1.1", "12k", "1/2", "10:00", "12 34 56", "1,234 567", "½", "٣", "12-34",
    ])
  func noNumbers(text: String) { #expect(NumberText(Array(text.utf8)[...]) == nil) }

  @Test("A megabyte of digits is no number that fits, and takes no time")
  func long() {
    let digits = [UInt8](repeating: UInt8(ascii: "9"), count: 1 << 20)
    #expect(NumberText(digits[...])?.decimal(.point) == nil)
    #expect(NumberText(digits[...])?.whole(.comma) == nil)
  }

  @Test(
    "Ids that are whole numbers",
    arguments: [
      ("12", 12), ("1.0", 1), ("2.00", 2), ("'123", 123), ("\"123\"", 123), ("0", 0), ("-1", -1),
      ("007", nil),
      ("+7", nil), ("1e5", nil), ("1.5", nil), ("1,234", nil), ("ALFKI", nil),
      ("12345678901234567890", nil),
      ("'007", nil), ("", nil), ("1.", nil), (".0", nil),
    ] as [(String, Int64?)])
  func ids(text: String, value: Int64?) { #expect(FieldParse.id(Array(text.utf8)[...]) == value) }

  @Test(
    "Placeholders",
    arguments: [
      "-", "--", "—", "n/a", "N/A", "NA", "NULL", "Null", "none", "NaN", "?", "#N/A", "(null)",
      "nil", "<NA>", "...", "#DIV/0!",
    ])
  func placeholders(text: String) { #expect(Placeholder.isOne(Array(text.utf8)[...])) }

  @Test(
    "What is no placeholder",
    arguments: [
      "", "x", "0", "-1", "-a", "nulls", "no", "Anna", "N", "a-", "00", "nil desperandum",
    ])
  func noPlaceholders(text: String) { #expect(!Placeholder.isOne(Array(text.utf8)[...])) }
}
