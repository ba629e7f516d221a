// Made by scripts/manual: the answers of the examples on the demo store. Do not edit.
// swift-format-ignore-file
extension StatementReference {
  static let outputs: [String: String] = [
    #"select segments where status = active order by customers desc limit 5"#: #"""
       Select │ ID │ Segment           │ Status │ Website              │ Customers
      ────────┼────┼───────────────────┼────────┼──────────────────────┼───────────
       [ ]    │  8 │ No orders yet     │ Active │ –                    │      2747
       [ ]    │  2 │ Repeat buyers     │ Active │ –                    │      2586
       [ ]    │  9 │ Gmail users       │ Active │ –                    │      2536
       [ ]    │ 10 │ Big baskets       │ Active │ –                    │      2505
       [ ]    │ 13 │ Clearance hunters │ Active │ Main Website, Outlet │      2489
      """#,
    #"select id, name, email from customers where country = France and since >= 2024 limit 3"#: #"""
         ID │ Name            │ Email
      ──────┼─────────────────┼──────────────────────────────────
       5054 │ Nathalie Martin │ nathalie.martin8520@mail.example
       5058 │ Benoît Michel   │ benoitmichel2060@gmail.com
       5068 │ Pierre Simon    │ pierre.simon5524@post.example
      """#,
    #"select country, count() as n, share() as part from customers group by country order by n desc limit 5"#: #"""
       Country        │    n │   part
      ────────────────┼──────┼────────
       United States  │ 3181 │ 0.3181
       Germany        │ 1249 │ 0.1249
       France         │  950 │ 0.095
       United Kingdom │  874 │ 0.0874
       –              │  671 │ 0.0671
      """#,
    #"select id, name, sum(orders.total) as spent from customers order by spent desc limit 3"#: #"""
         ID │ Name         │    spent
      ──────┼──────────────┼──────────
       6031 │ Daan de Jong │ 58302.64
       4743 │ Thomas Patel │ 41220.84
       9865 │ Rhys Jones   │ 38185.53
      """#,
    #"select count(), avg(total) from orders where date = 2025"#: #"""
       count() │ avg(total)
      ─────────┼────────────
          7797 │   251.1012
      """#,
    #"select 1 + 1 as two"#: #"""
       two
      ─────
         2
      """#,
    #"drill 1 limit 5"#: #"""
       ID │ Name             │ Email                                  │ Group     │ Phone            │ ZIP      │ Country        │ State/Province       │ Customer Since
      ────┼──────────────────┼────────────────────────────────────────┼───────────┼──────────────────┼──────────┼────────────────┼──────────────────────┼─────────────────────
        1 │ Arthur Evans     │ arthur.evans1@example.org              │ General   │ +44 20 7946 0533 │ TR4 9AX  │ United Kingdom │ –                    │ 2021-01-01 17:05:42
        6 │ Maureen O'Brien  │ maureen.obrien8310@mail.example        │ General   │ 03-8619-0592     │ 812-8492 │ Japan          │ 福岡県               │ 2021-01-03 18:19:28
        9 │ William Garcia   │ william.garcia3465@post.example        │ General   │ +1 638 555 0636  │ 01129    │ United States  │ MA                   │ 2021-01-04 21:59:23
       12 │ Marie Thomas     │ marie.thomas15004@gmail.com            │ General   │ 06 55 68 73 81   │ 01238    │ France         │ Auvergne-Rhône-Alpes │ 2021-01-05 21:31:48
       14 │ Destiny Williams │ destinywilliams11774@northwind.example │ Wholesale │ (270) 555-0141   │ 02146    │ United States  │ MA                   │ 2021-01-06 20:45:08
      """#,
    #"drill 1 & 2 where country = Germany limit 5"#: #"""
        ID │ Name             │ Email                              │ Group   │ Phone          │ ZIP   │ Country │ State/Province      │ Customer Since
      ─────┼──────────────────┼────────────────────────────────────┼─────────┼────────────────┼───────┼─────────┼─────────────────────┼─────────────────────
        80 │ Änne Braun       │ aenne.braun3254@gmail.com          │ General │ 040/947013     │ 50128 │ Germany │ Nordrhein-Westfalen │ 2021-01-29 21:38:59
       211 │ Sophie Weber     │ sophieweber13903@web.example       │ General │ 040/180326     │ 50414 │ Germany │ Nordrhein-Westfalen │ 2021-03-14 16:11:10
       465 │ Leon Schwarz     │ leon.schwarz2667@gmail.com         │ General │ +49 30 2675525 │ 20223 │ Germany │ Hamburg             │ 2021-06-01 13:15:52
       466 │ Katharina Müller │ katharina.mueller1052@mail.example │ General │ 0171 1801883   │ 80314 │ Germany │ Bayern              │ 2021-06-01 19:03:58
       499 │ Peter Schneider  │ peter.schneider9829@gmail.com      │ General │ 0171 7033738   │ 01959 │ Germany │ Sachsen             │ 2021-06-11 11:04:37
      """#,
    #"drill (1 + 2) - 3 order by since desc limit 5"#: #"""
          ID │ Name            │ Email                           │ Group     │ Phone            │ ZIP   │ Country │ State/Province      │ Customer Since
      ───────┼─────────────────┼─────────────────────────────────┼───────────┼──────────────────┼───────┼─────────┼─────────────────────┼─────────────────────
       12100 │ 佐藤 太郎       │ tarosato15930@northwind.example │ Wholesale │ +81 90-2843-9961 │ –     │ Japan   │ 東京都              │ 2026-10-30 19:47:13
       12045 │ Anna Schmidt    │ annaschmidt14760@mail.example   │ Wholesale │ +49 30 2447497   │ 50039 │ Germany │ Nordrhein-Westfalen │ 2026-10-23 16:44:03
       12044 │ Anna Schmidt    │ annaschmidt14760@mail.example   │ General   │ +49 30 2447497   │ 50039 │ Germany │ Nordrhein-Westfalen │ 2026-10-23 15:20:40
       12005 │ Peter Schneider │ peter.schneider8979@example.com │ General   │ 0171 5549240     │ 70976 │ Germany │ Baden-Württemberg   │ 2026-10-18 10:11:51
       11992 │ Michael Schmidt │ michael.schmidt13590@gmail.com  │ General   │ 040/867050       │ 60133 │ Germany │ –                   │ 2026-10-16 10:08:26
      """#,
    #"export 1 as csv to 'vip.csv'"#: #"""
      vip.csv
      """#,
    #"export segments as xml to 'grid.xml'"#: #"""
      grid.xml
      """#,
    #"overlap 1, 2, 5"#: #"""
       a │ b │ customers_a │ customers_b │ shared │ jaccard
      ───┼───┼─────────────┼─────────────┼────────┼─────────
       1 │ 2 │        1568 │        2586 │   1268 │  0.4394
       1 │ 5 │        1568 │        1590 │    236 │  0.0808
       2 │ 5 │        2586 │        1590 │    403 │  0.1068
      """#,
    #"overlap 1, 2, 3, 4 where shared > 100 order by jaccard desc limit 3"#: #"""
       a │ b │ customers_a │ customers_b │ shared │ jaccard
      ───┼───┼─────────────┼─────────────┼────────┼─────────
       1 │ 2 │        1568 │        2586 │   1268 │  0.4394
       2 │ 3 │        2586 │        2444 │    569 │  0.1275
       1 │ 4 │        1568 │        1751 │    287 │  0.0947
      """#,
    #"compare 1 with 2"#: #"""
       part   │ customers │  share
      ────────┼───────────┼────────
       only 1 │       300 │ 0.104
       both   │      1268 │ 0.4394
       only 2 │      1318 │ 0.4567
      """#,
    #"compare 1 + 2 with 5"#: #"""
       part       │ customers │  share
      ────────────┼───────────┼────────
       only 1 + 2 │      2434 │ 0.6049
       both       │       452 │ 0.1123
       only 5     │      1138 │ 0.2828
      """#,
    #"describe"#: #"""
       table     │  rows │ columns │ parent
      ───────────┼───────┼─────────┼───────────
       customers │ 10000 │      12 │ –
       orders    │ 28998 │       6 │ customers
       items     │ 50025 │       6 │ orders
       segments  │    16 │      12 │ –
      """#,
    #"describe orders"#: #"""
       column   │ header        │ type     │ nulls │ distinct │ aliases
      ──────────┼───────────────┼──────────┼───────┼──────────┼────────────────────────────────────────────────────────────────────────
       id       │ Order ID      │ integer  │     0 │    28998 │ entity_id, increment_id, order_id
       customer │ Customer ID   │ integer  │   136 │     7253 │ customer_id
       date     │ Purchase Date │ datetime │     0 │    28993 │ created_at, order_date, purchase_date
       status   │ Status        │ text     │     0 │        5 │ order_status
       total    │ Grand Total   │ decimal  │     0 │    13363 │ base_grand_total, grand_total, grand_total_base, grand_total_purchased
       quantity │ Quantity      │ integer  │     0 │       73 │ qty, total_qty_ordered
      """#,
    #"describe 1"#: #"""
       property    │ value
      ─────────────┼───────────────────────────────────────────────────
       id          │ 1
       segment     │ VIP customers
       status      │ Active
       website     │ –
       description │ Completed orders for 1,000 and more
       apply to    │ Registered Customers
       rule        │ sum(orders.total where status = complete) >= 1000
       customers   │ 1568
       refreshed   │ 2026-10-31 21:00:00
       freshness   │ fresh
      …
      """#,
    #"explain select country, count() from customers where zip starts with 0 group by country"#: #"""
      syntax
      └─ select
         ├─ name country
         ├─ call count
         ├─ from
         │  └─ table customers
         ├─ where
         │  └─ match starts with
         │     ├─ name zip
         │     └─ number 0
         └─ group by
            └─ name country
      …
      """#,
    #"set"#: #"""
       setting    │ value │ meaning
      ────────────┼───────┼────────────────────────────────────────────────────────
       date_order │ auto  │ how dates with slashes are read: month, day or auto
       format     │ table │ how results are written: auto or one of 'help formats'
       header     │ on    │ whether column names come first: on or off
       page_size  │ 20    │ rows on a page of the terminal; 0 for all
       timezone   │ UTC   │ where the clock hangs: Europe/Paris, UTC
       timing     │ off   │ whether the time of each statement is told: on or off
      """#,
    #"let m = 2025-06; select count() from orders where date = $m"#: #"""
       count()
      ─────────
           535
      """#,
    #"for s in select id, segment from segments limit 2 { echo $s.id, '${s.segment}' }"#: #"""
      1 VIP customers
      2 Repeat buyers
      """#,
    #"for c in (FR, DE) { select count() as n from customers where country = $c }"#: #"""
         n
      ─────
       950

          n
      ──────
       1249
      """#,
    #"if count(customers) > 100 { echo 'many' } else { echo 'few' }"#: #"""
      many
      """#,
    #"echo 'done', 1 + 1"#: #"""
      done 2
      """#,
    #"help drift"#: #"""
      drift: compare stored members with what the rule gives now

        drift SEGMENT [where C] [order by …] [limit N]

      Who would join and who would leave at the next refresh.

      It is understood, and runs in a later version.
      """#,
    #"select id, name, phone from customers where name contains 'o''' limit 3"#: #"""
        ID │ Name             │ Phone
      ─────┼──────────────────┼─────────────────
         6 │ Maureen O'Brien  │ 03-8619-0592
        67 │ Saoirse O'Connor │ 089 329 2715
       184 │ Aoife O'Sullivan │ +353 1 272 4171
      """#,
    #"select id, zip, country from customers where zip starts with 0 and not country = Germany limit 3"#: #"""
       ID │ ZIP   │ Country
      ────┼───────┼───────────────
        2 │ 01637 │ United States
        9 │ 01129 │ United States
       12 │ 01238 │ France
      """#,
    #"select count() from customers where in 1 and count(orders where total > 100) >= 2"#: #"""
       count()
      ─────────
          1429
      """#,
    #"select count() from customers where email matches '^[a-d].*\\d{3}@'"#: #"""
       count()
      ─────────
          1742
      """#,
    #"select count() from customers where exists(segments where website = customers.website)"#: #"""
       count()
      ─────────
          3066
      """#,
    #"select count() from (1 + 2) - 3"#: #"""
       count()
      ─────────
          2250
      """#,
    #"select count() from intersection(1, 2)"#: #"""
       count()
      ─────────
          1268
      """#,
    #"select trunc(since, year) as year, count() as joined from customers group by year"#: #"""
       year       │ joined
      ────────────┼────────
       2021-01-01 │   1154
       2022-01-01 │   1401
       2023-01-01 │   1649
       2024-01-01 │   1900
       2025-01-01 │   2145
       2026-01-01 │   1751
      """#,
    #"select domain(email) as d, count() as n from customers group by d order by n desc limit 3"#: #"""
       d            │    n
      ──────────────┼──────
       gmail.com    │ 2518
       example.com  │ 2385
       mail.example │ 1500
      """#,
    #"select id, last(orders.date) as latest from customers where exists(orders) limit 3"#: #"""
       ID │ latest
      ────┼─────────────────────
        1 │ 2026-03-04 21:41:47
        2 │ 2021-01-01 20:02:43
        6 │ 2026-09-08 16:30:38
      """#,
    #"select count() from orders where date between 2025-01 and 2025-03"#: #"""
       count()
      ─────────
          1312
      """#,
    #"select rfm_group, count() as n, share() as part from customers group by rfm_group order by n desc"#: #"""
       rfm_group        │    n │   part
      ──────────────────┼──────┼────────
       Prospects        │ 2747 │ 0.2747
       Dormant          │ 1210 │ 0.121
       Loyal            │ 1180 │ 0.118
       Active           │ 1101 │ 0.1101
       Champions        │  866 │ 0.0866
       At risk          │  754 │ 0.0754
       Needs attention  │  726 │ 0.0726
       Almost lost      │  697 │ 0.0697
       Promising        │  371 │ 0.0371
       Previously loyal │  241 │ 0.0241
      …
      """#,
    #"select segments limit 2 as json"#: #"""
      [{"selected":false,"id":1,"segment":"VIP customers","status":"Active","website":null,"customers":1568},{"selected":false,"id":2,"segment":"Repeat buyers","status":"Active","website":null,"customers":2586}]
      """#,
    #"select segments limit 1 as vertical"#: #"""
      ── row 1 ──
         Select: [ ]
             ID: 1
        Segment: VIP customers
         Status: Active
        Website: –
      Customers: 1568
      """#,
    #"drill 1 where name contains '''' limit 3 as csv layout adobe"#: #"""
      ID,Name,Email,Group,Phone,ZIP,Country,State/Province,"Customer Since"
      6,"Maureen O&#039;Brien",maureen.obrien8310@mail.example,General,03-8619-0592,812-8492,Japan,福岡県,"Jan 3, 2021, 6:19:28 PM"
      184,"Aoife O&#039;Sullivan",aoife.osullivan11820@post.example,General," +353 1 272 4171","D04 U9B7",Ireland,Dublin,"Mar 7, 2021, 6:47:09 AM"
      3496,"Conor O&#039;Connor",conoroconnor4853@mail.example,General,"082 626 8441","D03 A0F0",Ireland,Dublin,"Mar 28, 2023, 4:43:47 PM"
      """#,
  ]
}
