import SegqRecords

// The end.
extension ColumnAssembly {
  /// Whether a count is done, and how the values are to be read can be decided.
  var isCounted: Bool { plan.isCensus && nextPlan == nil }

  /// What the count says of the order of day and month, where any value needs one.
  func orderEvidence(_ hints: FileHints) -> ColumnEvidence.Order? {
    isCounted ? census.decided(plan.wish, hints).1.order : plan.evidence?.order
  }

  /// How the column is to be read once more; nil where it is done.
  func planAfter(_ hints: FileHints) -> (plan: ColumnPlan, isNoTime: Bool)? {
    if let nextPlan { return (nextPlan, isNoTime) }
    if plan.isCensus { return (decidedPlan(hints), isNoTime) }
    if plan.wish == .any, kind == .placeholders { return (plan(as: .text), isNoTime) }
    guard keepsValues, isMostlyBad else { return nil }
    return (ColumnPlan(.text), true)
  }

  private func decidedPlan(_ hints: FileHints) -> ColumnPlan {
    var hints = hints
    hints.suggestsComma = suggestsComma
    let (form, evidence) = census.decided(plan.wish, hints)
    var next = plan(as: form?.kind ?? .text)
    (next.form, next.evidence) = (form, evidence)
    return next
  }

  private func plan(as kind: ValueKind) -> ColumnPlan {
    var next = plan
    (next.kind, next.isCensus, next.isSkipped) = (kind, false, false)
    return next
  }

  /// It was to hold dates, and most values are none.
  private var isMostlyBad: Bool {
    plan.wish == .time && !isNoTime && misfits.count * 2 > rowCount
  }

  /// The column; nil where nobody asked for it.
  consuming func finished() -> CSVDocument.Column? {
    guard !plan.isSkipped else { return nil }
    let type = type
    var column = CSVDocument.Column(
      vector: ColumnVector([], type: type), placeholders: placeholders, misfits: misfits,
      evidence: evidence(type), roundedCount: roundedCount,
      isNoTime: keepsValues ? isNoTime : isMostlyBad)
    guard keepsValues else { return column }
    if type == .text { settleTexts() } else { numbers.extend(to: rowCount) }
    let size = (rowCount + 63) >> 6
    nulls.append(contentsOf: repeatElement(0, count: max(0, size - nulls.count)))
    let storage: ColumnVector.Storage =
      type != .text ? .numbers(numbers) : isCoded ? .coded(codes, dictionary.texts) : .texts(texts)
    column.vector = ColumnVector(
      type: type, storage: storage, nulls: hasNulls ? Bitmap(words: nulls, count: rowCount) : nil)
    return column
  }

  private func evidence(_ type: DataType) -> ColumnEvidence {
    var evidence = plan.evidence ?? ColumnEvidence(type)
    (evidence.type, evidence.isKnown) = (type, plan.wish.isKnown && !isNoTime)
    return evidence
  }

  private var type: DataType {
    switch plan.wish {
    case .integer: .integer
    case .decimal, .number: .decimal
    case .boolean: .boolean
    case .id: kind == .text ? .text : .integer
    case .time, .timeOnly: kind.hasValues ? kind.type : rowCount == 0 ? .datetime : .date
    case .any, .text: kind.type
    }
  }

  /// A column of nothing but nulls has codes of an empty text; one of a few rows needs no dictionary.
  private mutating func settleTexts() {
    if isCoded, dictionary.count == 0 {
      _ = dictionary.code(of: [])
      codes.extend(to: rowCount)
    }
    if isCoded, rowCount < 8 { uncode() }
  }
}
