import Foundation
import SegqTestSupport
import Testing

/// The same questions asked of segq and of SQLite, on the same files.
@Suite("Answers equal SQLite's")
struct SQLiteTests {
  static let pairs: [(segq: String, sql: String)] = [
    ("select count() from customers", "select count(*) from customers"),
    ("select count() from orders", "select count(*) from orders"),
    ("select count() from items", "select count(*) from items"),
    (
      "select id, name from customers where country = France",
      "select id, name from customers where country = 'France' order by id"
    ),
    (
      "select id from customers where zip starts with 0",
      "select id from customers where zip like '0%' order by id"
    ),
    (
      "select id from customers where phone is null and not group = General",
      "select id from customers where phone is null and \"group\" <> 'General' order by id"
    ),
    (
      "select id from customers where state != 'MA'",
      "select id from customers where state <> 'MA' order by id"
    ),
    (
      "select id from customers where not (state = 'MA' or zip is null)",
      "select id from customers where not (state = 'MA' or zip is null) order by id"
    ),
    (
      "select id from customers where country in (Germany, Austria, Japan) and id > 500",
      "select id from customers where country in ('Germany','Austria','Japan') and id > 500 order by id"
    ),
    (
      "select id from customers where name like '%an%' and email not like '%gmail%'",
      "select id from customers where name like '%an%' and email not like '%gmail%' order by id"
    ),
    (
      "select id from customers where email ends with '@gmail.com'",
      "select id from customers where email like '%@gmail.com' order by id"
    ),
    (
      "select id from customers where since = 2024-02",
      "select id from customers where since >= '2024-02-01' and since < '2024-03-01' order by id"
    ),
    (
      "select id from customers where since > 2024",
      "select id from customers where since >= '2025-01-01' order by id"
    ),
    (
      "select id from customers where since between 2023-05 and 2023-07-15",
      "select id from customers where since >= '2023-05-01' and since < '2023-07-16' order by id"
    ),
    (
      "select country, count() from customers group by country",
      "select country, count(*) from customers group by country order by country is null, country"
    ),
    (
      "select country, state, count() as n from customers group by country, state having n > 5",
      """
      select country, state, count(*) n from customers group by country, state having n > 5
      order by country is null, country collate nocase, state is null, state collate nocase
      """
    ),
    (
      "select status, count(), sum(total), min(total), max(total) from orders group by status",
      """
      select status, count(*), sum(cents) / 100.0, min(cents) / 100.0, max(cents) / 100.0
      from orders group by status order by status
      """
    ),
    (
      "select trunc(date, month) as m, count(), sum(total) from orders group by m",
      """
      select substr(date, 1, 7) || '-01', count(*), sum(cents) / 100.0 from orders
      group by 1 order by 1
      """
    ),
    (
      "select year(date), quarter(date), weekday(date), hour(date), id from orders limit 200",
      """
      select cast(substr(date, 1, 4) as int), (cast(substr(date, 6, 2) as int) + 2) / 3,
        case strftime('%w', date) when '0' then 7 else cast(strftime('%w', date) as int) end,
        cast(substr(date, 12, 2) as int), id from orders order by id limit 200
      """
    ),
    (
      "select id, count(orders), sum(orders.total) from customers",
      """
      select id, (select count(*) from orders where customer = customers.id),
        (select coalesce(sum(cents), 0) / 100.0 from orders where customer = customers.id)
      from customers order by id
      """
    ),
    (
      "select id, max(orders.date), min(orders.total) from customers",
      """
      select id, (select max(date) from orders where customer = customers.id),
        (select min(cents) / 100.0 from orders where customer = customers.id)
      from customers order by id
      """
    ),
    (
      "select id from customers where count(orders where status = complete and total > 100) >= 2",
      """
      select id from customers where (select count(*) from orders where customer = customers.id
        and status = 'complete' and cents > 10000) >= 2 order by id
      """
    ),
    (
      "select id from customers where exists(orders where exists(items where sku starts with 'OUT-'))",
      """
      select id from customers where exists(select 1 from orders where customer = customers.id and
        exists(select 1 from items where "order" = orders.id and sku like 'OUT-%')) order by id
      """
    ),
    (
      "select id, sum(items.quantity), count(distinct items.sku) from customers",
      """
      select c.id, coalesce(sum(i.quantity), 0), count(distinct i.sku) from customers c
      left join orders o on o.customer = c.id left join items i on i."order" = o.id
      group by c.id order by c.id
      """
    ),
    (
      "select country, sum(orders.total), count(orders where status = canceled) from customers group by country",
      """
      select country, coalesce(sum(cents), 0) / 100.0, count(case when status = 'canceled' then 1 end)
      from customers left join orders on customer = customers.id
      group by country order by country is null, country
      """
    ),
    (
      "select id, customers.name from orders where customers.country = Japan",
      """
      select orders.id, name from orders join customers on customer = customers.id
      where country = 'Japan' order by orders.id
      """
    ),
    (
      "select id from orders where customer is null",
      "select id from orders where customer is null order by id"
    ),
    (
      "select id, total from orders order by total desc, id limit 25 offset 10",
      "select id, cents / 100.0 from orders order by cents desc, id limit 25 offset 10"
    ),
    (
      "select id, country from customers order by country desc, id limit 300",
      "select id, country from customers order by country is null, country desc, id limit 300"
    ),
    (
      "select distinct country, website from customers",
      """
      select distinct country, website from customers
      order by country is null, country, website is null, website collate nocase
      """
    ),
    (
      "select count(phone), count(distinct country), count() from customers",
      "select count(phone), count(distinct country), count(*) from customers"
    ),
    ("select id from 1 & 2", set("1", "intersect", "2")),
    ("select id from 1 + 5", set("1", "union", "5")),
    ("select id from 9 - 2", set("9", "except", "2")),
    (
      "select id from 1 + 5 & 9 - 2",
      """
      select customer from members where segment = 1 union select * from (\(set("5", "intersect", "9")))
      except select customer from members where segment = 2 order by 1
      """
    ),
    (
      "select country, count() from 5 group by country",
      """
      select country, count(*) from customers where id in
      (select customer from members where segment = 5) group by country order by country
      """
    ),
    (
      "select id, customers from segments where customers is not null and rule is not null",
      """
      select s.id, count(m.customer) from segments s join members m on m.segment = s.id
      where rule is not null group by s.id order by s.id
      """
    ),
    (
      "select id from customers where in 1 and not in 2",
      "\(set("1", "except", "2"))"
    ),
    (
      "select bucket(total, 100) as b, count() from orders group by b",
      "select cents / 10000 * 100, count(*) from orders group by 1 order by 1"
    ),
    (
      "select id from orders where total > (select avg(total) from orders)",
      "select id from orders where cents > (select avg(cents) from orders) order by id"
    ),
    (
      "select lower(email), length(name), upper(website) from customers where id < 200",
      "select lower(email), length(name), upper(website) from customers where id < 200 order by id"
    ),
    (
      "select coalesce(phone, zip, '-') from customers",
      "select coalesce(phone, zip, '-') from customers order by id"
    ),
    (
      "select if(total >= 100, 'big', 'small') as size, count() from orders group by size",
      """
      select case when cents >= 10000 then 'big' else 'small' end, count(*) from orders
      group by 1 order by 1
      """
    ),
    (
      "refresh 18; select id from 18",
      """
      select id from customers where (select avg(cents) from orders where customer = customers.id
        and status = 'complete') > 15000 order by id
      """
    ),
    (
      "refresh 1; select id from 1",
      """
      select id from customers where (select sum(cents) from orders where customer = customers.id
        and status = 'complete') >= 100000 order by id
      """
    ),
  ]

