/// How texts sort: ignoring case, then by code point.
public enum TextOrder {
  public static func precedes(_ a: String, _ b: String) -> Bool {
    let (x, y) = (TextFolding.fold(a), TextFolding.fold(b))
    return x == y ? a.utf8.lexicographicallyPrecedes(b.utf8) : x.lexicographicallyPrecedes(y)
  }
}
