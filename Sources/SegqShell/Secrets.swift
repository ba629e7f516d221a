/// What the history must not keep: passwords in connection strings, keys in commands.
///
/// ```
/// load 'Driver=PostgreSQL;Server=db;PWD=hunter2'
/// !curl https://ann:hunter2@example.com/orders.csv
/// ```
enum Secrets {
  private static let names = [
    "password", "passwd", "pwd", "secret", "token", "api_key", "apikey", "access_key",
  ]

  /// Whether some text looks as if it held one.
  static func areIn(_ text: String) -> Bool {
    let text = text.lowercased()
    return hasAssignment(text.filter { $0 != " " }) || hasLogin(text)
  }

  /// `pwd=…`, `token: …`
  private static func hasAssignment(_ text: String) -> Bool {
    names.contains { name in
      text.ranges(of: name).contains { range in
        text[range.upperBound...].first == "=" || text[range.upperBound...].first == ":"
      }
    }
  }

  /// `https://name:password@host`
  private static func hasLogin(_ text: String) -> Bool {
    text.ranges(of: "://").contains { range in
      let host = text[range.upperBound...].prefix { !$0.isWhitespace && $0 != "/" && $0 != "'" }
      guard let at = host.lastIndex(of: "@") else { return false }
      return host[..<at].contains(":")
    }
  }
}
