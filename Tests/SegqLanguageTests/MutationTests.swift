import Testing

@testable import SegqLanguage

@Suite("Whatever is typed")
struct MutationTests {
  static let texts =
    StatementReference.all.flatMap(\.examples).map(\.statement) + [
      "select `a b`, count(distinct x) as n from 1 + 'VIP' & selected where not in 7 and x like 'a%'",
      "select name || ' ' || email from customers where since between 2024-01 and 2024-01-31T10:00",
      "load 'x.csv' as orders append (customer = 'Buyer No')\nset page_size = 20",
      "for s in select id from segments { export $s.id to '${s.id}.csv' } \nif 1 = 2 { echo 1 } else { quit }",
      "param a = -30d\nlet b = $a\nexplain analyze watch 5s drill $b as of 2024 | gzip > \"${b}.gz\"",
      "create or replace segment 'A' for 'B' inactive description 'C' as count(orders) = 0",
      "alter segment 5 set website = 'A', 'B'; drop segment 5; forget customer 'a@b'; undo",
      "profile 1 by a, b against 2 where lift > 1; compare 1 with 2; why not 'x' in 5; growth 5",
      "select customers where a is not null and b is empty and c not in (1, 'x') | sort -r",
    ]

  private static let pieces = [
    "(", ")", ",", "'", "where", "1", "=", ";", "\n", "é", "\\", "$", "as",
  ]

  @Test(
    "Any token left out, doubled or replaced parses without a trap, with spans in the text",
    arguments: texts)
  func mutations(text: String) {
    let source = SourceText(text, name: "test")
    for token in Self.tokens(source) {
      let before = String(decoding: source.bytes[..<token.span.start], as: UTF8.self)
      let own = source[token.span]
      let after = String(decoding: source.bytes[token.span.end...], as: UTF8.self)
      Self.check(before + after)
      Self.check(before + own + " " + own + after)
      for piece in Self.pieces { Self.check(before + piece + after) }
      Self.check(before)
    }
  }

  @Test("Any bytes parse without a trap")
  func bytes() {
    var state: UInt64 = 42
    for _ in 0..<3000 {
      let bytes = (0..<40).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56)
      }
      Self.check(SourceText(bytes: bytes, name: "test"))
      Self.check(SourceText(bytes: Array("select ".utf8) + bytes, name: "test"))
    }
  }

  private static func tokens(_ source: SourceText) -> [Token] {
    var lexer = Lexer(source)
    var tokens: [Token] = []
    while true {
      let token = lexer.next()
      if token.kind == .end { return tokens }
      tokens.append(token)
    }
  }

  private static func check(_ text: String) { check(SourceText(text, name: "test")) }

  private static func check(_ source: SourceText) {
    let parsed = Parser.parse(source)
    for diagnostic in parsed.diagnostics {
      guard let span = diagnostic.span else {
        Issue.record("a mistake without a place: \(diagnostic.message)")
        continue
      }
      #expect(0 <= span.start && span.start <= span.end && span.end <= source.bytes.count)
      #expect(!diagnostic.message.isEmpty)
    }
    for statement in parsed.statements {
      #expect(statement.span.start < statement.span.end && statement.span.end <= source.bytes.count)
    }
    _ = Parser.incompleteness(of: source)
    _ = Parser.expectations(atEndOf: source)
  }
}
