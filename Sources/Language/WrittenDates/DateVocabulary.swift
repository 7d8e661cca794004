import Terms

/// What the words of dates mean, in Lithuanian, English, Russian, German and Polish; months are those of ``CalendarNames``.
enum DateVocabulary {
  enum Meaning: Hashable, CaseIterable {
    case approximate, uncertain
    case before, until, after, since, notBefore, between, and, to, or, now
    case century, decade, years, beforeChrist, afterChrist
    case early, middle, late, half, quarter, third
    case spring, summer, autumn, winter
    case suffix, noise
  }

  static func means(_ word: String, _ meaning: Meaning) -> Bool { table[word]?.contains(meaning) == true }

  /// Which one of several halves or quarters: `first`, `2-oji` has its number by itself.
  static func ordinal(_ word: String) -> Int? { ordinals[word] }

  /// Whether a folded text says that there is no date.
  static func saysThatThereIsNone(_ folded: String) -> Bool {
    let letters = folded.filter { !" .[]()/,".contains($0) }
    return letters.allSatisfy { "?-–—".contains($0) } || none.contains(letters)
  }

  /// Phrases of several words as one word each.
  static func joined(_ words: [DateWord]) -> [DateWord] {
    var joined: [DateWord] = []
    var place = 0
    while place < words.count {
      var count = 4
      var text: String?
      while text == nil, count > 1 {
        text = phrase(words[place...].prefix(count), count)
        if text == nil { count -= 1 }
      }
      if let text { joined.append(.word(text)) } else { joined.append(words[place]) }
      place += count
    }
    return joined
  }

  private static func phrase(_ words: ArraySlice<DateWord>, _ count: Int) -> String? {
    let parts = words.compactMap { $0 == .sign(".") ? "" : $0.word }
    guard words.count == count, parts.count == count else { return nil }
    let text = parts.filter { !$0.isEmpty }.joined(separator: " ")
    return text.contains(where: { $0 == " " }) && table[text] != nil ? text : nil
  }

