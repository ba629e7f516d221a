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
    #"profile 1 by country limit 5"#: #"""
       attribute │ value          │ customers │  share │ base_share │   lift │ difference │ p
      ───────────┼────────────────┼───────────┼────────┼────────────┼────────┼────────────┼───
       country   │ United States  │       508 │ 0.324  │     0.3181 │ 1.0185 │ chance     │ 1
       country   │ Germany        │       182 │ 0.1161 │     0.1249 │ 0.9293 │ chance     │ 1
       country   │ France         │       145 │ 0.0925 │     0.095  │ 0.9734 │ chance     │ 1
       country   │ United Kingdom │       142 │ 0.0906 │     0.0874 │ 1.0362 │ chance     │ 1
       country   │ –              │       103 │ 0.0657 │     0.0671 │ 0.979  │ chance     │ 1
      """#,
    #"profile 1 where difference != chance limit 8"#: #"""
       attribute         │ value                  │ customers │  share │ base_share │   lift │ difference │ p
      ───────────────────┼────────────────────────┼───────────┼────────┼────────────┼────────┼────────────┼───
       sum(orders.total) │ below 78.28            │         0 │ 0      │     0.4    │ 0      │ lower      │ 0
       sum(orders.total) │ 78.28 to below 293.25  │         0 │ 0      │     0.2    │ 0      │ lower      │ 0
       sum(orders.total) │ 293.25 to below 882.48 │         0 │ 0      │     0.2    │ 0      │ lower      │ 0
       sum(orders.total) │ from 882.48            │      1568 │ 1      │     0.2    │ 5      │ higher     │ 0
       count(orders)     │ 0                      │         0 │ 0      │     0.2747 │ 0      │ lower      │ 0
       count(orders)     │ 1                      │        86 │ 0.0548 │     0.2649 │ 0.207  │ lower      │ 0
       count(orders)     │ 2 to 3                 │       233 │ 0.1486 │     0.2299 │ 0.6464 │ lower      │ 0
       count(orders)     │ from 4                 │      1249 │ 0.7966 │     0.2305 │ 3.4558 │ higher     │ 0
      """#,
    #"profile 1 by count(orders), domain(email) against 2 where customers > 50"#: #"""
       attribute     │ value               │ customers │  share │ base_share │   lift │ difference │      p
      ───────────────┼─────────────────────┼───────────┼────────┼────────────┼────────┼────────────┼────────
       count(orders) │ 3                   │       319 │ 0.2034 │     0.1968 │ 1.0336 │ chance     │ 1
       count(orders) │ 4                   │       150 │ 0.0957 │     0.1848 │ 0.5175 │ lower      │ 0
       count(orders) │ 5 to 6              │       220 │ 0.1403 │     0.2007 │ 0.6991 │ lower      │ 0
       count(orders) │ 7 to 10             │       384 │ 0.2449 │     0.2173 │ 1.1269 │ higher     │ 0.0176
       count(orders) │ from 11             │       495 │ 0.3157 │     0.2003 │ 1.576  │ higher     │ 0
       domain(email) │ gmail.com           │       354 │ 0.2258 │     0.251  │ 0.8996 │ chance     │ 0.1001
       domain(email) │ example.com         │       320 │ 0.2041 │     0.2355 │ 0.8666 │ lower      │ 0.0056
       domain(email) │ mail.example        │       206 │ 0.1314 │     0.1439 │ 0.9133 │ chance     │ 1
       domain(email) │ example.org         │       139 │ 0.0886 │     0.0994 │ 0.892  │ chance     │ 1
       domain(email) │ northwind.example   │       101 │ 0.0644 │     0.036  │ 1.7911 │ higher     │ 0
      …
      """#,
    #"why 12 in 1"#: #"""
      ✓ segment 1 'VIP customers': a member as refreshed 2026-10-31 21:00:00, and the rule agrees
      └─ ✓ sum(orders.total where status = complete) = 1436.04, needs ≥ 1000
      """#,
    #"why 12 in 'Repeat buyers' as json"#: #"""
      {"condition":"segment 2 'Repeat buyers'","holds":true,"values":"segment 2 'Repeat buyers': a member as refreshed 2026-08-31 03:00:00, and the rule agrees","children":[{"condition":"count(orders where status = complete) >= 3","holds":true,"values":"count(orders where status = complete) = 4, needs ≥ 3"}]}
      """#,
    #"drift 3 limit 5"#: #"""
       change │  ID │ Name               │ Email                                │ Group     │ Phone           │ ZIP     │ Country       │ State/Province   │ Customer Since
      ────────┼─────┼────────────────────┼──────────────────────────────────────┼───────────┼─────────────────┼─────────┼───────────────┼──────────────────┼─────────────────────
       leaves │  83 │ Ashley Hernandez   │ ashley.hernandez14793@gmail.com      │ General   │ (778) 555-0129  │ 05363   │ United States │ Vermont          │ 2021-01-31 09:42:42
       leaves │ 161 │ Lena Fischer       │ lena.fischer9737@mail.example        │ General   │ +43 1 7068916   │ 9060    │ Austria       │ Kärnten          │ 2021-02-27 21:47:59
       leaves │ 390 │ Julia van den Berg │ juliavandenberg14417@kantoor.example │ Wholesale │ +31 6 86131791  │ 1008 JH │ Netherlands   │ –                │ 2021-05-12 18:28:53
       leaves │ 493 │ Destiny P. Smith   │ destinysmith1520@tokyo-zakka.example │ Retailer  │ +1 644-555-0122 │ V3Y 0W3 │ Canada        │ British Columbia │ 2021-06-09 10:07:49
       leaves │ 914 │ Carmen Rodríguez   │ carmenrodriguez20@example.org        │ General   │ 973 24 07 32    │ 08612   │ Spain         │ Barcelona        │ 2021-10-13 19:25:05
      """#,
    #"drift 2 where change = joins and country = France"#: #"""
       change │    ID │ Name             │ Email                           │ Group   │ Phone             │ ZIP   │ Country │ State/Province             │ Customer Since
      ────────┼───────┼──────────────────┼─────────────────────────────────┼─────────┼───────────────────┼───────┼─────────┼────────────────────────────┼─────────────────────
       joins  │  5746 │ Marie Bernard    │ mariebernard5708@gmail.com      │ General │ –                 │ 31485 │ France  │ –                          │ 2024-05-15 22:46:00
       joins  │  5952 │ Nathalie Petit   │ nathaliepetit6690@example.com   │ General │ +33 6 13 51 19 97 │ 13656 │ France  │ –                          │ 2024-06-24 07:28:56
       joins  │  6180 │ Michel Thomas    │ michel.thomas2593@example.net   │ General │ 01 85 60 22 62    │ 92240 │ France  │ –                          │ 2024-08-03 16:20:41
       joins  │  6734 │ Léa Laurent      │ lea.laurent12655@gmail.com      │ General │ +33 6 49 85 47 77 │ 35070 │ France  │ –                          │ 2024-10-29 23:32:55
       joins  │  9622 │ Jean Bertrand    │ jean.bertrand1173@example.org   │ General │ –                 │ 06536 │ France  │ –                          │ 2025-11-24 23:28:31
       joins  │ 10631 │ Nathalie Durand  │ nathaliedurand15750@example.org │ General │ 01 60 70 07 86    │ 01200 │ France  │ Auvergne-Rhône-Alpes       │ 2026-03-30 21:02:37
       joins  │ 10936 │ Nathalie Leroy   │ nathalie.leroy5684@mail.example │ General │ 01 34 18 69 85    │ 13254 │ France  │ Provence-Alpes-Côte d'Azur │ 2026-05-15 16:42:11
       joins  │ 11456 │ Maëlle Dubois    │ maelle.dubois9052@gmail.com     │ General │ 01 31 34 49 02    │ 92221 │ France  │ Île-de-France              │ 2026-07-28 21:09:54
       joins  │ 11527 │ Sylvie Dubois    │ sylviedubois13686@example.org   │ General │ 06 15 56 88 53    │ 01700 │ France  │ –                          │ 2026-08-08 21:21:55
       joins  │ 11633 │ Anaïs Petit      │ anais.petit2872@web.example     │ General │ +33 6 67 08 41 43 │ 06545 │ France  │ Provence-Alpes-Côte d'Azur │ 2026-08-27 09:37:24
      …
      """#,
    #"growth 1"#: #"""
       when                │ customers │ joined │ left │ net
      ─────────────────────┼───────────┼────────┼──────┼─────
       2026-10-31 21:00:00 │      1568 │      – │    – │   –
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
       column   │ header        │ type     │ nulls │ distinct │ aliases                                                                │ evidence
      ──────────┼───────────────┼──────────┼───────┼──────────┼────────────────────────────────────────────────────────────────────────┼──────────────
       id       │ Order ID      │ integer  │     0 │    28998 │ entity_id, increment_id, order_id                                      │ whole number
       customer │ Customer ID   │ integer  │   136 │     7253 │ customer_id                                                            │ whole number
       date     │ Purchase Date │ datetime │     0 │    28993 │ created_at, order_date, purchase_date                                  │ time
       status   │ Status        │ text     │     0 │        5 │ order_status                                                           │ text
       total    │ Grand Total   │ decimal  │     0 │    13363 │ base_grand_total, grand_total, grand_total_base, grand_total_purchased │ number
       quantity │ Quantity      │ integer  │     0 │       73 │ qty, total_qty_ordered                                                 │ whole number
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
    #"select customers limit 3 to 'few.csv'; load 'few.csv' as few; select count() from few"#: #"""
       count()
      ─────────
             3
      """#,
    #"set"#: #"""
       setting      │ value  │ meaning
      ──────────────┼────────┼────────────────────────────────────────────────────────────────────────────────────────
       auto_refresh │ off    │ whether segments that are not fresh are refreshed before they are used: on or off
       date_order   │ auto   │ how dates with slashes are read: month, day or auto
       format       │ table  │ how results are written: auto or one of 'help formats'
       guests       │ nobody │ orders without a customer id: nobody, or match to link them by their email
       header       │ on     │ whether column names come first: on or off
       live_count   │ on     │ whether the prompt counts what a statement would find: on or off
       memory_limit │ auto   │ memory that a statement may make segq take: 2GB, auto for four fifths of what there is
       page_size    │ 20     │ rows on a page of the terminal; 0 for all
       pager        │ off    │ whether results on the terminal go through $PAGER: on or off
       theme        │ auto   │ the colours of the prompt: auto, or for a dark or light terminal
      …
      """#,
    #"set guests = match; select count() from orders where customers.id is null"#: #"""
       count()
      ─────────
           136
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

      Who would join and who would leave at the next refresh: change (joins, leaves) and the customers'
      columns. Nothing is changed by asking.

        segq> drift 3 limit 5
         change │  ID │ Name               │ Email                                │ Group     │ Phone           │ ZIP     │ Country       │ State/Province   │ Customer Since
        ────────┼─────┼────────────────────┼──────────────────────────────────────┼───────────┼─────────────────┼─────────┼───────────────┼──────────────────┼─────────────────────
         leaves │  83 │ Ashley Hernandez   │ ashley.hernandez14793@gmail.com      │ General   │ (778) 555-0129  │ 05363   │ United States │ Vermont          │ 2021-01-31 09:42:42
         leaves │ 161 │ Lena Fischer       │ lena.fischer9737@mail.example        │ General   │ +43 1 7068916   │ 9060    │ Austria       │ Kärnten          │ 2021-02-27 21:47:59
      …
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
    #"select count() from customers where name ~= 'andré roux' or fold(name) contains 'muller'"#: #"""
       count()
      ─────────
           240
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
    #"select count() from union(1, 2)"#: #"""
       count()
      ─────────
          2886
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
    #"select country, count() as customers from customers group by country order by customers desc limit 5 as chart"#: #"""
      Country         customers
      United States        3181 █████████████████████████████████████████████████████
      Germany              1249 ████████████████████▊
      France                950 ███████████████▉
      United Kingdom        874 ██████████████▌
      –                     671 ███████████▏
      """#,
    #"select trunc(date, month) as month, sum(total) as revenue from orders where date = 2025 group by month as chart"#: #"""
      revenue
      315999.74 ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⣀⡠⠤⠔⠒⠊
                ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⠔⠁
                ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⠔⠁
                ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⠔⠁
                ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⡠⠤⠃
                ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⡠⠤⠤⢄⣀⣀⡀⠀⠀⠀⠀⠀⠀⣀⣀⣀⣀⣀⣀⠤⠤⠤⠤⠤⠤⢄⣀⣀⣀⠤⠤⠤⠒⠊⠉
                ⠤⢄⣀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⡠⠤⠒⠉⠁⠀⠀⠀⠀⠀⠀⠈⠉⠉⠉⠉⠉⠉
       77280.57 ⠀⠀⠀⠉⠒⠢⢄⣀⠤⠔⠒⠉
                2025-01-01                                                 2025-12-01
      """#,
    #"select trunc(date, month) as month, count() as orders, sum(total) as revenue from orders where date = 2025 group by month as chart"#: #"""
      orders   ▂▁▂▂▂▂▂▃▃▄██  376 … 1217
      revenue  ▂▁▂▃▃▃▃▃▃▄▇█  77280.57 … 315999.74
      2025-01-01 … 2025-12-01
      """#,
    #"select id, zip, since from customers limit 3 to 'list.csv'; load 'list.csv' as list (id = 'ID'); describe list"#: #"""
       column         │ header         │ type     │ nulls │ distinct │ aliases │ evidence
      ────────────────┼────────────────┼──────────┼───────┼──────────┼─────────┼──────────────
       id             │ ID             │ integer  │     0 │        3 │ –       │ whole number
       zip            │ ZIP            │ text     │     0 │        3 │ –       │ text
       customer_since │ Customer Since │ datetime │     0 │        3 │ –       │ time
      """#,
    #"drill 1 where name contains '''' limit 3 as csv layout adobe"#: #"""
      ID,Name,Email,Group,Phone,ZIP,Country,State/Province,"Customer Since"
      6,"Maureen O&#039;Brien",maureen.obrien8310@mail.example,General,03-8619-0592,812-8492,Japan,福岡県,"Jan 3, 2021, 6:19:28 PM"
      184,"Aoife O&#039;Sullivan",aoife.osullivan11820@post.example,General," +353 1 272 4171","D04 U9B7",Ireland,Dublin,"Mar 7, 2021, 6:47:09 AM"
      3496,"Conor O&#039;Connor",conoroconnor4853@mail.example,General,"082 626 8441","D03 A0F0",Ireland,Dublin,"Mar 28, 2023, 4:43:47 PM"
      """#,
  ]
}
