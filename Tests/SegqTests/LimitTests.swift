import Foundation
import SegqTestSupport
import Testing

@Suite("Limits of the machine")
struct LimitTests {
  /// A few customers, and many of whom more memory is wanted.
  private static func withManyRows(_ body: (Folder) throws -> Void) throws {
    let rows = (1...800_000).map { "\($0),customer\($0)@example.com,\($0 % 977)" }
    try Folder.with(
      [
        "customers.csv": "id,email\n1,ann@example.com\n",
        "many.csv": "id,email,points\n" + rows.joined(separator: "\n") + "\n",
      ], body)
  }

  @Test("A load that needs more memory than it may is refused, and all is as before")
  func memory() throws {
    try Self.withManyRows { folder in
      let run = try Program.run(
        ["--no-header", "--on-error", "continue"],
        input: """
          load 'customers.csv'
          set memory_limit = 8MB
          load 'many.csv' as customers
          set memory_limit = off
          select count() from customers
          load 'many.csv' as customers
          select count() from customers

          """, in: folder.url)
      #expect(run.output == "1\n\n800000\n")
      #expect(
        run.errors.contains("<stdin>:3:6: error: there is not enough memory: segq had taken "))
      #expect(run.errors.contains("and memory_limit is 8MB\n"))
      #expect(run.errors.contains("help: ask for fewer rows or columns at a time"))
      #expect(run.errors.contains("set memory_limit = '16MB'") && run.code == 1)
      #expect(run.errors.components(separatedBy: "error:").count == 2)
    }
  }

  @Test("So is a question")
  func question() throws {
    try Self.withManyRows { folder in
      let run = try Program.run(
        ["--no-header", "--on-error", "continue"],
        input: """
          load 'many.csv' as customers
          set memory_limit = '20 MB'
          select email, sum(points), max(id) from customers group by email order by email limit 1
          set memory_limit = auto
          select count() from customers

          """, in: folder.url)
      #expect(run.output == "800000\n" && run.code == 1)
      #expect(
        run.errors.contains("<stdin>:3:1: error: there is not enough memory"), "\(run.errors)")
    }
  }

  @Test(
    "What `ulimit -v` allows is a limit too, and an allocation that fails is a word, not a trace")
  func addresses() throws {
    try Self.withManyRows { folder in
      for kilobytes in [60_000, 70_000, 85_000] {
        let line = "ulimit -v \(kilobytes); exec \"$SEGQ\" -c \"load 'many.csv' as customers\""
        let run = try Program.shell(line, in: folder.url)
        guard run.code != 0 || kilobytes == 60_000 else { continue }
        #expect(run.code == 1 && !run.errors.contains("Backtrac"), "\(run.errors)")
        #expect(
          run.errors.contains("'ulimit -v' allows") || run.errors.contains("segq: it can't go on"))
      }
    }
  }

  @Test(
    "Sizes as people write them",
    arguments: [
      ("2GB", "2GB"), ("'2 GB'", "2GB"), ("2gb", "2GB"), ("'1.5 GiB'", "1.61GB"),
      ("512M", "536.87MB"),
      ("'1.05GB'", "1.05GB"), ("2_000_000_000", "2GB"), ("1234567", "1.23MB"), ("off", "off"),
      ("AUTO", "auto"), ("0", nil), ("'-1GB'", nil), ("lots", nil), ("1KB", nil), ("2XB", nil),
      ("'1.2.3GB'", nil), ("'99999999999GB'", nil), ("'GB'", nil), ("''", nil),
    ] as [(String, String?)])
  func sizes(text: String, size: String?) throws {
    let run = try Program.run([
      "--no-header", "-c", "set memory_limit = \(text)", "-c", "set memory_limit",
    ])
    if let size {
      #expect(run.code == 0 && run.output.hasPrefix("memory_limit,\(size),"), "\(run.errors)")
    } else {
      #expect(run.code != 0 && run.errors.contains("a size such as 2GB, auto or off"))
    }
  }

  @Test("A file that may not grow any more is told as a full disk is, and no part of it stays")
  func fileSize() throws {
    try Self.withManyRows { folder in
      for statement in [
        "select * from customers to 'out.csv'", "select * from customers to 'old.csv'",
        "select id from customers to 'old.csv' append", "save 'new.segdb'",
      ] {
        let line = """
          printf 'ID\\n' > old.csv; ulimit -f 100
          "$SEGQ" many.csv -c "$1" > /dev/null; code=$?; cat old.csv; ls -A; exit $code
          """
        let run = try Program.shell(line, [statement], in: folder.url)
        #expect(run.output == "ID\ncustomers.csv\nmany.csv\nold.csv\n", "\(run.output)")
        // SQLite has its own words for it.
        let words = statement.hasPrefix("save") ? "new.segdb/catalog.sqlite: " : "File too large"
        #expect(run.code == 1 && run.errors.contains(words), "\(run.errors)")
      }
    }
  }

  @Test("Used up time, and an allocation that failed, end with a word and with 1")
  func lastWord() throws {
    try Folder.with(["old.csv": "id\n"]) { folder in
      for (signal, words) in [("XCPU", "processor time"), ("ABRT", "it can't go on")] {
        let line = """
          "$SEGQ" "$1" -o old.csv -c 'select * from customers' -c '!kill -'$2' $PPID; sleep 5' &
          wait $!; code=$?; cat old.csv; ls -A; exit $code
          """
        let run = try Program.shell(line, [Program.demo, signal], in: folder.url)
        #expect(run.output == "id\nold.csv\n" && run.code == 1)
        #expect(run.errors.hasPrefix("segq: ") && run.errors.contains(words), "\(run.errors)")
        #expect(run.errors.contains("as they are before this") == false)
        #expect(run.errors.contains("are as they were before this statement"))
      }
    }
  }

  @Test("The time that a shell allows ends with the word, not with the system's kill")
  func processorTime() throws {
    let line = """
      ulimit -t 2; exec "$SEGQ" "$1" -c 'for n in (1, 2, 3, 4, 5, 6, 7, 8, 9) {
        for m in (1, 2, 3, 4, 5, 6, 7, 8, 9) { for o in (1, 2, 3, 4, 5, 6, 7, 8, 9) {
          for p in (1, 2, 3, 4, 5, 6, 7, 8, 9) { select email from customers order by email to "/dev/null" }
        } }
      }'
      """
    let run = try Program.shell(line, [Program.demo])
    #expect(run.code == 1 && run.errors.contains("processor time"), "\(run.errors)")
  }
}
