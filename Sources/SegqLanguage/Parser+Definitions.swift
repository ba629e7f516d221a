// Segments: create, alter, drop.
extension Parser {
  /// `create or replace segment 'VIP' for 'Main Website', 'Outlet' inactive as count(orders) > 3`
  mutating func create() throws(SyntaxError) -> SegmentDefinition {
    takeKeyword()
    var isReplacing = false
    if eat("or") {
      try require("replace")
      isReplacing = true
    }
    try refuseOtherThings()
    try require("segment")
    let name = try segmentName()
    var websites: [Template] = []
    var isInactive = false
    var description: Template?
    while true {
      if eat("for") {
        repeat { websites.append(try quotedText()) } while eat(.comma)
      } else if eat("inactive") {
        isInactive = true
      } else if eat("description") {
        description = try quotedText()
      } else {
        break
      }
    }
    try requireClause("as")
    return SegmentDefinition(
      name: name, isReplacing: isReplacing, websites: websites, isInactive: isInactive,
      description: description, rule: try condition())
  }

  /// `create table x`, `create view x as …`
  private func refuseOtherThings() throws(SyntaxError) {
    let words = ["temp", "temporary", "table", "view", "materialized", "index", "database", "schema"]
    guard !atStatementEnd, words.contains(where: { isWord(token, $0) }) else { return }
    throw SyntaxError(kind: .foreign(.createThing(text(token))), span: token.span)
  }

  /// `alter segment 5 rename to 'Gold'`, `alter segment 5 set status = inactive`
  mutating func alter() throws(SyntaxError) -> Command {
    takeKeyword()
    try require("segment")
    let segment = try segmentExpression()
    if eat("rename") {
      try require("to")
      return .alter(segment, .rename(try quotedText()))
    }
    if at("as") {
      try requireClause("as")
      return .alter(segment, .rule(try condition()))
    }
    try require("set")
    return .alter(segment, try setting())
  }

  private mutating func setting() throws(SyntaxError) -> Alteration {
    if eat("status") {
      try require(.equal)
      expect(.keyword("active"))
      expect(.keyword("inactive"))
      return .status(try identifier())
    }
    if eat("website") {
      try require(.equal)
      if eat("all") { return .websites([]) }
      var websites = [try quotedText()]
      while eat(.comma) { websites.append(try quotedText()) }
      return .websites(websites)
    }
    guard eat("description") else { throw unexpected() }
    try require(.equal)
    return .description(try quotedText())
  }

  mutating func drop() throws(SyntaxError) -> Command {
    takeKeyword()
    if !eat("segment") { try require("segments") }
    return .drop(try segmentList())
  }

  private mutating func segmentName() throws(SyntaxError) -> Template {
    guard !atStatementEnd, token.kind == .word else { return try quotedText() }
    if ["as", "for", "inactive", "description"].contains(where: { isWord(token, $0) }) {
      throw SyntaxError(kind: .segmentNameMissing, span: token.span)
    }
    throw SyntaxError(kind: .unquotedText(text(token)), span: token.span)
  }

  private mutating func quotedText() throws(SyntaxError) -> Template {
    expect(.quotedText)
    if !atStatementEnd, token.kind == .word {
      throw SyntaxError(kind: .unquotedText(text(token)), span: token.span)
    }
    return try stringLiteral()
  }

  private mutating func requireClause(_ keyword: String) throws(SyntaxError) {
    guard at(keyword) else { throw unexpected() }
    takeKeyword(.clause)
  }
}
