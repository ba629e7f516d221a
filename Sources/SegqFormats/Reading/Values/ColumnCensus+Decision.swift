import SegqRecords

/// What is known of a file besides the values of a column.
struct FileHints: Sendable {
  /// The order that the user has set.
  var order: DateOrder?
  /// The order in which other columns of the file are written.
  var otherOrder: DateOrder?
  /// The fields are divided by `;`.
  var suggestsComma = false
}

// How a column is read, from all its values.
extension ColumnCensus {
  /// The form and the evidence for it; without a form it is text.
  func decided(_ wish: ColumnWish, _ hints: FileHints) -> (form: ColumnForm?, ColumnEvidence) {
    switch wish {
    case .text, .id: (nil, ColumnEvidence(.text))
    case .integer: numberForm(.integer, hints)
    case .decimal, .number: numberForm(.decimal, hints)
    case .time, .timeOnly: timeForm(hints)
    case .boolean: (ColumnForm(kind: .boolean), ColumnEvidence(.boolean))
    case .any: anyForm(hints)
    }
  }

  /// In a column of anything, all values must fit; what only may be a number must be shown to be one.
  private func anyForm(_ hints: FileHints) -> (ColumnForm?, ColumnEvidence) {
    var text = ColumnEvidence(.text)
    guard strange == 0 else { return (nil, text) }
    if numbers.count == count, zeroTimes == 0, count > 0 {
      let (form, evidence) = numberForm(nil, hints)
      if numbers.allFit(form, hints) { return (form, evidence) }
      let others = numbers.tooLarge.count > 0 ? numbers.tooLarge : numbers.percents
      text.nearly = nearly(.decimal, besides: others)
    } else if times.count == count {
      let (form, evidence) = timeForm(hints)
      let others = evidence.order?.contradictions ?? Tally()
      if others.count == 0 { return (form, evidence) }
      text.nearly = nearly(.date, besides: others)
    } else if booleans == count, zeroTimes == 0 {
      return (ColumnForm(kind: .boolean), ColumnEvidence(.boolean))
    }
    return (nil, text)
  }

  private func nearly(_ type: DataType, besides others: Tally) -> ColumnEvidence.Nearly? {
    guard others.count > 0, others.count < count else { return nil }
    return .init(type: type, fits: count - others.count, others: others)
  }

  private func numberForm(
    _ kind: ValueKind?, _ hints: FileHints
  ) -> (ColumnForm, ColumnEvidence) {
    let mark = numbers.mark(hints)
    var form = ColumnForm(kind: kind ?? .decimal, mark: mark?.mark ?? .point)
    if kind == nil, numbers.fits(form.mark).writtenWhole == numbers.count { form.kind = .integer }
    // Nearly all: one of twenty may lack it.
    form.isPercent =
      form.kind == .decimal && numbers.percents.count > 0
      && (numbers.count - numbers.zeros - numbers.percents.count) * 20 <= numbers.count
    var evidence = ColumnEvidence(form.kind.type)
    (evidence.mark, evidence.isPercent) = (mark, form.isPercent)
    (evidence.percents, evidence.currencies) = (numbers.percents, numbers.currencies)
    return (form, evidence)
  }

  private func timeForm(_ hints: FileHints) -> (ColumnForm, ColumnEvidence) {
    let order = times.order(hints)
    let clocks =
      times.clocks + (order?.order == .dayFirst ? times.dayFirstClocks : times.monthFirstClocks)
    let form = ColumnForm(kind: clocks > 0 ? .datetime : .date, order: order?.order)
    var evidence = ColumnEvidence(form.kind.type)
    evidence.order = order
    (evidence.counted, evidence.countedTimes) = (times.countedAs, times.counted)
    return (form, evidence)
  }
}

extension NumberCensus {
  /// The decimal mark; nil if no value has one, or a comma.
  fileprivate func mark(_ hints: FileHints) -> ColumnEvidence.Mark? {
    if onlyComma.count > onlyPoint.count { return .init(mark: .comma, basis: .values(onlyComma)) }
    if onlyPoint.count > 0 { return .init(mark: .point, basis: .values(onlyPoint)) }
    guard open.count > 0 else { return nil }
    return hints.suggestsComma
      ? .init(mark: .comma, basis: .delimiter) : .init(mark: .point, basis: .guess(open))
  }

  /// Whether all values of a column of anything fit the form, and are not phones or lists.
  fileprivate func allFit(_ form: ColumnForm, _ hints: FileHints) -> Bool {
    if weak > 0, strong == 0 { return false }
    if dotted > 0, strong == 0, open.count == 0 { return false }
    if form.mark == .comma, !hints.suggestsComma, lists > 0, proofs == 0 { return false }
    if form.kind == .integer { return true }
    guard percents.count + (form.isPercent ? zeros : 0) == (form.isPercent ? count : 0) else {
      return false
    }
    return fits(form.mark).decimals == count
  }
}

extension TimeCensus {
  /// The order of day and month, which most values that decide have; nil if none needs it.
  fileprivate func order(_ hints: FileHints) -> ColumnEvidence.Order? {
    guard onlyDayFirst.count + onlyMonthFirst.count + open.count > 0 else { return nil }
    var order = ColumnEvidence.Order(order: hints.otherOrder, basis: .guess(open))
    if let set = hints.order {
      (order.order, order.basis) = (set, .setting)
    } else if onlyDayFirst.count + onlyMonthFirst.count > 0 {
      let isDayFirst = onlyDayFirst.count >= onlyMonthFirst.count
      order.order = isDayFirst ? .dayFirst : .monthFirst
      order.basis = .values(isDayFirst ? onlyDayFirst : onlyMonthFirst)
    } else if hints.otherOrder != nil {
      order.basis = .otherColumns
    } else {
      order.order = openPoints == 0 ? .monthFirst : openPoints == open.count ? .dayFirst : nil
    }
    switch order.order {
    case .dayFirst: order.contradictions = onlyMonthFirst
    case .monthFirst: order.contradictions = onlyDayFirst
    case nil: break
    }
    return order
  }
}
