import Testing

@Suite("Statements")
struct StatementTests {
  @Test("a type may have several supertypes")
  func types() {
    #expect(
      parsed("type person. type municipality : organisation. type hall : venue, 'old house'.") == [
        "type person", "type municipality :organisation", "type hall :venue :old house",
      ])
  }

  @Test("a relation declares for each position the types that it takes")
  func relations() {
    #expect(
      parsed("relation attended(person or organisation, event). relation QAflies(any). relation now().") == [
        "relation attended(person|organisation, event)", "relation QAflies(any)", "relation now()",
      ])
  }

  @Test("the columns of a relation may have names, which may begin with a capital or stand in quotes")
  func columns() {
    #expect(
      parsed("relation letter(id: string, Sender :person or office, date, 'sent on': date).") == [
        "relation letter(id: string, Sender: person|office, date, sent on: date)"
      ])
    #expect(
      parsed("letter(\"7\", Sender: ann). ?- letter(I, 'sent on':D /* when */, Sender : S), not letter(id:I).") == [
        "letter(\"7\", Sender: ann)", "?- [and letter(?I, sent on: ?D, Sender: ?S) [not letter(id: ?I)]]",
      ])
  }

  @Test("`add` and `remove` have heads, and a body perhaps")
  func updates() {
    #expect(
      parsed("add sent(P, L) @ {line: N}, seen(L) :- letters(P, L, N). remove note(X, _). add p(a).") == [
        "add sent(?P, ?L)@{line: ?N} & seen(?L) :- letters(?P, ?L, ?N)", "remove note(?X, ?_)", "add p(a)",
      ])
  }

  @Test("a fact may carry annotations")
  func facts() {
    #expect(
      parsed("holds(jarosuk, mayor) @ {from: 2010-06-08, line: 6, 'read by': \"me\"}. p('A b').") == [
        "holds(jarosuk, mayor)@{from: 2010-06-08, line: 6, read by: \"me\"}", "p(A b)",
      ])
  }

  @Test("annotations without a fact hold for those that follow")
  func defaults() {
    #expect(parsed("@ {source: report, line: 19}.") == ["defaults@{source: report, line: 19}"])
  }

  @Test("`:-` with a negative value behind a key is no rule")
  func negativeAnnotation() {
    #expect(parsed("p(a) @ {height:-5}.") == ["p(a)@{height: -5}"])
  }

  @Test("a relation starts with any letter where `(` follows")
  func upperRelations() {
    #expect(
      parsed("QAflies(a, b). Žydi(c). p(X) :- QAflies(X, _), ^QAflies(X, Y).") == [
        "QAflies(a, b)", "Žydi(c)", "p(?X) :- [and QAflies(?X, ?_) path[^QAflies](?X, ?Y)]",
      ])
  }

  @Test("a rule has a head and a body")
  func rules() {
    #expect(
      parsed("colleague(A, B) :- holds(A, O), office_at(O, Org), A != B. sum_of(A, B, A + B) :- pair(A, B).") == [
        "colleague(?A, ?B) :- [and holds(?A, ?O) office_at(?O, ?Org) [!= ?A ?B]]",
        "sum_of(?A, ?B, [+ ?A ?B]) :- pair(?A, ?B)",
      ])
  }

  @Test("a query's pipes stand in any order")
  func queries() {
    #expect(
      parsed("?- p(X, Y) | limit 10 | order by X desc, Y asc, X | offset $n | select Y, X. ?- q(X).") == [
        "?- p(?X, ?Y) | select Y, X | order X↓, Y↑, X↑ | limit 10 | offset $n", "?- q(?X)",
      ])
  }

  @Test("a parameter has a constant and a description")
  func parameters() {
    #expect(
      parsed(#"param min = 2 "at least this many projects". param who = klaipeda. param low = -1.5."#) == [
        "param min 2 \"at least this many projects\"", "param who klaipeda", "param low -1.5",
      ])
  }

  @Test("files are included and imported by their path")
  func files() {
    #expect(
      parsed(#"include "rules/people.dl". import edge "edge.tsv". import 'Big Edge' "b.csv"."#) == [
        "include \"rules/people.dl\"", "import edge \"edge.tsv\"", "import Big Edge \"b.csv\"",
      ])
  }

  @Test("a constraint describes what must not be")
  func constraints() {
    #expect(
      parsed(#"constraint "an event has a date" :- event(E), not held_on(E, _)."#) == [
        "constraint \"an event has a date\" [and event(?E) [not held_on(?E, ?_)]]"
      ])
  }

  @Test("the words of declarations are relations too where `(` follows at once")
  func keywordsAsRelations() {
    #expect(
      parsed("type(a). relation(a, b). include(c). p(X) :- type(X), X = type, count(X).") == [
        "type(a)", "relation(a, b)", "include(c)", "p(?X) :- [and type(?X) [= ?X type] count(?X)]",
      ])
  }

  @Test("`?why` asks for the reasons of a fact or of its absence")
  func why() {
    #expect(parsed("?why p(a). ?why not p(a, X).") == ["why p(a)", "why not p(a, ?X)"])
  }
}
