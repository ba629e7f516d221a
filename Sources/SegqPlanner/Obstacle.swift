import SegqEngine
import SegqLanguage

extension Planner {
  /// Why a rule can never run as things are: it is not understood, or names a table that is not
  /// loaded. Nil where nothing is in its way. No table is read for it.
  public static func obstacle(to rule: String, _ catalog: any Catalog) -> String? {
    do throws(Diagnostic) {
      let expression = try Parser.parseCondition(SourceText(rule, name: ""))
      if let unknown = expression.placeholder {
        return "its rule has a condition that segq does not know: \(unknown)"
      }
      let known = Set(catalog.tableNames + ["segments"])
      let own = Set(catalog.columnNames(of: "customers"))
      let missing = expression.namedTables.first { !known.contains($0) && !own.contains($0) }
      return missing.map { "its rule needs \($0), and these are not loaded" }
    } catch { return "its rule is not understood: \(error.message)" }
  }
}

extension Expression {
  /// The first condition in it that could not be said.
  fileprivate var placeholder: String? {
    if case .call(let call) = kind, let unknown = call.placeholder { return unknown }
    for part in parts { if let unknown = part.placeholder { return unknown } }
    return nil
  }

  /// The tables of which functions are taken, and those that the RFM scores are of.
  fileprivate var namedTables: [String] {
    var names = parts.flatMap(\.namedTables)
    if case .call(let call) = kind, call.aggregate != nil, let first = call.arguments.first {
      let path = first.path.map { $0.lowercased() }
      if path.count == 2 || path.count == 1 && [.count, .exists].contains(call.aggregate) {
        names.append(path[0])
      }
    }
    if path.count == 1, RFM.columnNames.contains(path[0].lowercased()) { names.append("orders") }
    return names
  }
}
