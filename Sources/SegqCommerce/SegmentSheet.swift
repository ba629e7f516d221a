import SegqLanguage

/// What the columns of a segments file mean.
public enum SegmentSheet {
  /// `Active`, `1`, `yes`; `is_active` is a number in the database.
  public static func isActive(_ status: String) -> Bool? {
    switch status.lowercased() {
    case "active", "1", "yes", "true", "enabled": true
    case "inactive", "0", "no", "false", "disabled": false
    default: nil
    }
  }

  /// `Main Website, Outlet` as shown in the grid.
  public static func websites(_ text: String) -> [String] {
    text.split(separator: ",").map { String($0).trimmingBlanks }.filter { !$0.isEmpty }
  }

  /// The label of `apply_to`, which is a number in the database.
  public static func applyTo(_ text: String) -> String {
    switch text {
    case "0": "Visitors and Registered Customers"
    case "1": "Registered Customers"
    case "2": "Visitors"
    default: text
    }
  }
}