  private static func set(_ a: String, _ operation: String, _ b: String) -> String {
    """
    select customer from members where segment = \(a) \(operation)
    select customer from members where segment = \(b) order by 1
    """
  }

  @Test("The same question has the same answer", arguments: pairs)
  func same(segq: String, sql: String) throws {
    let run = try Program.run([Program.demo, "--no-header", "--quiet", "-c", segq])
    #expect(run.code == 0, "\(run.errors)")
    // The report of a refresh is not part of the answer.
    let answer = run.output.components(separatedBy: "\n\n").last ?? ""
    let expected = try Self.database.ask(sql)
    #expect(Self.normal(answer) == Self.normal(expected))
    #expect(!expected.isEmpty)
  }

  private static let database = Database()

  /// Numbers without trailing zeros, and nulls and empty texts alike, as SQLite's CSV has them.
  private static func normal(_ text: String) -> [[String]] {
    rows(text).map { row in
      row.map { field in
        guard let number = Double(field), field.contains(".") else { return field }
        return String((number * 10_000).rounded() / 10_000)
      }.map { $0.hasSuffix(".0") ? String($0.dropLast(2)) : $0 }
    }
  }

  /// A small reader of CSV, so that the product's own does not judge itself.
  private static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = [[""]]
    var isQuoted = false
    for character in text.replacingOccurrences(of: "\r\n", with: "\n") {
      switch (character, isQuoted) {
      case ("\"", _): isQuoted.toggle()
      case (",", false): rows[rows.count - 1].append("")
      case ("\n", false): rows.append([""])
      default: rows[rows.count - 1][rows[rows.count - 1].count - 1].append(character)
      }
    }
    return rows.filter { $0 != [""] }
  }

  /// The demo's files in an SQLite database; money as whole cents, empty fields as nulls.
  private final class Database: Sendable {
    private let path: String

    init() {
      path = Program.demo + ".sqlite"
      let tables = [
        "customers": "id,name,email,group,phone,zip,country,state,since,website,dob,gender",
        "orders": "id,customer,date,status,total,quantity",
        "items": "id,order,sku,name,quantity,total",
        "members": "segment,customer,added",
        "segments": "id,segment,status,website,description,apply_to,rule",
      ]
      var script = ".mode csv\n"
      for (table, columns) in tables {
        let names = columns.split(separator: ",").map(String.init)
        let types = names.map { name in
          ["id", "customer", "order", "segment", "quantity"].contains(name)
            && !(table == "segments" && name == "segment") ? "\"\(name)\" int" : "\"\(name)\" text"
        }
        script += "create table \(table)(\(types.joined(separator: ", ")));\n"
        script += ".import --skip 1 \(Program.demo)/\(table).csv \(table)\n"
        for name in names {
          script += "update \(table) set \"\(name)\" = null where \"\(name)\" = '';\n"
        }
      }
      script += "alter table orders add column cents int;\n"
      script += "update orders set cents = cast(round(total * 100) as int);\n"
      script += "create index a on orders(customer); create index b on items(\"order\");\n"
      _ = try? Program.shell("rm -f \"$1\"; sqlite3 \"$1\"", [path], input: script)
    }

    func ask(_ sql: String) throws -> String {
      let run = try Program.shell("sqlite3 -csv \"$1\" \"$2\"", [path, sql])
      #expect(run.code == 0, "\(run.errors)")
      return run.output
    }
  }
}
