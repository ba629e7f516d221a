extension DemoNames {
  static let dutch = DemoNames(
    women: "Emma Julia Sanne Lotte Femke Anouk Fleur Maud Iris Zoë Daniëlle Noor Mieke Els",
    men: "Daan Sem Jan Pieter Willem Bram Thijs Lars Ruben Joost Kees Stijn René Mohammed",
    families: """
      de_Jong Jansen de_Vries van_den_Berg van_Dijk Bakker Janssen Visser Smit Meijer de_Boer \
      Mulder de_Groot Bos Vos Peters Hendriks van_Leeuwen 't_Hart IJsselmuiden Yıldız=yildiz
      """)

  static let spanish = DemoNames(
    women: "María Carmen Ana Isabel Lucía Paula Begoña Nuria Inés Rocío Ángela Montserrat Leire",
    men:
      "Antonio José Manuel Javier Jesús Álvaro Íñigo=inigo Andrés Iker Raúl Joaquín Martín Óscar",
    families: """
      García González Rodríguez Fernández López Martínez Sánchez Pérez Gómez Muñoz Núñez Ibáñez \
      Castaño Ruiz_de_Gopegui García_Lorca de_la_Fuente Etxeberria Peña_y_Castro
      """)

  static let japanese = DemoNames(
    women: """
      花子=hanako 陽子=yoko 美咲=misaki さくら=sakura 結衣=yui 由美子=yumiko 愛=ai 恵子=keiko 葵=aoi \
      千尋=chihiro 真由美=mayumi みどり=midori
      """,
    men: """
      太郎=taro 健一=kenichi 翔太=shota 大輔=daisuke 拓也=takuya 誠=makoto 浩=hiroshi 蓮=ren 隆=takashi \
      一郎=ichiro 直樹=naoki ケン=ken
      """,
    families: """
      佐藤=sato 鈴木=suzuki 高橋=takahashi 田中=tanaka 伊藤=ito 渡辺=watanabe 山本=yamamoto 中村=nakamura \
      小林=kobayashi 加藤=kato 吉田=yoshida 山田=yamada 佐々木=sasaki 山口=yamaguchi 松本=matsumoto \
      井上=inoue 木村=kimura 長谷川=hasegawa
      """,
    isFamilyFirst: true)

  static let brazilian = DemoNames(
    women: "Maria Ana Juliana Fernanda Patrícia Aline Letícia Conceição Luíza Débora Thaís Vitória",
    men: "José João Antônio Francisco Carlos Paulo Luiz Gabriel Thiago Otávio Sebastião Flávio",
    families: """
      Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes da_Silva dos_Santos \
      de_Araújo Gonçalves Magalhães Assunção Ribeiro Nakashima Schneider e_Silva
      """)

  static let greek = DemoNames(
    women: """
      Μαρία=maria Ελένη=eleni Αικατερίνη=katerina Σοφία=sofia Γεωργία=georgia Δήμητρα=dimitra \
      Ιωάννα=ioanna Χριστίνα=christina Ευαγγελία=evangelia
      """,
    men: """
      Γιώργος=giorgos Δημήτρης=dimitris Κωνσταντίνος=kostas Νίκος=nikos Παναγιώτης=panos \
      Βασίλης=vasilis Χρήστος=christos Θανάσης=thanasis Αλέξανδρος=alexandros
      """,
    families: """
      Παπαδόπουλος=papadopoulos Βλάχος=vlachos Αγγελόπουλος=angelopoulos Νικολαΐδης=nikolaidis \
      Γεωργίου=georgiou Οικονόμου=oikonomou Παππάς=pappas Δημητρίου=dimitriou Μακρής=makris \
      Κωνσταντινίδης=konstantinidis Αλεξίου=alexiou Καραγιάννης=karagiannis
      """)

  static let arabic = DemoNames(
    women: """
      فاطمة=fatima خديجة=khadija عائشة=aicha مريم=mariam سلمى=salma نور=nour ياسمين=yasmine \
      هدى=houda ليلى=leila زينب=zeineb
      """,
    men: """
      محمد=mohamed أحمد=ahmed يوسف=youssef عمر=omar حسن=hassan علي=ali إبراهيم=ibrahim \
      كريم=karim خالد=khaled عبد_الرحمن=abderrahman
      """,
    families: """
      العلوي=alaoui بناني=bennani الإدريسي=idrissi حسين=hussein السيد=elsayed منصور=mansour \
      التازي=tazi عبد_الله=abdallah الفاسي=fassi شوقي=shawky بن_جلون=benjelloun المصري=elmasry
      """)
}
