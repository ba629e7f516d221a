import CMapping

/// What was come upon in column files that is not what was written.
public struct Damage: Sendable, Hashable {
  let file: Int
  /// Of the first byte of the damaged piece.
  let offset: UInt64

  /// All since ``forget()``, in the order in which it was found.
  static var found: [Damage] {
    (0..<segq_damage_count()).map { place in
      let damage = segq_damage_at(place)
      return Damage(file: Int(damage.number), offset: damage.offset)
    }
  }

  /// Whether something was computed of what was damaged.
  public static var isFound: Bool { segq_damage_count() > 0 }

  static func forget() { segq_forget_damage() }
}
