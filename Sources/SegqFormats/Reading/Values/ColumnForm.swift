import SegqRecords

/// How the values of a column are written, once all of them were looked at.
struct ColumnForm: Sendable, Hashable {
  var kind: ValueKind
  /// Of days and months as numbers; nil if no value tells and each is read in its usual way.
  var order: DateOrder?
  var mark = DecimalMark.point
  /// Every value, or nearly every, carries `%`.
  var isPercent = false
}

// What the odd values mean in it.
extension ColumnForm {
  /// The value of a number in the unit of the kind; nil if it does not fit.
  func value(_ number: NumberText) -> (value: Int64, isRounded: Bool)? {
    if kind == .integer { return number.whole(mark).map { ($0, false) } }
    guard let value = number.decimal(mark), number.isPercent == isPercent || value.units == 0 else {
      return nil
    }
    return (value.units, value.isRounded)
  }

  /// The value of a time: days, or seconds.
  func value(_ text: TimeText, in zone: TimeZone) -> Int64? {
    guard let time = text.time(order) else { return nil }
    return kind == .date ? time.day : time.instant(in: zone)
  }
}
