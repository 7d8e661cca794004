import TestSupport
import Testing

@Suite("Screens of the documentation")
struct ScreenTests {
  private static let root = #filePath.components(separatedBy: "/Tests/")[0]

  @Test("the picture in the README and the page of the tour are what the program shows")
  func shown() throws {
    let result = try Program.shell(
      "'\(Self.root)/Documentation/make-screens' --check '\(Program.path)'", in: TemporaryFolder())
    #expect(result == Program.Result(status: 0, output: "", errors: ""))
  }
}
