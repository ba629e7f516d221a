import Foundation
import SegqTestSupport
import Testing

/// Beside the working folder `in` lies `out`, of which nothing may be read or written.
@Suite("--safe")
struct SafeTests {
  private static let customers = "id,email\n1,ann@example.com\n"

  private static func makeFolders() throws -> URL {
    let folder = try Program.makeFolder()
    let line = """
      mkdir -p in/sub out/home/.config out/shop.segdb/data
      printf 'id,email\\n1,ann@example.com\\n' | tee in/customers.csv out/customers.csv > /dev/null
      printf "echo 'was read'\\n" | tee in/sub/s.segq > out/secret.segq
      cd in
      ln -s ../out leading; ln -s ../out/customers.csv outer.csv; ln -s customers.csv inner.csv
      ln -s "$PWD/sub" whole; ln -s ../out/new.csv new.csv; ln -s loop loop
      ln -s /proc/self/cwd/../out magic
      """
    #expect(try Program.shell(line, in: folder).errors == "")
    return folder
  }

  /// What lies there, with how large it is and where it leads.
  private static func contents(_ folder: URL) throws -> String {
    try Program.shell("find . -printf '%P %s %l\\n' | sort; cat customers.csv", in: folder).output
  }

  private static func run(_ statement: String, _ folder: URL) throws -> Program.Run {
    let outside = folder.appending(path: "out")
    let home = outside.appending(path: "home").path
    return try Program.run(
      ["--safe", "-c", statement], in: folder.appending(path: "in"),
      environment: [
        "HOME": home, "XDG_STATE_HOME": home, "XDG_DATA_HOME": home, "TMPDIR": outside.path,
        "PAGER": "touch \(home)/pager", "EDITOR": "touch \(home)/editor", "VISUAL": "",
        "OUT": outside.path,
      ])
  }

  @Test(
    "What a statement names outside the working folder is neither read nor written",
    arguments: [
      "load '../out/customers.csv'", "load '../out'", "load 'leading/customers.csv'",
      "load 'leading'", "load 'outer.csv' as customers", "load './/leading//customers.csv'",
      "load 'sub/../../out/customers.csv'", "load 'whole/../../out/customers.csv'",
      "load '~/../customers.csv'", "load '/etc/passwd' as customers",
      "load '/proc/self/cwd/../out/customers.csv'", "load 'magic/customers.csv'",
      "load '/dev/stdin' as customers", "load '/dev/fd/0' as customers",
      "load '/proc/self/fd/0' as customers", "load 'customers.csv' \nload '../out' append",
      "open '../out'", "open '../out/shop.segdb'", "open 'leading/shop.segdb'",
      "source '../out/secret.segq'", "source 'leading/secret.segq'", "source '/etc/hostname'",
      "select 1 to '../out/a.csv'", "select 1 to '../out/customers.csv' append",
      "select 1 to 'leading/a.csv'", "select 1 to 'outer.csv'", "select 1 to 'outer.csv' append",
      "select 1 to 'new.csv'", "select 1 to 'magic/a.csv'", "select 1 to '/dev/null'",
      "select 1 to '/dev/stdout'", "select 1 to '/dev/fd/1'", "select 1 to '~/a.csv'",
      "save '../out/new.segdb'", "save 'leading/new.segdb'", "save '../out/shop.segdb'",
      "echo 1 \nsave session as '../out/s.segq'", "echo 1 \nsave session as 'new.csv'",
      "!touch ../out/a", "select 1 | touch ../out/a", "edit", "edit '../out/customers.csv'",
      "select 1 to 'sub/../../out/a.csv'",
    ])
  func outside(statement: String) throws {
    let folder = try Self.makeFolders()
    defer { Program.remove(folder) }
    let before = try Self.contents(folder.appending(path: "out"))
    let run = try Self.run(statement, folder)
    #expect(run.code == 1 && run.errors.contains("error: with --safe"), "\(run.errors)")
    #expect(!run.output.contains("was read"))
    #expect(try Self.contents(folder.appending(path: "out")) == before)
  }

  @Test(
    "What lies in it is, by any path that stays in it",
    arguments: [
      "load 'customers.csv'", "load './customers.csv'", "load 'sub/../customers.csv'",
      "load 'inner.csv' as customers", "load '../in/customers.csv'",
      "load 'sub//..//customers.csv'",
      "load '/proc/self/cwd/customers.csv'", "select 1 to 'whole/a.csv'", "select 1 to 'sub/a.csv'",
      "select 1 to 'inner.csv'", "select 1 to 'a.csv' append", "select 1 to '-'",
      "save 'w.segdb' \nopen 'w.segdb' \nopen 'sub/../w.segdb'", "set timezone = 'Europe/Paris'",
      "echo 1 \nsave session as 'sub/t.segq' \nsource 'sub/s.segq'",
    ])
  func inside(statement: String) throws {
    let folder = try Self.makeFolders()
    defer { Program.remove(folder) }
    let before = try Self.contents(folder.appending(path: "out"))
    let run = try Self.run(statement, folder)
    #expect(run.code == 0 && run.errors.contains("error") == false, "\(run.errors)")
    #expect(try Self.contents(folder.appending(path: "out")) == before)
  }

