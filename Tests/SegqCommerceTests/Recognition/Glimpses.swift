import SegqCommerce

/// A few rows as a file has them, for tests: the first line is the header.
///
///     glimpse("orders.csv", "id,total", "1,9.50")
func glimpse(_ file: String, _ header: String, _ rows: String...) -> FileGlimpse {
  let header = header.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  let cells = rows.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  let sample = header.indices.map { column in
    cells.map { row in
      row.indices.contains(column) && !row[column].isEmpty ? String(row[column]) : nil
    }
  }
  return FileGlimpse(file: file, header: header, sample: sample)
}