  /// Words and phrases, divided by `|`.
  private static let words: [(Meaning, String)] = [
    (
      .approximate,
      "c|ca|cca|circa|cir|about|around|approx|approximately|apie|apyt|apytiksliai|apytikriai|maždaug|около|ок|прибл|"
        + "примерно|приблизительно|um|gegen|etwa|zirka|ungefähr|około|ok|mniej więcej|w przybliżeniu"
    ),
    (
      .uncertain,
      "probably|prob|possibly|perhaps|maybe|likely|presumably|tikriausiai|galbūt|turbūt|greičiausiai|spėjama|"
        + "вероятно|возможно|предположительно|вер|wohl|vermutlich|wahrscheinlich|vielleicht|prawdopodobnie|"
        + "przypuszczalnie|chyba|być może"
    ),
    (
      .before,
      "before|prior to|pre|earlier than|prieš|anksčiau nei|ранее|раньше|перед|vor|przed|anksčiau kaip"
    ),
    (
      .until,
      "until|till|up to|by|not after|no later than|not later than|iki|ne vėliau kaip|ne vėliau nei|до|не позднее|"
        + "не позже|bis|bis zu|spätestens|nicht nach|do|nie później niż|najpóźniej"
    ),
    (.after, "after|later than|post|po|vėliau nei|vėliau kaip|после|позднее|позже|nach"),
    (.since, "since|from|from about|nuo|с|со|начиная с|seit|ab|von|od"),
    (
      .notBefore,
      "not before|no earlier than|not earlier than|ne anksčiau kaip|ne anksčiau nei|не ранее|не раньше|frühestens|"
        + "nicht vor|nie wcześniej niż|najwcześniej"
    ),
    (.between, "between|tarp|между|zwischen|między|pomiędzy"),
    (.and, "and|ir|и|und|a|i|oraz|&"),
    (.to, "to|through|thru|iki|по|до|bis|do"),
    (.or, "or|arba|ar|или|oder|lub|albo"),
    (
      .now,
      "present|now|today|dabar|dabartis|šiandien|dabarties|настоящее время|н в|сегодня|heute|dziś|dzisiaj|obecnie|"
        + "present day|ongoing|the present"
    ),
    (
      .century,
      "c|cent|century|centuries|a|amž|amžius|amžiaus|amžiuje|amžiai|šimtmetis|šimtmečio|в|вв|век|века|веке|веков|столетие|"
        + "столетия|jh|jhd|jhdt|jahrhundert|jahrhunderts|jahrhunderte|w|wiek|wieku|wieki|stulecie|stulecia|st"
    ),
    (
      .decade,
      "s|ieji|ųjų|uosius|aisiais|е|ые|х|ых|er|ern|dešimtmetis|dešimtmečio|dešimtmetį|dešimtm|dešimt|десятилетие|"
        + "десятилетия"
    ),
    (.years, "years|metai|metais|metų|годы|годов|годах|гг|jahre|jahren|lata|lat|latach"),
    (
      .beforeChrist,
      "bc|bce|b c|b c e|pr kr|pr m e|pr kristų|prieš kristų|до н э|до нашей эры|до р х|v chr|vor christus|v u z|p n e|pne|"
        + "przed chrystusem|przed naszą erą"
    ),
    (
      .afterChrist, "ad|ce|a d|c e|po kr|po kristaus|m e|н э|нашей эры|n chr|nach christus|n e|po chrystusie|naszej ery"
    ),
    (
      .early,
      "early|beginning|start|pradžia|pradžioje|pr|ankstyvas|начало|начале|нач|anfang|beginn|frühes|początek|pocz|początku"
    ),
    (.middle, "mid|middle|vidurys|viduryje|vid|середина|середине|сер|mitte|połowa|połowie|środek"),
    (
      .late,
      "late|end|pabaiga|pabaigoje|pab|galas|конец|конце|кон|ende|spätes|koniec|kon|końcu|schyłek"
    ),
    (.half, "half|pusė|pusėje|pus|половина|половине|пол|hälfte|połowa|połowie|poł"),
    (.quarter, "quarter|ketvirtis|ketvirtyje|ketv|четверть|четверти|четв|viertel|ćwierć|ćw"),
    (.third, "third|trečdalis|треть|трети|drittel|tercja"),
    (
      .spring,
      "spring|pavasaris|pavasario|pavasarį|весна|весны|весной|frühling|frühjahr|frühlings|wiosna|wiosny|wiosną"
    ),
    (.summer, "summer|vasara|vasaros|vasarą|лето|лета|летом|sommer|sommers|lato|latem"),
    (.autumn, "autumn|fall|ruduo|rudens|rudenį|осень|осени|осенью|herbst|herbstes|jesień|jesieni|jesienią"),
    (.winter, "winter|žiema|žiemos|žiemą|зима|зимы|зимой|winters|zima|zimy|zimą"),
    (
      .suffix,
      "st|nd|rd|th|oji|ąją|osios|ojo|asis|ojoje|ą|а|ja|й|ый|ий|го|ого|я|ая|ой|е|ое|ste|sten|ten|te|go|sza|sze|ga"
    ),
    (
      .noise,
      "m|metai|metų|metais|d|diena|dieną|dienos|mėn|mėnuo|mėnesio|mėnesį|mėnesis|г|гг|год|года|году|годы|число|числа|мес|"
        + "месяц|r|rok|roku|rr|dnia|dn|jahr|jahre|jahres|year|years|anno|a|in|the|of|on|im|am|den|des|der|das|dem|в|во|w|we|"
        + "dated|date|y|god|месяца|lat|lata|latach|день|а|the year"
    ),
  ]

  private static let table: [String: Set<Meaning>] = {
    var table: [String: Set<Meaning>] = [:]
    for (meaning, list) in words {
      for word in list.split(separator: "|") { table[Text.fold(String(word)), default: []].insert(meaning) }
    }
    return table
  }()

  private static let ordinals: [String: Int] = {
    var ordinals: [String: Int] = [:]
    for (index, list) in [
      "first|1st|pirmoji|pirma|pirmas|pirmoje|pirmasis|первая|первой|перв|erste|ersten|erstes|pierwsza|pierwszej",
      "second|2nd|antroji|antra|antras|antroje|antrasis|вторая|второй|втор|zweite|zweiten|zweites|druga|drugiej",
      "third|3rd|trečioji|trečia|trečias|trečiasis|третья|третьей|трет|dritte|dritten|drittes|trzecia|trzeciej",
      "fourth|last|4th|ketvirtoji|ketvirta|ketvirtas|paskutinis|четвертая|последняя|vierte|vierten|letztes|czwarta|ostatnia",
    ].enumerated() {
      for word in list.split(separator: "|") { ordinals[Text.fold(String(word))] = index + 1 }
    }
    return ordinals
  }()

  private static let none: Set<String> = [
    "nd", "sd", "sa", "undated", "nodate", "unknown", "dateunknown", "unknowndate", "datenotknown", "bedatos",
    "nedatuota",
    "nedatuotas", "datanezinoma", "nezinoma", "бд", "бг", "бездаты", "датанеизвестна", "неизвестно", "недатировано",
    "од", "od",
    "oj", "ohnedatum", "ohnejahr", "unbekannt", "undatiert", "bd", "br", "bezdaty", "bezroku", "nieznana",
    "datanieznana",
    "na", "none", "null",
  ]
}
