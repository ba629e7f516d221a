public import SegqEngine
import SegqLanguage

/// Why a rule can't be evaluated as things are.
public struct Obstacle: Sendable {
  public let reason: String
  /// What to type before it is refreshed; nil where nothing is known to help.
  public let mending: String?

  public init(_ reason: String, mending: String?) {
    (self.reason, self.mending) = (reason, mending)
  }
}

extension Planner {
  /// What stands in the way of a rule: it is not understood, or names a table or a column that is not
  /// there. Nil where nothing does.
  ///
  /// `names` is a catalog that is checking. Where it has no more than the header of a file, types are
  /// guessed, and only names are judged.
  public static func obstacle(to rule: String, _ names: any Catalog) -> Obstacle? {
    let source = SourceText(rule, name: "")
    do throws(Diagnostic) {
      let expression = try Parser.parseCondition(source)
      if let unknown = expression.placeholder {
        return Obstacle(
          "its rule has a condition that segq does not know: \(unknown)", mending: nil)
      }
      if let missing = missingTable(expression, names) {
        return Obstacle(
          "its rule needs \(missing), and these are not loaded", mending: "load '\(missing).csv'")
      }
      do throws(Diagnostic) { _ = try self.rule(expression, source, names) } catch {
        let known = [error] + error.others
        guard let reason = known.first(where: { $0.isSure(names) }) else { return nil }
        return Obstacle("its rule cannot be evaluated: \(reason.message)", mending: nil)
      }
      return nil
    } catch { return Obstacle("its rule is not understood: \(error.message)", mending: nil) }
  }

  /// What keeps a segment from being evaluated for its websites: `it covers Main, and customers have no
  /// column 'website'`. Nil where nothing does, or no customers are loaded.
  public static func scopeObstacle(to segment: Segment, _ customers: Table?) -> Obstacle? {
    guard let customers, !segment.isForVisitors,
      case .unknown(let reason) = WebsiteScope(segment.websites, of: customers)
    else { return nil }
    let names = segment.websites.map { "'\($0)'" }.joined(separator: ", ")
    return Obstacle(
      "it covers the \(segment.websites.count == 1 ? "website" : "websites") \(names), and \(reason)",
      mending: "load customers with their websites, or "
        + "alter segment \(segment.id) set website = all")
  }

  private static func missingTable(_ expression: Expression, _ names: any Catalog) -> String? {
    let known = Set(names.tableNames + ["segments"])
    let own = Set(names.columnNames(of: "customers"))
    return expression.namedTables.first { !known.contains($0) && !own.contains($0) }
  }
}

extension Diagnostic {
  /// Whether it says so whatever the types of columns turn out to be.
  fileprivate func isSure(_ names: any Catalog) -> Bool {
    !names.guessesTypes || code.hasPrefix("unknown-")
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
  var namedTables: [String] {
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
