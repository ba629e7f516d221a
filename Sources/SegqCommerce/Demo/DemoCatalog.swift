/// The products of the made-up store.
struct DemoCatalog {
  struct Product {
    /// `MST-17-BLA,"17"" Monitor Stand, black"`: the fields SKU and Name as they stand in the file.
    let fields: [UInt8]
    let cents: Int
    /// Its SKU starts with `OUT-`.
    let isClearance: Bool
  }

  let products: [Product]

  init() {
    var products: [Product] = []
    for line in Self.lines.split(separator: "\n") { Self.append(line, to: &products) }
    self.products = products
  }

  /// A product, the favourites far more often than the others.
  func pick(_ random: inout DemoRandom) -> Int {
    // A factor that shares none with the count scatters the favourites over the lines.
    random.skewed(products.count) * 379 % products.count
  }

  /// One product for each size and colour of `MST|@ Monitor Stand|3990|13",15"|black,oak`.
  private static func append(_ line: Substring, to products: inout [Product]) {
    let parts = line.split(separator: "|")
    guard parts.count == 5, let price = Int(parts[2]) else { return }
    let pattern = parts[1].split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    for (step, size) in parts[3].split(separator: ",").enumerated() {
      for colour in parts[4].split(separator: ",") {
        let isClearance = products.count % 12 == 7
        let sku = "\(parts[0])-\(code(size))-\(code(colour))"
        let sized = size == "-" ? String(pattern[0]) : pattern.joined(separator: String(size))
        let name = colour == "-" ? sized : "\(sized), \(colour)"
        var fields = Array((isClearance ? "OUT-\(sku)," : "\(sku),").utf8)
        DemoSheet.append(Array(name.utf8), to: &fields)
        let full = price + price * step / 4
        products.append(
          Product(
            fields: fields, cents: isClearance ? full * 6 / 10 : full, isClearance: isClearance))
      }
    }
  }

  /// The first letters and digits as capitals: `17"` gives `17`, `black` `BLA`; `0` for none.
  private static func code(_ text: Substring) -> String {
    let plain = text.utf8.filter { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"):
        true
      default: false
      }
    }
    return plain.isEmpty ? "0" : String(decoding: plain.prefix(3), as: UTF8.self).uppercased()
  }
}

extension DemoCatalog {
  /// SKU | name, `@` for the size | cents | sizes | colours. `-` for none.
  private static let lines = #"""
    MST|@ Monitor Stand|3990|13",15",17",24",27"|black,white,silver,oak
    LSL|Laptop Sleeve @|2490|13",14",15",17"|grey,navy,rosé,olive
    DLP|Desk Lamp “Søren” @|5900|S,M,L|brass,black,white
    CHR|Office Chair @|18900|low,high|black,grey,petrol,bordeaux
    DSK|Standing Desk @ cm|38900|120,140,160,180|oak,white,walnut
    SHF|Shelf @|7900|2 tiers,3 tiers,4 tiers|oak,white,black,pine
    CUP|Café crème cup @|990|0.2 l,0.3 l,0.4 l|white,blue,terracotta,mint
    MAT|抹茶 Matcha bowl @|2400|small,large|celadon,black,sakura
    TEA|Teapot @|3490|0.5 l,0.8 l,1.2 l|cast iron,glass,white
    PAN|Frying pan Ø @ cm|4490|20,24,28,32|steel,black
    KNF|Chef's knife @|6900|6",8",10"|steel,walnut,micarta
    BRD|Käsebrett @|2990|klein,groß|oak,olive,slate
    TWL|Towel "Lisboa" @|1490|30×50,50×100,70×140|white,sand,indigo,rust,moss
    BED|Bed linen @|5990|135×200,155×220,200×200|white,grey,striped,indigo
    PLD|Wool throw @|7990|130×170,150×200|écru,charcoal,mustard
    SCF|Écharpe en laine @|3990|courte,longue|grise,bleue,rouge,beige
    TSH|T-shirt @|1990|XS,S,M,L,XL,XXL|black,white,navy,red,green
    HOD|Hoodie @|4990|S,M,L,XL|black,grey,burgundy
    SCK|Socks, 3 pairs @|1290|35–38,39–42,43–46|black,coloured,white
    RUN|Running shoe @|9990|38,39,40,41,42,43,44,45|black,neon
    BPK|Backpack @|6990|15 l,22 l,30 l|black,olive,sand
    BTL|Bottle “½ & ½” @|1990|0.5 l,0.75 l,1 l|steel,black,coral,mint
    LCH|Lunch box, @|1690|1 tier,2 tiers|bamboo,steel
    NBK|Notebook A5, @|890|plain,ruled,dotted|black,red,kraft,sky
    PEN|Rollerball 0.5 mm @|390|1 pc.,5 pcs.,10 pcs.|black,blue,green
    FPN|Fountain pen @|4900|EF,F,M,B|black,blue,white
    INK|Ink „Mitternacht“ @|1150|30 ml,50 ml|blue-black,sepia,violet
    PAP|Copy paper @|690|500 sheets,2500 sheets|white,ivory
    USB|USB-C cable @|1290|0.5 m,1 m,2 m|black,white
    HUB|USB hub, @|3290|4 ports,7 ports|black,silver
    KBD|Keyboard @|7990|US,UK,DE,FR,ES|black,white
    MSE|Mouse @|3490|left-handed,right-handed|black,white
    HDP|Headphones @|12990|on-ear,over-ear|black,silver,blue
    PIC|Picture frame @|1590|4"×6",5"×7",8"×10",11"×14"|black,oak,gold
    CND|Candle @|1490|20 h,40 h|fig,cedar,vanille,orange
    OIL|Olive oil Κορωνέικη @|1390|0.25 l,0.5 l,1 l|-
    COF|Coffee São João @|1190|250 g,500 g,1 kg|whole bean,ground,decaf
    SPC|Ras el hanout @|590|50 g,100 g|-
    PIN|Piñata @|2290|star,donkey|multicolour
    KYT|Kite (2,000 mm) @|3990|beginner,expert|red,blue
    PZL|Puzzle @|1790|500,1000,2000|Alps,Venice,江戸
    GLV|Gloves @|2990|6½,7,8,9|black,brown,grey
    HAT|Panama hat @|8900|S,M,L|natural,black
    UMB|Umbrella @|2490|pocket,stick|black,navy,tartan
    CLK|Wall clock Ø @ cm|4490|25,30,40|white,black,oak
    VAS|Vase „Iittala-Art“ @|5490|12 cm,16 cm,24 cm|clear,smoke,green
    RUG|Kilim rug @|24900|60×90,120×180,200×300|red,indigo
    GFT|Gift card|5000|-|-
    """#
}
