import SegqEngine
import SegqSystem

/// Looks at every byte of a workspace: `segq check-store shop.segdb`.
public struct WorkspaceCheck {
  /// What is wrong, in the order of the files.
  public private(set) var findings: [StoreError] = []
  public private(set) var fileCount = 0
  public private(set) var byteCount = 0
  /// Files that no state of the workspace names any more: a program was killed while it wrote them.
  public private(set) var abandonedCount = 0

  private let folder: WorkspaceFolder

  /// Throws where the catalog can't be read, so that nothing else is known.
  public init(_ path: String, isInterrupted: () -> Bool) throws(StoreError) {
    folder = WorkspaceFolder(path: path)
    guard folder.isWorkspace else { throw .notAWorkspace(path) }
    var image = try CatalogImage(reading: folder)
    try check(image, isInterrupted)
    // Who changes a workspace removes files that it no longer names: it is looked at as it is then.
    while !findings.isEmpty {
      let next = try CatalogImage(reading: folder)
      guard next.meta("changes") != image.meta("changes") else { return }
      image = next
      try check(image, isInterrupted)
    }
  }

  private mutating func check(
    _ image: CatalogImage, _ isInterrupted: () -> Bool
  ) throws(StoreError) {
    (findings, fileCount, byteCount) = ([], 0, 0)
    checkCatalog()
    for file in image.files {
      if isInterrupted() { throw .interrupted }
      check(file)
    }
    countAbandoned(image)
    guard findings.isEmpty else { return }
    do throws(StoreError) { try checkRows(image) } catch { findings.append(error) }
  }

  /// Its rows are right; this is about the pages and indexes that nobody read for them.
  private mutating func checkCatalog() {
    do throws(StoreError) {
      try Database.reading(folder) { (database) throws(StoreError) in
        try database.check(isThorough: true)
      }
    } catch { findings.append(error) }
  }

  /// Whether the files hold what the catalog says.
  private mutating func checkRows(_ image: CatalogImage) throws(StoreError) {
    var reader = StoreReader(image, in: folder)
    let tables = try reader.tables()
    for row in reader.segmentRows {
      do throws(StoreError) {
        let segment = try reader.segment(row, in: tables)
        if let members = segment.members, members.storedCount != members.count {
          let file = row[10].integer.map { folder.file(Int($0)) } ?? folder.catalog
          throw .otherMembers(file, segment: segment.id)
        }
        check(segment.growth)
      } catch { findings.append(error) }
    }
    guard let kept = folder.journal(in: image).kept as? WorkspaceChanges else { return }
    do throws(StoreError) { _ = try kept.read() } catch { findings.append(error) }
  }

  private mutating func check(_ file: CatalogImage.FileRow) {
    let path = folder.file(file.number)
    fileCount += 1
    byteCount += file.seal.length
    do throws(MappingError) {
      let mapped = try MappedFile(path, number: file.number, file.seal)
      Damage.forget()
      mapped.check()
      findings += Damage.found.map {
        .damagedFile(path, offset: $0.offset, holds: file.holds)
      }
      Damage.forget()
    } catch {
      findings.append(StoreError(error, path, holds: file.holds))
    }
  }

  /// Steps of growth are read when they are asked for, and here all of them.
  private mutating func check(_ growth: Growth) {
    guard let kept = growth.kept as? WorkspaceSteps else { return }
    do throws(StoreError) { _ = try kept.read() } catch { findings.append(error) }
  }

  private mutating func countAbandoned(_ image: CatalogImage) {
    let known = Set(image.files.map(\.number))
    abandonedCount = ((try? folder.dataFiles()) ?? []).count { file in
      file.number.map { !known.contains($0) } ?? true
    }
  }
}

extension StoreError {
  init(_ error: MappingError, _ path: String, holds: String) {
    self =
      switch error {
      case .system(let error): .file(path, error)
      case .incomplete: .incompleteFile(path, holds: holds)
      case .damaged: .damagedFile(path, offset: 0, holds: holds)
      case .wrongKind(let kind): .wrongKind(path, kind, expected: .file)
      case .noRoom: .file(path, SystemError(code: 12))  // ENOMEM
      }
  }
}
