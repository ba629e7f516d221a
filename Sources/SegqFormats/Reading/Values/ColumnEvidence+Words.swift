import SegqRecords

extension ColumnEvidence {
  /// `date, day first, from 3 values above 12`; `number, decimal comma, from 12 values like '1.234,50'`;
  /// `text: 997 values are numbers, 3 are not, the first is 'abc'`.
  public var description: String {
    var parts = [kindWords]
    if let order { parts.append(order.words) }
    if let mark { parts.append(mark.words) }
    if let counted { parts.append(counted.words) }
    if isPercent { parts.append("percent: 12% is 0.12") }
    if !currencies.words.isEmpty { parts.append(currencyWords) }
    let words = parts.joined(separator: ", ")
    return nearly.map { words + ": " + $0.words } ?? words
  }

  private var kindWords: String {
    switch type {
    case .integer: "whole number"
    case .decimal: "number"
    case .text: "text"
    case .date: "date"
    case .datetime: "time"
    case .boolean: "true or false"
    }
  }

  private var currencyWords: String {
    let names = currencies.words.joined(separator: " ")
    return currencies.words.count == 1
      ? "amounts in \(names)" : "amounts in several currencies (\(names))"
  }
}

extension ColumnEvidence.Order {
  fileprivate var words: String {
    let name =
      switch order {
      case .dayFirst: "day first"
      case .monthFirst: "month first"
      case nil: "month first with slashes, day first with points"
      }
    return name + ", " + reason + opposition
  }

  private var reason: String {
    switch basis {
    case .values(let tally): "from \(tally.count.counted("value")) above 12"
    case .setting: "as set"
    case .otherColumns: "as in other columns of the file"
    case .delimiter, .guess: "guessed: no value is above 12"
    }
  }

  private var opposition: String {
    contradictions.first.map {
      " (\(contradictions.count.counted("value")) the other way, the first is '\($0.text)')"
    } ?? ""
  }
}

extension ColumnEvidence.Mark {
  fileprivate var words: String {
    "decimal \(mark.rawValue), " + reason
  }

  private var reason: String {
    switch basis {
    case .values(let tally):
      "from \(tally.count.counted("value")) like '\(tally.first?.text ?? "")'"
    case .setting: "as set"
    case .otherColumns: "as in other columns of the file"
    case .delimiter: "guessed from the ; between the fields"
    case .guess(let tally): "guessed: '\(tally.first?.text ?? "")' could be read both ways"
    }
  }
}

extension CountedTime {
  fileprivate var words: String {
    switch self {
    case .seconds: "seconds since 1970"
    case .milliseconds: "milliseconds since 1970"
    case .microseconds: "microseconds since 1970"
    case .serialDays: "days as a workbook counts them"
    }
  }
}

extension ColumnEvidence.Nearly {
  fileprivate var words: String {
    let kind =
      switch type {
      case .integer, .decimal: "numbers"
      case .date, .datetime: "dates"
      case .boolean: "true or false"
      case .text: "text"
      }
    return "\(fits.counted("value")) \(fits == 1 ? "is" : "are") \(kind), "
      + "\(others.count) \(others.count == 1 ? "is" : "are") not, "
      + "the first is '\(others.first?.text ?? "")'"
  }
}

extension Int {
  fileprivate func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
