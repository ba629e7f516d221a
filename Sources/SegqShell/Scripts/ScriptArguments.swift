import SegqSystem

/// What stands on the command line beside options.
public enum ScriptArguments {
  /// Whether a word is `name=value`, the value of a parameter, and not a file of that name.
  public static func isParameter(_ word: String) -> Bool {
    guard let sign = word.firstIndex(of: "="), let first = word.first else { return false }
    let name = word[..<sign]
    return (first.isLetter || first == "_") && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      && Files.kind(word) == nil
  }
}
