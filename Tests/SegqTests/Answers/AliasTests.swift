import Foundation
import SegqTestSupport
import Testing

@Suite("Names given by 'as', and names of one column")
struct AliasTests {
  @Test(
    "What 'as' names wins in every clause",
    arguments: [
      ("select bucket(total, 500) as total, count() from orders group by total", ["0,2", "500,2"]),
      (
        "select bucket(total, 500) as total, count() from orders group by total having total > 0",
        ["500,2"]
      ),
      ("select bucket(total, 500) as total, id from orders where total = 500", ["500,3", "500,4"]),
      (
        "select id, bucket(total, 500) as total from orders order by total desc, id limit 3",
        ["3,500", "4,500", "1,0"]
      ),
      ("select year(date) as date, count() from orders group by date", ["2026,4"]),
      (
        "select total * 2 as x, total + 1 as total from orders where x > 1000",
        ["1400,701", "1020,511"]
      ),
      (
        "select upper(status) as status, count() from orders group by 1 order by status",
        ["CANCELED,1", "COMPLETE,3"]
      ),
    ])
  func wins(_ query: String, _ answer: [String]) throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    #expect(try shop.lines(query) == answer)
  }

  @Test(
    "A sum has no value in a row, so that 'where' and 'group by' mean the column",
    arguments: [
      ("select sum(total) as total from orders where total > 100", ["1330"]),
      (
        "select status, sum(total) as total from orders where total > 100 group by status",
        ["canceled,700", "complete,630"]
      ),
    ])
  func sums(_ query: String, _ answer: [String]) throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    #expect(try shop.lines(query) == answer)
    #expect(try !shop.answer(query, options: []).errors.contains("hides"))
  }

  @Test("That a name hides a column is said once, with the way to the column")
  func note() throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    let run = try shop.answer(
      "select bucket(total, 500) as total, count() from orders where total >= 0 group by total",
      options: [])
    #expect(
      run.errors.components(separatedBy: "hides the column of orders").count == 2, "\(run)")
    #expect(run.errors.contains("help: write orders.total for the column"))
    let column = try shop.answer(
      "select bucket(total, 500) as total from orders where orders.total = 700", options: [])
    #expect(column.output == "500\n" && column.errors == "", "\(column)")
    let same = try shop.answer(
      "select total as total, count() from orders group by total", options: [])
    #expect(same.errors == "" && same.output.split(separator: "\n").count == 4, "\(same)")
  }

  @Test(
    "A key is known however it is written",
    arguments: [
      "select customers.country as country, count() from orders group by country",
      "select customers.country, count() from orders group by country",
      "select country, count() from orders group by customers.country order by country",
      "select country as c, count() from orders group by customers.country having country is not null or customers.country is null",
      "select `Country`, count() from orders group by country order by customers.country",
    ])
  func keys(_ query: String) throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    #expect(try shop.lines(query) == ["France,1", "Germany,2", ",1"])
  }

  @Test(
    "So are expressions over keys, headers and aliases of columns",
    arguments: [
      (
        "select upper(customers.country), count() from orders group by upper(country) "
          + "having upper(customers.country) != 'X' order by upper(country)",
        ["FRANCE,1", "GERMANY,2"]
      ),
      (
        "select `Grand Total` from orders group by total having grand_total > 500 order by base_grand_total",
        ["510", "700"]
      ),
      ("select orders.status, count() from orders group by status", ["canceled,1", "complete,3"]),
    ])
  func expressions(_ query: String, _ answer: [String]) throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    #expect(try shop.lines(query) == answer)
  }

  @Test("Another column is no key")
  func others() throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    let run = try shop.answer("select customers.name, count() from orders group by country")
    #expect(run.code == 1 && run.errors.contains("has many values for each group"))
  }
}
