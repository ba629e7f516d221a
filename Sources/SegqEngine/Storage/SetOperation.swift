/// What is made of two sets, told by which rows it keeps.
enum SetOperation: CaseIterable {
  case union, intersection, difference, reverseDifference, symmetricDifference

  /// Whether it keeps what only the left set has.
  var keepsLeft: Bool {
    switch self {
    case .union, .difference, .symmetricDifference: true
    case .intersection, .reverseDifference: false
    }
  }

  var keepsRight: Bool {
    switch self {
    case .union, .reverseDifference, .symmetricDifference: true
    case .intersection, .difference: false
    }
  }

  var keepsBoth: Bool {
    switch self {
    case .union, .intersection: true
    case .difference, .reverseDifference, .symmetricDifference: false
    }
  }

  /// The same with the sides exchanged.
  var swapped: SetOperation {
    switch self {
    case .union, .intersection, .symmetricDifference: self
    case .difference: .reverseDifference
    case .reverseDifference: .difference
    }
  }

  /// Bit 1 for what only the left has, 2 for the right, 3 for both: a table to be shifted.
  var kept: Int {
    (keepsLeft ? 2 : 0) | (keepsRight ? 4 : 0) | (keepsBoth ? 8 : 0)
  }

  /// Whether it keeps a row that is in the left set, the right, both or none.
  func keeps(left: Bool, right: Bool) -> Bool {
    kept >> ((left ? 1 : 0) | (right ? 2 : 0)) & 1 != 0
  }
}
