/// A name as it is written, and as it stands in an e-mail address: `Müller` and `mueller`.
struct DemoName {
  let text: [UInt8]
  let address: [UInt8]

  /// `佐藤=sato` gives both; for Latin names the second is made. `_` stands for a space.
  init(_ entry: Substring) {
    let parts = entry.split(separator: "=", maxSplits: 1)
    text = parts[0].utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }
    address = parts.count > 1 ? Array(parts[1].utf8) : Self.plain(parts[0])
  }

  private static func plain(_ name: Substring) -> [UInt8] {
    var result: [UInt8] = []
    for scalar in name.unicodeScalars {
      switch scalar {
      case "a"..."z": result.append(UInt8(ascii: scalar))
      case "A"..."Z": result.append(UInt8(ascii: scalar) | 0x20)
      case "ä", "Ä": result += Array("ae".utf8)
      case "ö", "Ö": result += Array("oe".utf8)
      case "ü", "Ü": result += Array("ue".utf8)
      case "ß": result += Array("ss".utf8)
      case "á", "à", "â", "ã", "å", "Á", "Â", "Å": result.append(UInt8(ascii: "a"))
      case "é", "è", "ê", "ë", "É": result.append(UInt8(ascii: "e"))
      case "í", "ï", "î": result.append(UInt8(ascii: "i"))
      case "ó", "ô", "õ", "ø", "Ó": result.append(UInt8(ascii: "o"))
      case "ú", "û": result.append(UInt8(ascii: "u"))
      case "ç", "Ç": result.append(UInt8(ascii: "c"))
      case "ñ": result.append(UInt8(ascii: "n"))
      default: continue
      }
    }
    return result
  }
}

/// The given and family names of a language, the frequent ones first.
struct DemoNames {
  let women: [DemoName]
  let men: [DemoName]
  let families: [DemoName]
  /// 佐藤 花子, not 花子 佐藤.
  var isFamilyFirst = false
  /// Some have an initial between the names: Veronica A. Costello.
  var takesInitial = false

  init(
    women: String, men: String, families: String, isFamilyFirst: Bool = false,
    takesInitial: Bool = false
  ) {
    self.women = women.split(separator: " ").map { DemoName($0) }
    self.men = men.split(separator: " ").map { DemoName($0) }
    self.families = families.split(separator: " ").map { DemoName($0) }
    self.isFamilyFirst = isFamilyFirst
    self.takesInitial = takesInitial
  }
}

extension DemoNames {
  static let american = DemoNames(
    women: """
      Mary Jennifer Linda Emily Sarah Jessica Ashley Karen Veronica Nancy Grace Hannah Olivia \
      Abigail Madison Brittany Destiny Guadalupe Xiomara Mei-Ling Aaliyah Sofía Renée Mary_Ann
      """,
    men: """
      James Michael Robert John David William Joshua Tyler Brandon Ethan Mason Logan Carlos Luis \
      Jamal DeShawn Wyatt Hunter Xavier Mateo Zachary Kevin Trent Billy_Ray
      """,
    families: """
      Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez \
      Wilson Anderson Thomas Taylor Moore Jackson Nguyen White Harris Clark Lewis Young Walker \
      King Wright Torres Hill Green Adams Baker Carter Costello Kowalski Goldberg Nakamura \
      Washington D'Angelo O'Connor Smith-Jones Peña
      """,
    takesInitial: true)

  static let british = DemoNames(
    women: """
      Olivia Amelia Isla Ava Charlotte Emily Poppy Sophie Lucy Eleanor Harriet Zoë Chloë Priya \
      Aisha Gemma Fiona Rhiannon Catrin Imogen
      """,
    men: """
      Oliver George Harry Jack Noah Arthur Alfie Thomas Callum Ewan Rhys Gareth Imran Raj Nigel \
      Graham Hamish Rupert Alistair Toby
      """,
    families: """
      Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Wright Evans Thompson Walker \
      Hughes Khan Green Hall Campbell Stewart MacDonald McGregor Llewellyn Singh Fraser Ashworth \
      Pemberton Brontë Featherstonehaugh
      """)

  static let irish = DemoNames(
    women: "Aoife Ciara Siobhán Niamh Mary Saoirse Gráinne Róisín Emma Kate Orla Sinéad",
    men: "Seán Conor Patrick Pádraig Cillian Liam Oisín Eoin Darragh Fionn Declan Ciarán",
    families: """
      Murphy Kelly O'Brien O'Sullivan Walsh Byrne Ryan O'Connor O'Neill Doyle McCarthy Gallagher \
      O'Doherty Kennedy Lynch Ó_Súilleabháin Fitzgerald Nolan
      """)

  static let german = DemoNames(
    women: """
      Anna Lena Sabine Ursula Petra Marie Sophie Jutta Käthe Bärbel Julia Katharina Heike Birgit \
      Sigrid Änne Anke Franziska Jana Lieselotte
      """,
    men: """
      Peter Thomas Michael Andreas Wolfgang Klaus Jürgen Günther Stefan Jörg Uwe Lukas Leon Paul \
      Matthias Björn Hans-Peter Karl-Heinz Sören Mehmet
      """,
    families: """
      Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch \
      Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Lange \
      Yılmaz=yilmaz Weiß Groß von_der_Heide Straßer Özdemir
      """)

  static let french = DemoNames(
    women: """
      Marie Nathalie Isabelle Sylvie Camille Léa Manon Chloé Émilie Anaïs Zoé Hélène Françoise \
      Élodie Océane Maëlle Noémie Céline Fatima Anne-Sophie
      """,
    men: """
      Jean Pierre Michel Philippe Nicolas Julien Théo Rémi Loïc Benoît Gaël Étienne=etienne \
      François Jérôme Stéphane Mohamed Hugo Jean-Luc Cédric Noël
      """,
    families: """
      Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefèvre \
      Michel Garcia David Bertrand Roux Vincent Fournier Girard Bonnet Lambert Faure L'Hermitte \
      d'Aubigné de_La_Tour Le_Goff Beauséjour Benali
      """)
}
