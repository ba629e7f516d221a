import SegqEngine
import SegqLanguage
import SegqSystem

// Leaving the prompt while definitions are in memory only.
extension Session {
  /// `quit`, `\q`, Ctrl-D. Where segments would be lost that is said once, and who leaves again leaves.
  ///
  /// Segments that were created, altered or dropped count. Members that `refresh` found do not: their
  /// rule finds them again. In a workspace every change is on the disk already.
  func leave() {
    let unsaved = unsavedSegments
    guard isInteractive, depth <= 1, openFiles.isEmpty, !unsaved.isEmpty, unsaved != warnedOfLosing
    else {
      isQuitting = true
      return
    }
    warnedOfLosing = unsaved
    tell(Self.warning(unsaved.count, freeName: suggestedWorkspace))
  }

  /// How often each segment was created, altered or dropped since the store was opened, less what was
  /// undone, by id.
  private var unsavedSegments: [Int: Int] {
    guard workspace == nil else { return [:] }
    return catalog.store.journal.added.flatMap(\.segments).reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  /// `1 segment is not saved: save 'shop.segdb', or quit again`
  private static func warning(_ count: Int, freeName: String) -> String {
    "\(Self.count(count, "segment")) \(count == 1 ? "is" : "are") not saved: "
      + "save '\(freeName)', or quit again\n"
  }

  /// A name that no file has: `save` takes the place of a workspace.
  var suggestedWorkspace: String {
    let names = ["shop.segdb"] + (2...99).lazy.map { "shop-\($0).segdb" }
    return names.first { Files.kind($0) == nil } ?? "shop.segdb"
  }
}
