/// Zones as they stand behind a time: `UTC`, `GMT`, `CET`, `PST`. Only those that mean one offset.
enum ZoneNames {
  /// Seconds east of UTC.
  static func offset(_ word: ArraySlice<UInt8>) -> Int64? {
    guard word.count <= 4 else { return nil }
    return hours[String(decoding: word, as: UTF8.self).uppercased()].map { $0 * 3600 }
  }

  /// RFC 5322 §4.3, and those of Europe, Japan and Australia.
  private static let hours: [String: Int64] = [
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2,
    "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7,
    "MDT": -6, "PST": -8, "PDT": -7, "JST": 9, "AEST": 10, "AEDT": 11,
  ]
}
