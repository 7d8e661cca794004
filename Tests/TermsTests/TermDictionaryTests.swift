import Testing

@testable import Terms

@Suite struct TermDictionaryTests {
  @Test("values are numbered from 0 in order of first appearance")
  func numbering() {
    let dictionary = TermDictionary()
    #expect(dictionary.intern(.name("a")) == Term(0))
    #expect(dictionary.intern(.string("a")) == Term(1))
    #expect(dictionary.intern(.integer(1)) == Term(2))
    #expect(dictionary.intern(.name("a")) == Term(0))
    #expect(dictionary.count == 3)
  }

  @Test("each kind of value comes back as it went in")
  func valuesComeBack() throws {
    let dictionary = TermDictionary()
    let date = try #require(DateSpan("2014-03-05/2014-03-07"))
    let values: [(Value, TermDictionary.Kind)] = [
      (.name("klaipeda"), .name), (.name(""), .name), (.string("klaipeda"), .string), (.string(""), .string),
      (.integer(.min), .integer), (.integer(0), .integer), (.decimal(0.5), .decimal), (.boolean(true), .boolean),
      (.boolean(false), .boolean), (.date(date), .date),
    ]
    for (value, kind) in values {
      #expect(dictionary.find(value) == nil)
      let term = dictionary.intern(value)
      #expect(dictionary.value(term) == value)
      #expect(dictionary.kind(of: term) == kind)
      #expect(dictionary.find(value) == term)
      // A name without letters is what a fact does not say, and no entity.
      #expect(dictionary.isName(term) == (kind == .name && value != .absent))
    }
    #expect(dictionary.count == values.count)
  }

  @Test("values of different kinds with the same bits are different terms")
  func kindsDiffer() {
    let dictionary = TermDictionary()
    let terms: [Value] = [
      .integer(1), .boolean(true), .date(DateSpan(bits: 1)), .decimal(.leastNonzeroMagnitude), .string("1"),
    ]
    #expect(Set(terms.map { dictionary.intern($0) }).count == 5)
  }

  @Test("a decimal that equals an integer is the integer's term")
  func integralDecimals() {
    let dictionary = TermDictionary()
    let one = dictionary.intern(.integer(1))
    #expect(dictionary.intern(.decimal(1.0)) == one)
    #expect(dictionary.find(.decimal(1.0)) == one)
    #expect(dictionary.intern(.decimal(-0.0)) == dictionary.intern(integer: 0))
    #expect(dictionary.integer(one) == 1)
    #expect(dictionary.integer(dictionary.intern(.decimal(1.5))) == nil)
  }

  @Test("text given by its bytes is the text given as a string")
  func bytesAndStrings() {
    let dictionary = TermDictionary()
    let term = dictionary.intern(.name("žemė"))
    Array("žemė".utf8).withUnsafeBufferPointer { bytes in
      #expect(dictionary.find(utf8: bytes, asName: true) == term)
      #expect(dictionary.find(utf8: bytes, asName: false) == nil)
      #expect(dictionary.intern(utf8: bytes, asName: true) == term)
      #expect(dictionary.intern(utf8: bytes, asName: false) == Term(1))
    }
  }

  @Test("the bytes of a text can be read in place, and a number has none")
  func bytesInPlace() {
    let dictionary = TermDictionary()
    let name = dictionary.intern(.name("žemė"))
    let number = dictionary.intern(.integer(7))
    #expect(dictionary.withUTF8(of: name) { Array($0) } == Array("žemė".utf8))
    #expect(dictionary.withUTF8(of: number) { $0.count } == 0)
  }

  @Test("texts that differ in one byte anywhere are different terms")
  func oneByteApart() {
    let dictionary = TermDictionary()
    for length in 1...40 {
      for position in 0..<length {
        var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: length)
        bytes[position] = UInt8(ascii: "b")
        _ = dictionary.intern(.string(String(decoding: bytes, as: UTF8.self)))
      }
    }
    #expect(dictionary.count == 820)
  }

  @Test("a hundred thousand terms of each kind are found again")
  func manyTerms() {
    let dictionary = TermDictionary()
    let count = 100_000
    for index in 0..<count {
      let term = dictionary.intern(sampleValue(index))
      if term != Term(UInt32(index)) { Issue.record("term \(index) is \(term.number)") }
    }
    #expect(dictionary.count == count)
    for index in 0..<count {
      let value = sampleValue(index)
      if dictionary.find(value) != Term(UInt32(index)) { Issue.record("\(value) is not found") }
      if dictionary.value(Term(UInt32(index))) != value { Issue.record("\(value) is changed") }
    }
    #expect(dictionary.find(.name("entity_\(count)")) == nil)
  }

  @Test("a dictionary that is well has nothing wrong with it")
  func invariants() {
    let dictionary = TermDictionary()
    for number in 0..<3000 { _ = dictionary.intern(number % 2 == 0 ? .integer(Int64(number)) : .string("s\(number)")) }
    #expect(dictionary.checkInvariants() == nil)
  }
}
