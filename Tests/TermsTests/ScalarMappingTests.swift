import Testing

@testable import Terms

@Suite struct ScalarMappingTests {
  private static let scalars = (0...0x10FFFF).compactMap { Unicode.Scalar($0 as UInt32) }

  private static func mapped(_ text: String, _ mapping: ScalarMapping) -> [UInt8] {
    var result: [UInt8] = []
    Array(text.utf8).withUnsafeBufferPointer { mapping.append($0, to: &result) }
    return result
  }

  @Test("each scalar of Unicode becomes what the library's lower and upper case make of it, and folding of its own")
  func eachScalar() {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: Self.scalars)
    let all = String(text)
    #expect(Self.mapped(all, .lower) == Array(all.lowercased().utf8))
    #expect(Self.mapped(all, .upper) == Array(all.uppercased().utf8))
    #expect(Self.mapped(all, .folded) == Array(Text.fold(all).utf8))
  }

  @Test("a capital sigma at the end of a word becomes the final one, alone and elsewhere the other")
  func finalSigma() {
    #expect(Self.mapped("ΟΔΟΣ", .lower) == Array("οδος".utf8))
    #expect(Self.mapped("ΣΑΣ, ΣΑΣ. Σ", .lower) == Array("σας, σας. σ".utf8))
    #expect(Self.mapped("ΑΣ\u{301} İSTANBUL ı", .lower) == Array("ας\u{301} i\u{307}stanbul ı".utf8))
  }

  @Test("what a text becomes stands behind the bytes that there are")
  func appends() {
    var result = Array("a: ".utf8)
    Array("ŽEMĖ İ ΐ".utf8).withUnsafeBufferPointer { ScalarMapping.lower.append($0, to: &result) }
    #expect(result == Array("a: žemė i\u{307} ΐ".utf8))
  }

  @Test("letters of one scalar become several")
  func grows() {
    #expect(Self.mapped("Straße ŉ ΐ", .upper) == Array("STRASSE \u{2BC}N \u{399}\u{308}\u{301}".utf8))
    #expect(Self.mapped("Straße ﬁ", .folded) == Array("strasse fi".utf8))
  }
}
