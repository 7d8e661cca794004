extension ErrorCatalogue {
  static let words: [ErrorEntry] = [
    ErrorEntry(
      .unclosedString, #"A string that is not closed"#,
      #"A string ends on the line on which it begins. A line break within it is written `\n`."#,
      ErrorExample(
        #"""
        note(a, "one).
        """#,
        mended: #"""
          note(a, "one").
          """#),
      ErrorExample(
        title: #"A string that another quote should close"#,
        explanation: #"Both ends have the same sign."#,
        #"""
        p("Klaipėda“).
        """#,
        mended: #"""
          p("Klaipėda").
          """#)),
    ErrorEntry(
      .unclosedName, #"A name in quotes that is not closed"#,
      #"A name with other characters than letters, digits and `_` stands between single quotes."#,
      ErrorExample(
        #"""
        p('VšĮ Gintaras).
        """#,
        mended: #"""
          p('VšĮ Gintaras').
          """#),
      ErrorExample(
        title: #"An apostrophe between thousands"#,
        explanation: #"Digits are grouped by `_`."#,
        #"""
        p(1'000).
        """#,
        mended: #"""
          p(1_000).
          """#)),
    ErrorEntry(
      .unclosedComment, #"A comment that is not closed"#,
      #"`/*` needs its `*/`; `%` comments to the end of the line."#,
      ErrorExample(
        #"""
        p(a). /* the first
        """#,
        mended: #"""
          p(a). /* the first */
          """#)),
    ErrorEntry(
      .quotationMark, #"Typographic quotation marks"#,
      #"Strings stand in straight double quotes; „ and “ may stand within."#,
      ErrorExample(
        #"""
        label(a, „Anna“).
        """#,
        mended: #"""
          label(a, "„Anna“").
          """#)),
    ErrorEntry(
      .strangeCharacter, #"A character that the language does not have"#,
      #"Beside letters and digits it has the signs of ASCII. Any character may stand within quotes."#,
      ErrorExample(
        title: #"A currency"#,
        explanation: #"An amount is a number alone."#,
        #"""
        price(bread, 3€).
        """#,
        mended: #"""
          price(bread, 3, eur).
          """#)),
    ErrorEntry(
      .badEscape, #"An escape that is none"#,
      #"A backslash begins an escape; a backslash itself is written twice."#,
      ErrorExample(
        #"""
        path(a, "c:\docs").
        """#,
        mended: #"""
          path(a, "c:\\docs").
          """#)),
    ErrorEntry(
      .integerTooGreat, #"An integer that is too great"#,
      #"Integers have 64 bits and never wrap."#,
      ErrorExample(
        #"""
        p(99999999999999999999).
        """#,
        mended: #"""
          p(99999999999999999999.0).
          """#)),
    ErrorEntry(
      .decimalTooGreat, #"A decimal that is too great"#,
      #"A decimal is finite."#,
      ErrorExample(
        #"""
        p(1e999).
        """#,
        mended: #"""
          p(1e300).
          """#)),
    ErrorEntry(
      .noDate, #"A date that does not exist"#,
      #"Dates are those of the calendar."#,
      ErrorExample(
        #"""
        held_on(e, 2013-02-30).
        """#,
        mended: #"""
          held_on(e, 2013-02-28).
          """#),
      ErrorExample(
        title: #"An interval that ends before it begins"#,
        explanation: #"An interval is written from its beginning to its end."#,
        #"""
        held_on(e, 2014-03-07/2014-03-05).
        """#,
        mended: #"""
          held_on(e, 2014-03-05/2014-03-07).
          """#),
      ErrorExample(
        title: #"A mark within a date"#,
        explanation: #"A mark is of the whole date and stands at its end."#,
        #"""
        born(ona, 1870?-05).
        """#,
        mended: #"""
          born(ona, 1870-05?).
          """#),
      ErrorExample(
        title: #"An unknown digit as a small letter"#,
        explanation: #"An unknown digit is a capital `X`."#,
        #"""
        born(ona, 187x).
        """#,
        mended: #"""
          born(ona, 187X).
          """#),
      ErrorExample(
        title: #"A season that there is not"#,
        explanation: #"A year has the months 01 to 12, and 21 to 24 are its seasons."#,
        #"""
        born(ona, 1870-25).
        """#,
        mended: #"""
          born(ona, 1870-24).
          """#),
      ErrorExample(
        title: #"A year of five digits in a text"#,
        explanation: #"A year beyond 9999 begins with `Y`."#,
        #"""
        flooded(doggerland, date("-12000")).
        """#,
        mended: #"""
          flooded(doggerland, date("Y-12000")).
          """#),
      ErrorExample(
        title: #"A date as people write it"#,
        explanation: #"`date` reads dates as the language writes them. The help says how it writes this one."#,
        #"""
        born(ona, date("ca. 1870")).
        """#,
        mended: #"""
          born(ona, date("1870~")).
          """#)),
    ErrorEntry(
      .foreignDate, #"A date in another form"#,
      #"Dates are year-month-day. Other forms would be read as arithmetic."#,
      ErrorExample(
        #"""
        held_on(e, 14.02.2013).
        """#,
        mended: #"""
          held_on(e, 2013-02-14).
          """#),
      ErrorExample(
        title: #"A date with slashes"#,
        explanation: #"Dates are year-month-day."#,
        #"""
        held_on(e, 2013/02/14).
        """#,
        mended: #"""
          held_on(e, 2013-02-14).
          """#)),
    ErrorEntry(
      .noWord, #"A word that is neither number nor name"#,
      #"A name starts with a letter."#,
      ErrorExample(
        #"""
        p(3k).
        """#,
        mended: #"""
          p('3k').
          """#)),
    ErrorEntry(
      .emptyName, #"A name without a character"#,
      #"A name has at least one character."#,
      ErrorExample(
        #"""
        p('').
        """#,
        mended: #"""
          p('a').
          """#)),
    ErrorEntry(
      .namelessParameter, #"A parameter without a name"#,
      #"The name stands behind the `$`, without a space."#,
      ErrorExample(
        #"""
        p(1).
        ?- p($).
        """#,
        mended: #"""
          param n = 1.
          p(1).
          ?- p($n).
          """#)),
    ErrorEntry(
      .notUTF8, #"A text that is not UTF-8"#,
      #"Texts are UTF-8; `iconv` converts others."#,
      ErrorExample(
        #"""
        printf 'p("\xe0").' | tiltas run --no-graph -
        """#,
        mended: #"""
          printf 'p("\xc3\xa0").' | tiltas run --no-graph -
          """#)),
    ErrorEntry(
      .textTooLong, #"A text that is too long"#,
      #"A name or a text has at most 64 MiB."#,
      withoutExample: #"it would be 64 MiB long"#),
  ]
}
