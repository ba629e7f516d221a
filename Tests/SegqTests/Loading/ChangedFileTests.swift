import Foundation
import SegqTestSupport
import Testing

@Suite("Files that change while they are read")
struct ChangedFileTests {
  static let changes = [
    "printf X | dd of=$f bs=1 seek=10 conv=notrunc status=none", "echo 9,z@example.com >> $f",
    "truncate -s 20 $f", ": > $f", "cp $f other; mv other $f", "rm $f; printf 'id,email\\n' > $f",
  ]

  /// A load stops in its middle, where the file changes, by a pipe among the files that nobody feeds yet.
  @Test("is refused, and what was there stays", arguments: changes)
  func whileReading(change: String) throws {
    try Folder.with([
      "old.csv": "id,email\n7,old@example.com\n",
      "shop/customers.csv": "id,email\n1,ann@example.com\n2,bo@example.com\n",
    ]) { folder in
      let line = """
        f=shop/customers.csv
        mkfifo shop/late.csv
        (until ls -l /proc/$(cat pid)/fd 2> /dev/null | grep -q $f; do sleep 0.02; done
          \(change); printf 'id,word\\n1,a\\n' > shop/late.csv) &
        printf "load 'old.csv' as customers\\nload 'shop'\\nselect count() from customers\\n" > script.segq
        (echo $BASHPID > pid; exec "$SEGQ" --no-header --on-error continue script.segq)
        """
      let run = try Program.shell(line, in: folder.url)
      #expect(run.output == "1\n" && run.code == 1, "\(run.errors)")
      #expect(
        run.errors.contains(": error: shop/customers.csv changed while it was read\n"),
        "\(run.errors)")
      #expect(run.errors.components(separatedBy: "error:").count == 2)
      #expect(run.errors.contains("help: load it again"))
    }
  }

  @Test(
    "A table that is read later must be what it was when the store was opened", arguments: changes)
  func whileWaiting(change: String) throws {
    try Folder.with([
      "shop/customers.csv": "id,email\n1,ann@example.com\n",
      "shop/orders.csv": "id,customer_id,total\n1,1,10\n2,1,20\n3,1,30\n",
    ]) { folder in
      let run = try Program.run(
        ["--no-header", "--on-error", "continue", "shop"],
        input: """
          select count() from customers
          !f=shop/orders.csv; \(change)
          select count() from orders
          select count() from customers

          """, in: folder.url)
      #expect(run.output == "1\n\n1\n" && run.code == 1, "\(run.errors)")
      #expect(
        run.errors.hasPrefix("<stdin>:3:1: error: shop/orders.csv changed since it was opened\n"),
        "\(run.errors)")
      #expect(
        run.errors.contains("help: load 'shop/orders.csv' reads it as it is now, open 'shop'"))
    }
  }

  @Test("Loading it again, or opening the folder again, is the way out")
  func again() throws {
    try Folder.with([
      "shop/customers.csv": "id,email\n1,ann@example.com\n",
      "shop/orders.csv": "id,customer_id,total\n1,1,10\n",
    ]) { folder in
      for wayOut in ["load 'shop/orders.csv'", "open 'shop'"] {
        let run = try Program.run(
          ["--no-header", "--on-error", "continue", "shop"],
          input: """
            !echo 2,1,20 >> shop/orders.csv
            select count() from orders
            \(wayOut)
            select sum(total) > 10 from orders

            """, in: folder.url)
        #expect(run.output == "true\n" && run.code == 1, "\(run.errors)")
      }
    }
  }

  @Test("A file that is touched by nobody, removed or only read is as it was")
  func untouched() throws {
    try Folder.with([
      "shop/customers.csv": "id,email\n1,ann@example.com\n",
      "shop/orders.csv": "id,customer_id,total\n1,1,10\n",
    ]) { folder in
      for deed in [
        "cat shop/orders.csv > /dev/null", "chmod 600 shop/orders.csv", "rm shop/orders.csv",
      ] {
        let run = try Program.run(
          ["--no-header", "shop"], input: "!\(deed)\nselect count() from orders\n", in: folder.url)
        #expect(run.output == "1\n" && run.code == 0, "\(run.errors)")
      }
    }
  }
}
