import Sessions
import Testing

/// The questions of `PlainQuestions.dl` have the answers that were read from the record by hand.
@Suite("Plain questions")
struct PlainQuestionTests {
  struct Question: Sendable, CustomTestStringConvertible {
    var asks: String
    var query: String
    var answer: [String]
    var testDescription: String { asks }
  }

  static let questions: [Question] = {
    var questions: [Question] = []
    var asks = ""
    for line in (try? ProjectFolder.lines("\(ProjectFolder.tests)/PlainQuestions.dl")) ?? [] {
      if line.hasPrefix("%= ") {
        questions[questions.count - 1].answer.append(String(line.dropFirst(3)))
      } else if line.hasPrefix("?- ") {
        questions.append(Question(asks: asks, query: line, answer: []))
      } else if line.hasPrefix("% ") {
        asks = String(line.dropFirst(2))
      }
    }
    return questions
  }()

  @Test("there are more than fifty, and each has an answer")
  func number() {
    #expect(Self.questions.count > 50)
    #expect(Self.questions.allSatisfy { !$0.answer.isEmpty })
  }

  @Test("a question in the words of the schema gets the whole answer", arguments: questions)
  func answer(_ question: Question) throws {
    let given = try ProjectFolder.session().query(question.query).lines
    #expect(given.first == question.answer.first)
    #expect(given.dropFirst().sorted() == question.answer.dropFirst().sorted())
  }
}
