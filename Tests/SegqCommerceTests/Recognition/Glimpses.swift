import SegqCommerce

/// A few rows as a file has them: the first line is the header, `;` separates the cells where the
/// header has one.
///
///     glimpse("orders.csv", "id,total", "1,9.50")
func glimpse(
  _ file: String, _ header: String, _ rows: String..., choice: FileGlimpse.Choice? = nil
) -> FileGlimpse {
  let delimiter: Character = header.contains(";") ? ";" : ","
  func cells(_ line: String) -> [String] {
    line.split(separator: delimiter, omittingEmptySubsequences: false).map(String.init)
  }
  let header = cells(header)
  let sample = header.indices.map { column in
    rows.map { row -> String? in
      let cells = cells(row)
      return cells.indices.contains(column) && !cells[column].isEmpty ? cells[column] : nil
    }
  }
  return FileGlimpse(file: file, header: header, sample: sample, choice: choice)
}

extension TableShape {
  /// The header of the column with a name: `CustomerID`; of computed ones `=total`.
  func header(of name: String) -> String? {
    column(named: name).map { columns[$0].header }
  }

  /// `customer → customers`, `email → customers by email`
  var linkWords: [String] {
    links.map { link in
      let name = columns[link.column].name
      switch link.key {
      case .id: return "\(name) → \(link.table)"
      case .column(let other): return "\(name) → \(link.table).\(other)"
      case .email(nil): return "\(name) → \(link.table) by email"
      case .email: return "\(name) → \(link.table) by email and website"
      }
    }
  }

  /// `id = 0 CustomerID`: which column of the file each known column is.
  func index(_ name: String) -> Int? { column(named: name) }
}

/// The tables that files give, `file: table`, in the order of the files.
func tables(_ files: FileGlimpse...) -> [String] { tables(files) }

func tables(_ files: [FileGlimpse], existing: [ExistingTable] = []) -> [String] {
  zip(files, Recognition.judge(files, existing: existing)).map { file, verdict in
    let parts = verdict.parts.map { " + \($0.shape.name)" }.joined()
    let role =
      switch verdict.role {
      case .table: verdict.shape.name
      case .moreRows: "more of \(verdict.shape.name)"
      case .moreColumns: "columns of \(verdict.shape.name)"
      case .segment(let name): "segment \(name)"
      case .leftOut: "left out"
      }
    return "\(file.file): \(role)\(parts)"
  }
}
