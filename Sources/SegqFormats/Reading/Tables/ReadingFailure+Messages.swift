import SegqBytes

extension ReadingFailure {
  /// `shop/orders.csv.gz: the gzip data is cut short`, one sentence for the user.
  public func message(_ path: String, header: [String] = []) -> String {
    switch self {
    case .interrupted: "interrupted"
    case .changed, .source(.changed): "\(path) changed while it was read"
    case .source(let failure): "\(path): \(failure.message)"
    case .malformed(let malformed): malformed.message(path)
    case .foreign(let kind): "\(path) is \(kind.rawValue)"
    case .empty: "\(path) is empty"
    case .noTable(let reason, _): "\(path) has no table: \(reason)"
    case .textTooLarge(let column):
      "\(path): '\(header.indices.contains(column) ? header[column] : "a column")' has more than "
        + "4 GiB of text"
    case .recordTooLarge(let line): "\(path):\(line): a record of more than 2 GiB"
    case .tooManyRows: "\(path): more than 2,147,483,647 rows"
    }
  }

  /// The way out, where there is one.
  public var help: String? {
    switch self {
    case .interrupted, .textTooLarge, .tooManyRows: nil
    case .source(let failure): failure.help
    case .malformed(let malformed): malformed.help
    case .foreign(let kind): kind.help
    case .empty: "the first line names the columns: ID,Name,Email,…"
    case .noTable(_, let help): help
    case .recordTooLarge: "check the quotes: one may be open"
    case .changed: SourceFailure.changed.help
    }
  }
}

extension ReadingFailure.Malformed {
  fileprivate func message(_ path: String) -> String {
    let file = part.map { "\(path) (\($0))" } ?? path
    return "\(file):\(line):\(column): \(reason)"
  }

  fileprivate var help: String {
    "no row of it was loaded; save or export the file again, or take out what is at this column"
  }
}
