/// Dates as archives, museums and spreadsheets write them, and what they are read as: EDTF, several readings with `or` between
/// them, `undated`, or `no:` and a part of the reason.
enum WrittenDateTable {
  static let rows: [(text: String, reading: String)] = table.split(separator: "\n").map { line in
    let parts = line.split(separator: "\t").map(String.init)
    return (parts[0], parts[parts.count - 1])
  }

  private static let table = """
    1870\t1870
    1870-05-14\t1870-05-14
    1870~\t1870~
    1870/1875\t1870/1875
    \u{20}1870\u{20}\t1870
    ca. 1870\t1870~
    Ca 1870\t1870~
    c. 1870\t1870~
    c1870\t1870~
    C. 1485\t1485~
    cca 1870\t1870~
    circa 1870\t1870~
    circa 1975 August\t1975-08~
    about 1870\t1870~
    approximately 1925\t1925~
    apie 1870\t1870~
    apie 1870 m.\t1870~
    maždaug 1870 m. gegužė\t1870-05~
    около 1870\t1870~
    ок. 1870 г.\t1870~
    um 1870\t1870~
    etwa 1870\t1870~
    gegen Mai 1870\t1870-05~
    około 1870\t1870~
    ok. 1870 r.\t1870~
    1870 (circa)\t1870~
    [1871?]\t1871?
    [1871]\t1871
    1871 ?\t1871?
    1871(?)\t1871?
    [ca. 1871?]\t1871%
    probably 1867\t1867?
    1867, probably\t1867?
    galbūt 1870 m.\t1870?
    вероятно, 1870 г.\t1870?
    vermutlich 1870\t1870?
    prawdopodobnie 1870\t1870?
    ca. 1870 (?)\t1870%
    14 Feb 2013?\t2013-02-14?
    [187-]\t187X
    [187-?]\t187X?
    [18--]\t18XX
    18--?\t18XX?
    1870s\t187X
    the 1870s\t187X
    1870's\t187X
    ca. 1870s\t187X~
    1870-ieji\t187X
    1870-ųjų\t187X
    1870-е\t187X
    1870-е гг.\t187X
    1870er\t187X
    1870er Jahre\t187X
    lata 1870.\t187X
    70-е годы XIX века\t187X
    lata 70. XIX w.\t187X
    XIX a. 8-asis dešimtmetis\t187X
    1800s\t180X or 18XX
    1900s\t190X or 19XX
    early 1870s\t1870~/1872~
    mid-1870s\t1873~/1875~
    late 1870s\t1876~/1879~
    XIX a.\t18XX
    XIX amžius\t18XX
    19 a.\t18XX
    XIX в.\t18XX
    ХІХ в.\t18XX
    19-й век\t18XX
    19th c.\t18XX
    19th century\t18XX
    19th cent.\t18XX
    21st century\t20XX
    19. Jh.\t18XX
    19. Jahrhundert\t18XX
    XIX w.\t18XX
    XIX wiek\t18XX
    ca. 19th century\t18XX~
    19th c.?\t18XX?
    XVIII–XIX a.\t17XX/18XX
    18th–19th c.\t17XX/18XX
    5th century BC\t-04XX
    V a. pr. Kr.\t-04XX
    early 19th century\t1801~/1833~
    beginning of the 19th c.\t1801~/1833~
    XIX a. pradžia\t1801~/1833~
    XIX a. vidurys\t1834~/1866~
    XIX a. pab.\t1867~/1900~
    late 19th century\t1867~/1900~
    конец XIX в.\t1867~/1900~
    Anfang 19. Jh.\t1801~/1833~
    Ende des 19. Jahrhunderts\t1867~/1900~
    koniec XIX w.\t1867~/1900~
    XIX a. pirmoji pusė\t1801/1850
    XIX a. antroji pusė\t1851/1900
    XIX a. II pusė\t1851/1900
    2nd half of the 19th century\t1851/1900
    первая половина XIX в.\t1801/1850
    2. Hälfte 19. Jh.\t1851/1900
    1 poł. XIX w.\t1801/1850
    last quarter of the 19th c.\t1876/1900
    XIX a. 4-asis ketv.\t1876/1900
    before 1870\t/1869
    prieš 1870\t/1869
    prieš 1870 m.\t/1869
    vor 1870\t/1869
    przed 1870\t/1869
    before May 1870\t/1870-04
    before 1 March 1871\t/1871-02-28
    before 1870s\t/1869-12-31
    before ca. 1870\t/1870~
    until 1870\t/1870
    iki 1870\t/1870
    до 1870\t/1870
    bis 1870\t/1870
    [not after 21 August 1492]\t/1492-08-21
    не позднее 1870 г.\t/1870
    after 1870\t1871/
    po 1870 m.\t1871/
    после 1870 г.\t1871/
    nach 1870\t1871/
    after 1867 January 5\t1867-01-06/
    after 31 December 1870\t1871-01-01/
    not before 1870\t1870/
    since 1870\t1870/..
    nuo 1870 m.\t1870/..
    seit 1870\t1870/..
    1870–1875\t1870/1875
    1870-1875\t1870/1875
    1870 - 1875\t1870/1875
    1870—1875 гг.\t1870/1875
    1870–75\t1870/1875
    1870-75\t1870/1875
    1912-13\t1912/1913
    1901/02\t1901/1902
    1872 to 1888\t1872/1888
    from 1940 to 1960\t1940/1960
    nuo 1870 iki 1875\t1870/1875
    nuo 1870 m. iki 1875 m.\t1870/1875
    с 1870 по 1875\t1870/1875
    von 1870 bis 1875\t1870/1875
    od 1870 do 1875\t1870/1875
    between 1870 and 1875\t1870/1875
    [between 1906 and 1912]\t1906/1912
    tarp 1870 ir 1875\t1870/1875
    между 1870 и 1875\t1870/1875
    zwischen 1870 und 1875\t1870/1875
    między 1870 a 1875\t1870/1875
    1892 or 1893\t1892/1893
    [1871 arba 1872]\t1871/1872
    circa 1952-1978\t1952~/1978~
    ca. 1870–ca. 1875\t1870~/1875~
    1870?–1875\t1870?/1875
    1870-1875?\t1870/1875?
    1870–\t1870/..
    1870–present\t1870/..
    –1875\t/1875
    1870s–1880s\t187X/188X
    May–June 1870\t1870-05/1870-06
    1870 m. gegužė–birželis\t1870-05/1870-06
    spring–autumn 1870\t1870-21/1870-23
    14–16 Feb 2013\t2013-02-14/2013-02-16
    2014 July 12-14\t2014-07-12/2014-07-14
    2007 August 12 - October 31\t2007-08-12/2007-10-31
    2009 April 5 - 2010 May 1\t2009-04-05/2010-05-01
    1867 January 5-1867 February 2\t1867-01-05/1867-02-02
    2013 m. vasario 14–16 d.\t2013-02-14/2013-02-16
    14.02.2013–16.02.2013\t2013-02-14/2013-02-16
    14.–16. Februar 2013\t2013-02-14/2013-02-16
    2009 September-2010 February\t2009-09/2010-02
    spring 1870\t1870-21
    Spring of 1870\t1870-21
    2015 Fall\t2015-23
    1870 m. pavasaris\t1870-21
    1870 m. vasara\t1870-22
    весна 1870 г.\t1870-21
    Herbst 1870\t1870-23
    zima 1870\t1870-24
    winter 1870/71\t1870-24
    1921-24\t1921-24 or 1921/1924
    1870-21\t1870-21
    May 1870\t1870-05
    1870 May\t1870-05
    Sept. 1870\t1870-09
    1870 m. gegužė\t1870-05
    1870 m. gegužės mėn.\t1870-05
    май 1870 г.\t1870-05
    в мае 1870 года\t1870-05
    März 1870\t1870-03
    maj 1870\t1870-05
    05.1870\t1870-05
    5/1870\t1870-05
    V.1870\t1870-05
    1870.05\t1870-05
    1910–12\t1910/1912
    1905/11\t1905/1911 or 1905-11
    14 Feb 2013\t2013-02-14
    14 February 2013\t2013-02-14
    14th February, 2013\t2013-02-14
    Feb. 14, 2013\t2013-02-14
    February 14th 2013\t2013-02-14
    2018 January 1\t2018-01-01
    Thursday, 14 February 2013\t2013-02-14
    2013 m. vasario 14 d.\t2013-02-14
    2013 m. vasario mėn. 14 d.\t2013-02-14
    2013 vasario 14\t2013-02-14
    2013 m. vasario 14 d., ketvirtadienis\t2013-02-14
    1870 m. balandžio 3 d.\t1870-04-03
    14 февраля 2013 г.\t2013-02-14
    14-го февраля 2013 года\t2013-02-14
    14. Februar 2013\t2013-02-14
    den 14. Februar 2013\t2013-02-14
    14 lutego 2013 r.\t2013-02-14
    dnia 14 lutego 2013 roku\t2013-02-14
    14.02.2013\t2013-02-14
    14. 2. 2013\t2013-02-14
    14.02.2013 г.\t2013-02-14
    1.2.2013\t2013-02-01
    14/02/2013\t2013-02-14
    02/14/2013\t2013-02-14
    02/03/2013\t2013-03-02 or 2013-02-03
    03/03/2013\t2013-03-03
    14-02-2013\t2013-02-14
    2013.02.14\t2013-02-14
    2013 02 14\t2013-02-14
    2013/2/14\t2013-02-14
    2013-2-14\t2013-02-14
    14.II.2013\t2013-02-14
    14 II 2013\t2013-02-14
    2013-02-14 00:00:00\t2013-02-14
    2013-02-14T00:00:00Z\t2013-02-14
    44 BC\t-0043
    44 m. pr. Kr.\t-0043
    44 до н. э.\t-0043
    44 v. Chr.\t-0043
    15 March 44 BC\t-0043-03-15
    AD 79\t0079
    79 n. e.\t0079
    n.d.\tundated
    s. d.\tundated
    undated\tundated
    be datos\tundated
    б. д.\tundated
    б/д\tundated
    o. J.\tundated
    bez daty\tundated
    ?\tundated
    —\tundated
    2013-02-30\tno: February 2013 has 28 days
    30.02.2013\tno: February 2013 has 28 days
    31 April 1870\tno: April 1870 has 30 days
    32.01.2013\tno: January 2013 has 31 days
    14.13.2013\tno: there is no month 13
    14.02.13\tno: the century of the year is missing
    14 Feb 13\tno: the century of the year is missing
    Feb 14\tno: the year is missing
    May\tno: the year is missing
    187\tno: a year has four digits
    1875–1870\tno: the interval ends before it begins
    1903, 1950-1955\tno: it has several dates
    1871; 1872\tno: it has several dates
    2 (14) февраля 1870\tno: a second date in parentheses
    2013-02-14 10:30\tno: a date has no time of day
    1540±9\tno: not known
    soon\tno: not known
    Vilnius\tno: not known
    12 letters\tno: not known
    1870 Vilnius\tno: not known
    the reign of Alexander II\tno: not known
    1234567\tno: a year has four digits
    """
}