  @Test("A link among the files of a folder, or of a workspace, leads nowhere")
  func planted() throws {
    let folder = try Self.makeFolders()
    defer { Program.remove(folder) }
    let before = try Self.contents(folder.appending(path: "out"))
    let made = try Self.run("load 'customers.csv' \nsave 'w.segdb'", folder)
    #expect(made.code == 0)
    for link in [
      "lock", "catalog.sqlite-wal", "catalog.sqlite-shm", "data/00001.seg", "data/9.seg",
    ] {
      let line =
        "rm -rf e.segdb; cp -r w.segdb e.segdb; ln -sf $PWD/../out/customers.csv e.segdb/\(link)"
      _ = try Program.shell(line, in: folder.appending(path: "in"))
      let run = try Self.run("open 'e.segdb' \ncreate segment 'A' as email like '%'", folder)
      #expect(run.code == 1 && run.errors.contains("with --safe"), "\(link): \(run.errors)")
    }
    _ = try Program.shell(
      "mkdir f; ln -s ../../out/customers.csv f", in: folder.appending(path: "in"))
    let run = try Self.run("load 'f'", folder)
    #expect(run.code == 1 && run.errors.contains("with --safe"), "\(run.errors)")
    #expect(try Self.contents(folder.appending(path: "out")) == before)
  }

  @Test(
    "The store and the script of the command line are read wherever they are, and stay as they are")
  func given() throws {
    let folder = try Self.makeFolders()
    defer { Program.remove(folder) }
    let place = folder.appending(path: "in")
    _ = try Program.shell(
      "rm -r ../out/shop.segdb; \"$SEGQ\" ../out -c \"save '../out/w.segdb'\"; rm -rf out2",
      in: place)
    let before = try Self.contents(folder.appending(path: "out"))
    let store = try Program.run(
      ["--safe", "../out/w.segdb", "-c", "select count() from customers"], in: place)
    #expect(store.code == 0 && store.output.hasSuffix("1\n"), "\(store.errors)")
    let changed = try Program.run(
      ["--safe", "../out/w.segdb", "-c", "create segment 'A' as email like '%'"], in: place)
    #expect(changed.code == 1 && changed.errors.contains("nothing is written outside"))
    let file = try Program.run(
      ["--safe", "../out/customers.csv", "-c", "select count() from customers"], in: place)
    #expect(file.code == 0 && file.output.hasSuffix("1\n"), "\(file.errors)")
    let script = try Program.run(["--safe", "../out/secret.segq"], in: place)
    #expect(script.code == 0 && script.output == "was read\n", "\(script.errors)")
    let output = try Program.run(["--safe", "-o", "../out/a.csv", "-c", "select 1"], in: place)
    #expect(output.code == 1 && output.errors.contains("with --safe"), "\(output.errors)")
    #expect(try Self.contents(folder.appending(path: "out")) == before)
  }

  @Test("A file whose name is no UTF-8 is read among others, by its name, and written")
  func bytes() throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let line = """
      mkdir shop; printf 'id,email\\n1,ann@example.com\\n' > shop/customers.csv
      old=$(printf 'shop/Gr\\366\\337e.csv'); cp shop/customers.csv "$old"
      "$SEGQ" --no-header shop -c 'select count() from customers'
      "$SEGQ" --no-header "$old" -c "load '$old' as customers" -c 'select count() from customers'
      "$SEGQ" --safe -c "select 1 as n to '$old'"; cat "$old"; ls | wc -l; ls shop | wc -l
      """
    let run = try Program.shell(line, in: folder)
    #expect(run.output == "1\n1\nn\n1\n1\n2\n", "\(run.output)\(run.errors)")
    #expect(!run.errors.contains("error"))
  }

  @Test("A folder that becomes a link while a file is written leads nowhere")
  func swapped() throws {
    let folder = try Self.makeFolders()
    defer { Program.remove(folder) }
    let line = """
      mkdir d; ln -s ../out e
      while [ ! -e done ]; do mv -T d f; mv -T e d; mv -T d e; mv -T f d; done &
      "$SEGQ" --safe --on-error continue -c \
        "for n in ($(seq -s, 400)) { select 1 to 'd/a.csv'; load 'd/customers.csv' }" 2> errors
      touch done; wait
      """
    _ = try Program.shell(line, in: folder.appending(path: "in"))
    let names = try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "out").path)
    #expect(names.sorted() == ["customers.csv", "home", "secret.segq", "shop.segdb"])
    // What it read was never that of the other folder.
    let errors = try String(
      contentsOf: folder.appending(path: "in/errors"), encoding: .utf8)
    #expect(!errors.contains("customers: 1 row"))
  }

  @Test(
    "A path with a zero byte is refused everywhere, with --safe and without",
    arguments: [
      "load \"customers.csv\\u{0}.gz\"", "open \"customers.csv\\u{0}\"",
      "source \"../out/secret.segq\\u{0}/../x.segq\"", "save \"w.segdb\\u{0}x\"",
      "select 1 to \"../out/nul.csv\\u{0}/../../in/x.csv\"", "select 1 to \"a.csv\\u{0}\" append",
      "echo 1 \nsave session as \"s.segq\\u{0}\"", "set timezone = \"UTC\\u{0}\"",
    ])
  func zeroByte(statement: String) throws {
    let folder = try Self.makeFolders()
    defer { Program.remove(folder) }
    let before = try Self.contents(folder)
    for options in [[], ["--safe"]] {
      let run = try Program.run(
        options + ["-c", statement], in: folder.appending(path: "in"))
      #expect(run.code != 0 && run.errors.contains("error: "), "\(run.errors)")
      #expect(!run.output.contains("was read"))
    }
    #expect(try Self.contents(folder) == before)
  }
}
