import SegqBytes

/// What each pair of several groups shares, as a square that is the darker the more it is.
///
/// ```
///                    1      2      5
///  1 VIP custom…  1,568   120 ░   33
///  2 Regulars     120 ░   2,004  640 ▒
///  5 Newsletter      33   640 ▒  1,310
/// ```
/// On the diagonal stands the size of the group. The shade is the part of the smaller of both.
public struct HeatMap {
  public struct Group {
    public var id: String
    public var name: String
    public var size: Int

    public init(id: String, name: String, size: Int) {
      (self.id, self.name, self.size) = (id, name, size)
    }
  }

  private let groups: [Group]
  private let shared: [[Int]]
  private let cellWidth: Int
  private let labelWidth: Int
  private let idWidth: Int

  /// Names take no more.
  private static let longestName = 24

  /// `shared[i][j]` is what groups i and j share, `shared[i][i]` the size.
  public init(_ groups: [Group], shared: [[Int]]) {
    (self.groups, self.shared) = (groups, shared)
    idWidth = groups.map(\.id.count).max() ?? 0
    let names = groups.map { min(DisplayWidth.of(VisibleText.of($0.name)), Self.longestName) }
    labelWidth = idWidth + 1 + (names.max() ?? 0)
    let numbers = shared.joined().map { String($0).count }
    cellWidth = max(numbers.max() ?? 0, idWidth) + 3
  }

  /// The cells that it takes.
  public var width: Int { labelWidth + 1 + cellWidth * groups.count }

  public func append(to out: inout [UInt8], usesColor: Bool) {
    let pen = TerminalPen(usesColor: usesColor)
    let head = groups.map { Self.right($0.id, cellWidth - 2) + "  " }.joined()
    pen.bold({ $0 += (String(repeating: " ", count: labelWidth + 1) + head).utf8 }, &out)
    out.append(UInt8(ascii: "\n"))
    for (row, group) in groups.enumerated() {
      let name = DisplayWidth.cut(VisibleText.of(group.name), to: labelWidth - idWidth - 1)
      let gap = labelWidth - idWidth - 1 - DisplayWidth.of(name)
      let label = Self.right(group.id, idWidth) + " " + name
      pen.bold({ $0 += label.utf8 }, &out)
      out += String(repeating: " ", count: gap + 1).utf8
      for column in groups.indices { append(row, column, usesColor, &out) }
      out.append(UInt8(ascii: "\n"))
    }
  }

  private func append(_ row: Int, _ column: Int, _ usesColor: Bool, _ out: inout [UInt8]) {
    let number = Self.right(String(shared[row][column]), cellWidth - 2)
    let level = row == column ? 0 : level(row, column)
    guard usesColor else {
      out += (number + Self.shades[level]).utf8
      return
    }
    out += "\u{1b}[\(row == column ? "1" : Self.colors[level])m\(number) \u{1b}[0m ".utf8
  }

  /// 0 for nothing to 4 for nearly all.
  private func level(_ row: Int, _ column: Int) -> Int {
    let smaller = min(groups[row].size, groups[column].size)
    guard smaller > 0, shared[row][column] > 0 else { return 0 }
    return min(4, 1 + shared[row][column] * 4 / smaller)
  }

  private static let shades = ["  ", " ░", " ▒", " ▓", " █"]
  /// Blues of the 256 colours with a text that is read on them, on dark and light terminals.
  private static let colors = [
    "2", "48;5;195;38;5;16", "48;5;153;38;5;16", "48;5;75;38;5;16", "48;5;26;38;5;231",
  ]

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
