/// A number as people and programs write it: `$1,234.50`, `1.234,50`, `1 234,50 €`, `1'234.50`,
/// `USD 12.00`, `12%`, `(5.00)`, `5-`, `+3`, `1e3`.
///
/// What `1,234` is depends on the other values of its column: ``decimal(_:)`` and ``whole(_:)`` take
/// the mark that was found there.
struct NumberText: Sendable {
  private(set) var isNegative = false
  private(set) var isPercent = false
  /// `$`, `EUR`, `kr.`; empty if there is none.
  private(set) var currency: ArraySlice<UInt8> = []
  /// The sign is written as accountants do: `(5.00)`, `5-`.
  private(set) var isAccounting = false
  private(set) var hasPlus = false
  /// The digits with the marks between them.
  private(set) var body: ArraySlice<UInt8>
  private(set) var exponent = 0
  private(set) var hasExponent = false
  /// `1e+05`, not `1e5`.
  private(set) var hasExponentSign = false

  /// Nil if the text is no number. The text has no blanks around it. O(n).
  init?(_ text: ArraySlice<UInt8>) {
    body = text
    guard let first = text.first, let last = text.last else { return nil }
    if !first.isDigit || !last.isDigit {
      guard takeFront(), takeBack() else { return nil }
    }
    guard takeExponent(), body.contains(where: \.isDigit) else { return nil }
    guard layout(.point) != nil || layout(.comma) != nil else { return nil }
  }

  /// `007`, `+49`: what begins so is a name rather than a number, though it could be read as one.
  var looksLikeID: Bool {
    hasPlus || body.first == UInt8(ascii: "0") && (body.dropFirst().first?.isDigit ?? false)
  }

  /// Digits and nothing else, perhaps with one point: `-12.50`, not `1e3`, `$5` or `1,234`.
  var isPlain: Bool {
    currency.isEmpty && !isPercent && !isAccounting && !hasExponent
      && body.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
      && body.count { $0 == UInt8(ascii: ".") } <= 1
  }
}

// What stands around the digits.
extension NumberText {
  private mutating func takeFront() -> Bool {
    var hasParenthesis = false
    while let byte = body.first, !byte.isDigit, !startsWithMarkedDigit {
      let blank = Blanks.length(body)
      if blank > 0 {
        body = body.dropFirst(blank)
      } else if byte == UInt8(ascii: "("), !hasParenthesis, !isNegative {
        guard body.last == UInt8(ascii: ")") else { return false }
        (hasParenthesis, isNegative, isAccounting) = (true, true, true)
        body = body.dropFirst().dropLast()
      } else if let length = signLength, !isNegative, !hasPlus {
        if byte == UInt8(ascii: "+") { hasPlus = true } else { isNegative = true }
        body = body.dropFirst(length)
      } else if byte == UInt8(ascii: "%"), !isPercent {
        isPercent = true
        body = body.dropFirst()
      } else {
        guard currency.isEmpty, let name = Currency.prefix(of: body) else { return false }
        currency = name
        body = body.dropFirst(name.count)
      }
    }
    return !body.isEmpty
  }

  /// `.5`, `,5`
  private var startsWithMarkedDigit: Bool {
    guard let first = body.first, let second = body.dropFirst().first else { return false }
    return (first == UInt8(ascii: ".") || first == UInt8(ascii: ",")) && second.isDigit
  }

  private var signLength: Int? {
    if body.first == UInt8(ascii: "-") || body.first == UInt8(ascii: "+") { return 1 }
    return body.starts(with: [0xE2, 0x88, 0x92]) ? 3 : nil
  }

  private mutating func takeBack() -> Bool {
    while let byte = body.last, !byte.isDigit, !endsWithMarkedDigit {
      let trimmed = Blanks.trimmed(body)
      if trimmed.count < body.count {
        body = trimmed
      } else if let length = dashLength {
        body = body.dropLast(length)
        // `5,-` is a price without cents.
        if body.last == UInt8(ascii: ",") || body.last == UInt8(ascii: ".") {
          body = body.dropLast()
        } else {
          guard !isNegative, !hasPlus, length == 1 else { return false }
          (isNegative, isAccounting) = (true, true)
        }
      } else if byte == UInt8(ascii: "%"), !isPercent {
        isPercent = true
        body = body.dropLast()
      } else {
        guard currency.isEmpty, let name = Currency.suffix(of: body) else { return false }
        currency = name
        body = body.dropLast(name.count)
      }
    }
    return !body.isEmpty
  }

  /// `5.`, `5,`
  private var endsWithMarkedDigit: Bool {
    guard let last = body.last, let before = body.dropLast().last else { return false }
    return (last == UInt8(ascii: ".") || last == UInt8(ascii: ",")) && before.isDigit
  }

  private var dashLength: Int? {
    if body.last == UInt8(ascii: "-") { return 1 }
    let end = body.suffix(3)
    return end.elementsEqual([0xE2, 0x80, 0x93]) || end.elementsEqual([0xE2, 0x80, 0x94]) ? 3 : nil
  }

  /// `1e3`, `1.5E+05`
  private mutating func takeExponent() -> Bool {
    guard let place = body.lastIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) else { return true }
    var digits = body[(place + 1)...]
    let isMinus = digits.first == UInt8(ascii: "-")
    hasExponentSign = isMinus || digits.first == UInt8(ascii: "+")
    if hasExponentSign { digits = digits.dropFirst() }
    guard !digits.isEmpty, digits.count <= 3, digits.allSatisfy(\.isDigit) else { return false }
    let value = digits.reduce(0) { $0 * 10 + Int($1 & 15) }
    (hasExponent, exponent) = (true, isMinus ? -value : value)
    body = body[..<place]
    return body.last?.isDigit ?? false
  }
}
