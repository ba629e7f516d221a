import SegqTestSupport
import Testing

@Suite("Values as people type them")
struct ValueTests {
  private static let customers = """
    ID,Email,Country
    1,a@x,Türkiye
    2,b@x,TR
    3,c@x,Côte d'Ivoire
    4,d@x,United Kingdom
    5,e@x,Czechia
    6,f@x,KR
    7,g@x,NL
    8,h@x,Germany
    9,i@x,US
    10,j@x,DEU

    """

  @Test(
    "A country is found by its code and by each of its names, whichever the data has",
    arguments: [
      ("Turkey", "1 2"), ("Türkiye", "1 2"), ("TUR", "1 2"), ("'Czech Republic'", "5"),
      ("Czechia", "5"), ("UK", "4"), ("GB", "4"), ("USA", "9"), ("'United States'", "9"),
      ("Holland", "7"), ("'South Korea'", "6"), ("'Ivory Coast'", "3"), ("DE", "8 10"),
    ])
  func countries(_ name: String, _ ids: String) throws {
    let shop = try SmallShop(["customers": Self.customers, "segments": "", "members": ""])
    defer { shop.remove() }
    let wanted = ids.split(separator: " ").map(String.init)
    #expect(try shop.lines("select id from customers where country = \(name)") == wanted)
    #expect(try shop.lines("select id from customers where country in (\(name))") == wanted)
    #expect(try shop.lines("select id from customers where country ~= \(name)") == wanted)
    let others = try shop.lines("select id from customers where country != \(name)")
    #expect(others.count == 10 - wanted.count)
  }

  private static let carts = """
    ID,Customer ID,Date,Total,is_active,flag,lines
    1,1,2026-01-01,5,1,yes,1
    2,2,2026-01-01,5,0,no,5
    3,3,2026-01-01,5,,yes,0

    """

  @Test(
    "A column of 0 and 1 compares with true and false, and one of yes and no with 0 and 1",
    arguments: [
      ("active = true", "1"), ("active = false", "2"), ("active != true", "2"),
      ("active in (true)", "1"), ("true = active", "1"), ("flag = 1", "1 3"),
      ("flag = true", "1 3"),
      ("flag = 0", "2"), ("active = 1", "1"),
    ])
  func bits(_ condition: String, _ ids: String) throws {
    let shop = try SmallShop(["carts": Self.carts])
    defer { shop.remove() }
    let found = try shop.lines("select id from carts where \(condition)")
    #expect(found == ids.split(separator: " ").map(String.init))
  }

  @Test("A column of other numbers has no yes and no")
  func numbers() throws {
    let shop = try SmallShop(["carts": Self.carts])
    defer { shop.remove() }
    let run = try shop.answer("select id from carts where lines = true")
    #expect(run.code == 1 && run.errors.contains("do not compare"))
  }

  @Test(
    "~= and fold() are without regard to case and accents",
    arguments: [
      ("'Straße' ~= 'STRASSE'", "true"), ("'Ærø' ~= 'aero'", "true"), ("'Łódź' ~= 'lodz'", "true"),
      ("'Ёлка' ~= 'елка'", "true"), ("'й' ~= 'и'", "false"), ("'ΆΝΝΑ' ~= 'αννα'", "true"),
      ("'é' ~= 'e\\u{301}'", "true"), ("'a' ~= 'b'", "false"), ("null ~= 'x'", ""),
      ("not ('é' ~= 'E')", "false"), ("fold('Crème Brûlée')", "creme brulee"),
      ("5 ~= 5", "true"), ("fold('É') = 'é'", "true"), ("fold('Ängström') contains 'ÅNGS'", "true"),
      ("fold('Ä') in ('b', 'á')", "true"), ("fold('É') == 'é'", "false"),
    ])
  func folded(_ expression: String, _ value: String) throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    let run = try shop.answer("select \(expression) as x")
    #expect(run.code == 0 && run.output == value + "\n", "\(run)")
  }

  @Test(
    "So they are in conditions on rows, in keys, in rules and behind 'why'",
    arguments: [
      ("select id from customers where country ~= germány", "1"),
      ("select id from customers where not (country ~= germány)", "2 4"),
      (
        "select fold(country), count() from customers where id = 1 group by fold(country)",
        "germany,1"
      ),
      ("create segment 'G' as name ~= 'ÁNNA'; refresh 'G'; select id from 'G'", "1"),
      ("select id from customers where name ~= country or name ~= 'bén'", "2"),
      ("select segments where segment ~= 'hánd' | cut -d, -f2", "6"),
    ])
  func used(_ statement: String, _ ids: String) throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    let lines = try shop.lines(statement).filter { !$0.contains("G,1,1,0") }
    #expect(lines == ids.split(separator: " ").map(String.init), "\(lines)")
    #expect(
      try shop.lines("create segment 'G' as name ~= 'ÁNNA'; why 1 in 'G'").contains {
        $0.contains("name ~= 'ÁNNA',true,name = Anna")
      })
  }

  @Test("'!~=' is answered with the form that there is")
  func negated() throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    let run = try shop.answer("select customers where name !~= 'x'")
    #expect(run.code == 2 && run.errors.contains("write not (a ~= b)"), "\(run)")
  }
}
