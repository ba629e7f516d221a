import Foundation
import Glibc
import SegqEngine
import SegqRecords
import Testing

@testable import SegqStore

extension StoreTests {
  @Suite("What is no file") struct FileKindTests {
    private static let names = [
      "lock", "catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-shm",
      "catalog.sqlite-journal",
      "data/00002.seg",
    ]

    private func make(_ kind: FileKind, _ path: String) throws {
      try? FileManager.default.removeItem(atPath: path)
      switch kind {
      case .pipe: try #require(unsafe mkfifo(path, 0o600) == 0)
      case .folder: try #require(unsafe mkdir(path, 0o700) == 0)
      case .device: try #require(unsafe symlink("/dev/zero", path) == 0)
      case .link: try #require(unsafe symlink("/etc/hostname", path) == 0)
      case .file: try Data().write(to: URL(filePath: path))
      case .socket: try #require(unsafe mknod(path, S_IFSOCK | 0o600, 0) == 0)
      }
    }

    @Test(
      "It is told at once, and neither waited for nor written to", arguments: Self.names,
      [FileKind.pipe, .folder, .device, .socket])
    func kinds(name: String, kind: FileKind) throws {
      try withFolder { folder in
        let path = folder + "/shop.segdb"
        try Workspace.save(.small(10), settings: [:], as: path).endWriting()
        let reader = try Workspace(opening: path)
        try make(kind, path + "/" + name)
        let isKind = { (error: any Error) in
          guard
            case .wrongKind(path + "/" + name, let found, expected: .file)? = error as? StoreError
          else { return false }
          // What a link leads to is not looked at where it would be written over.
          return found == kind || found == .link
        }
        #expect(performing: { try Workspace(opening: path) }, throws: isKind)
        #expect(
          performing: { try Workspace.save(.small(10), settings: [:], as: path) }, throws: isKind)
        if name.hasPrefix("data/") {
          #expect(try WorkspaceCheck(path) { false }.findings.allSatisfy(isKind))
        } else {
          #expect(performing: { try WorkspaceCheck(path) { false } }, throws: isKind)
          #expect(performing: { try reader.beginWriting() }, throws: isKind)
        }
      }
    }

    @Test("A file in the place of the folder 'data' is told", arguments: [FileKind.file, .pipe])
    func data(kind: FileKind) throws {
      try withFolder { folder in
        let path = folder + "/shop.segdb"
        try Workspace.save(.small(10), settings: [:], as: path).endWriting()
        try make(kind, path + "/data")
        #expect(throws: StoreError.wrongKind(path + "/data", kind, expected: .folder)) {
          try Workspace(opening: path)
        }
      }
    }

    @Test("A lock that is a link leads nowhere")
    func link() throws {
      try withFolder { folder in
        let (path, precious) = (folder + "/shop.segdb", folder + "/precious")
        try Workspace.save(.small(10), settings: [:], as: path).endWriting()
        let reader = try Workspace(opening: path)
        try Data("precious".utf8).write(to: URL(filePath: precious))
        try FileManager.default.removeItem(atPath: path + "/lock")
        try #require(unsafe symlink(precious, path + "/lock") == 0)
        #expect(throws: StoreError.wrongKind(path + "/lock", .link, expected: .file)) {
          try reader.beginWriting()
        }
        #expect(try Data(contentsOf: URL(filePath: precious)) == Data("precious".utf8))
      }
    }
  }

  @Suite("Many files") struct ManyFilesTests {
    @Test("More than 4,096 are mapped at a time, and each is read")
    func mapping() throws {
      try withFolder { folder in
        let path = folder + "/3.seg"
        let column = StoredColumn(.texts((0..<40).map { "text \($0)" }))
        let seal = try ColumnFileWriter.write(column.pieces, number: 3, to: path) { _ in true }
        let files = try (0..<5_000).map { _ in try MappedFile(path, number: 3, seal) }
        for file in files {
          let read = try #require(StoredColumn(file.pieces(), type: .text, rowCount: 40))
          #expect(read[39] == .text("text 39"))
        }
      }
    }

    @Test("Of more than the system maps nothing is written, and the number is told")
    func room() throws {
      let folder = WorkspaceFolder(path: "shop.segdb")
      try folder.checkRoom(for: 5_000)
      let error = #expect(throws: StoreError.self) { try folder.checkRoom(for: 1_000_000) }
      #expect(error?.message.hasPrefix("shop.segdb needs 1000000 column files") == true)
    }
  }
}
