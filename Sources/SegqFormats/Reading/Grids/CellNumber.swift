/// Numbers of spreadsheets as people expect them: a spreadsheet shows fifteen digits, and its file may
/// have the seventeen that a binary number takes.
///
/// `0.10000000000000001` is `0.1`, `2.2999999999999998` is `2.3`, `1E3` is `1000`, `7.0` is `7`;
/// whole numbers without an exponent stay as they are written, however long.
enum CellNumber {
  private static let digits = 15

  /// The number as text; as it is where it is none.
  static func plain(_ text: ArraySlice<UInt8>) -> [UInt8] {
    guard let number = Parts(text) else { return Array(text) }
    if number.isWhole { return Array(text) }
    return number.rounded(to: digits).text
  }

  /// Sign, digits and where the point is.
  private struct Parts {
    var isNegative = false
    var digits: [UInt8] = []
    /// The value is 0.DIGITS times ten to the power of this.
    var exponent = 0
    var isWhole = true

    init?(_ text: ArraySlice<UInt8>) {
      var rest = text
      if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
        isNegative = sign == UInt8(ascii: "-")
        rest = rest.dropFirst()
      }
      let whole = rest.prefix(while: Self.isDigit)
      rest = rest.dropFirst(whole.count)
      var fraction = rest.prefix(0)
      if rest.first == UInt8(ascii: ".") {
        fraction = rest.dropFirst().prefix(while: Self.isDigit)
        rest = rest.dropFirst(1 + fraction.count)
        isWhole = false
      }
      guard whole.count + fraction.count > 0, let power = Self.power(&rest, &isWhole),
        rest.isEmpty
      else { return nil }
      digits = Array(whole) + fraction
      exponent = whole.count + power
      let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
      digits.removeFirst(zeros)
      exponent -= zeros
    }

    private static func power(_ rest: inout ArraySlice<UInt8>, _ isWhole: inout Bool) -> Int? {
      guard let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") else { return 0 }
      isWhole = false
      var digits = rest.dropFirst()
      let isNegative = digits.first == UInt8(ascii: "-")
      if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
      guard (1...3).contains(digits.count), digits.allSatisfy(isDigit),
        let power = Int(String(decoding: digits, as: UTF8.self))
      else { return nil }
      rest = rest.suffix(0)
      return isNegative ? -power : power
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// Half away from zero, and without zeros at the end.
    func rounded(to count: Int) -> Parts {
      var result = self
      if digits.count > count {
        result.digits.removeSubrange(count...)
        if digits[count] >= UInt8(ascii: "5") { result.addOne() }
      }
      while result.digits.last == UInt8(ascii: "0") { result.digits.removeLast() }
      return result
    }

    private mutating func addOne() {
      var at = digits.count - 1
      while at >= 0, digits[at] == UInt8(ascii: "9") {
        digits[at] = UInt8(ascii: "0")
        at -= 1
      }
      if at >= 0 {
        digits[at] += 1
      } else {
        digits.insert(UInt8(ascii: "1"), at: 0)
        exponent += 1
      }
    }

    var text: [UInt8] {
      guard !digits.isEmpty else { return [UInt8(ascii: "0")] }
      var text: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
      if exponent <= 0 {
        text += Array("0.".utf8) + [UInt8](repeating: UInt8(ascii: "0"), count: -exponent) + digits
      } else if exponent >= digits.count {
        text += digits + [UInt8](repeating: UInt8(ascii: "0"), count: exponent - digits.count)
      } else {
        text += digits[..<exponent] + [UInt8(ascii: ".")] + digits[exponent...]
      }
      return text
    }
  }
}
