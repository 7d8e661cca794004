import Terms
import TestSupport
import Testing

@testable import Language

@Suite(.tellsSeed) struct WrittenDateTests {
  @Test("dates are read as archives write them", arguments: WrittenDateTable.rows)
  func table(text: String, reading: String) {
    switch WrittenDate.read(text) {
    case .date(let date, _): #expect(date.description == reading, "\(text)")
    case .ambiguous(let dates):
      #expect(dates.map(\.description).joined(separator: " or ") == reading, "\(text)")
    case .undated: #expect(reading == "undated", "\(text)")
    case .unread(let reason):
      let expected = reading.hasPrefix("no: ") ? reading.dropFirst(4) : "a reading"
      #expect(reason.contains(expected), "\(text)")
    }
  }

  @Test("the table has some two hundred and fifty texts")
  func size() { #expect(WrittenDateTable.rows.count >= 230) }

  @Test("the order of numbers may be told, and what it does not allow is refused")
  func order() {
    func reading(_ text: String, _ order: String) -> String {
      switch WrittenDate.read(text, order: WrittenDate.Order(order)) {
      case .date(let date, let form): "\(date) \(form.rawValue)"
      case .unread(let reason): reason
      default: "ambiguous"
      }
    }
    #expect(reading("02/03/2013", "m/d/y") == "2013-02-03 m/d/y")
    #expect(reading("02/03/2013", "d/m/y") == "2013-03-02 d.m.y")
    #expect(reading("2.3.2013", "d.m.y") == "2013-03-02 d.m.y")
    #expect(reading("14/02/2013", "m/d/y") == "there is no month 14: it seems to be d/m/y")
    #expect(reading("02/14/2013", "d.m.y") == "there is no month 14: it seems to be m/d/y")
    #expect(reading("14.02.2013", "y-m-d") == "the year stands at the end, and not first")
    #expect(reading("2013-02-14", "m/d/y") == "2013-02-14 EDTF")
    #expect(WrittenDate.Order("d.m.y") == .dayFirst && WrittenDate.Order("M-D-Y") == .monthFirst)
    #expect(WrittenDate.Order("m.y") == nil && WrittenDate.Order("") == nil)
  }

  @Test("a column is counted by how its dates are written")
  func tally() {
    var tally = DateTally()
    for text in ["14.02.2013", "15.02.2013", "1870 m.", "n.d.", "soon", "soon", "02/03/2013", "ca. 1870", "16.2.2013"] {
      tally.add(text, WrittenDate.read(text))
    }
    #expect(tally.summary == "3 read as d.m.y, 2 as years, 1 undated, 3 not")
    #expect(tally.refusedCount == 3 && tally.ambiguousCount == 1)
    #expect(
      tally.refused.map { "\($0.text): \($0.count) \($0.reason)" } == [
        "soon: 2 this is not known as a way to write a date", "02/03/2013: 1 it may be 2013-03-02 or 2013-02-03",
      ])
    #expect(DateTally().summary == "no dates")
  }

  @Test("any text is read, refused or undated, and what is read is a date that reads back")
  func fuzz() {
    var random = SplitMix64(usually: 4)
    let pieces =
      WrittenDateTable.rows.flatMap { $0.text.split(separator: " ").map(String.init) } + [
        "–", "-", "/", "(", ")", "99", "é", "\u{0}",
      ]
    for _ in 0..<5_000 {
      let text = (0..<Int.random(in: 1...6, using: &random)).map { _ in pieces.randomElement(using: &random)! }
        .joined(separator: Bool.random(using: &random) ? " " : "")
      if case .date(let date, _) = WrittenDate.read(text) {
        #expect(DateSpan(date.description) == date, "\(text)")
      }
    }
    for text in [
      "", " ", String(repeating: "1870 ", count: 30_000), String(repeating: "–", count: 100), "1870–1871–1872",
    ] {
      _ = WrittenDate.read(text)
    }
  }

  @Test("help says how the language writes what a text means")
  func help() {
    #expect(WrittenDate.help("ca. 1870") == "write `1870~`")
    #expect(WrittenDate.help("14.02.2013") == "write `2013-02-14`")
    #expect(WrittenDate.help("02/03/2013") == "write `2013-03-02` or `2013-02-03`")
    #expect(WrittenDate.help("30.02.2013") == "February 2013 has 28 days")
    #expect(WrittenDate.help("soon") == nil)
    #expect(WrittenDate.help("n.d.") == nil)
  }
}
