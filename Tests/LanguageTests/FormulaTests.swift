import Testing

/// The body of the rule `p(X) :- body.`
private func body(_ text: String) -> String {
  let statements = parsed("p(X) :- \(text).")
  return statements.count == 1 && statements[0].hasPrefix("p(?X) :- ")
    ? String(statements[0].dropFirst("p(?X) :- ".count)) : "\(statements)"
}

@Suite("Bodies")
struct FormulaTests {
  @Test("`,` binds tighter than `;`, and parentheses group")
  func precedence() {
    #expect(body("a(X), b(X) ; c(X)") == "[or [and a(?X) b(?X)] c(?X)]")
    #expect(body("a(X), (b(X) ; c(X))") == "[and a(?X) [or b(?X) c(?X)]]")
    #expect(body("(a(X), b(X)), c(X)") == "[and a(?X) b(?X) c(?X)]")
    #expect(body("((a(X)))") == "a(?X)")
  }

  @Test("`not` negates the literal or the group behind it")
  func negation() {
    #expect(body("a(X), not b(X), c(X)") == "[and a(?X) [not b(?X)] c(?X)]")
    #expect(
      body("not (a(X), b(X)), not(c(X)), not not d(X)") == "[and [not [and a(?X) b(?X)]] [not c(?X)] [not [not d(?X)]]]"
    )
    #expect(body("not X = 1") == "[not [= ?X 1]]")
  }

  @Test("each comparison has its sign")
  func comparisons() {
    #expect(
      body("X = 1, X != 1, X < 1, X <= 1, X > 1, X >= 1")
        == "[and [= ?X 1] [!= ?X 1] [< ?X 1] [<= ?X 1] [> ?X 1] [>= ?X 1]]")
    #expect(body("X<-1") == "[< ?X -1]")
  }

  @Test("`~` compares with names")
  func similarity() {
    #expect(body(#"X ~ "jarosuk", X ~ $name"#) == "[and [~ ?X \"jarosuk\"] [~ ?X $name]]")
  }

  @Test("products bind tighter than sums, and both associate to the left")
  func arithmetic() {
    #expect(body("X = 1 + 2 * 3 - 4 / 5 mod 6") == "[= ?X [- [+ 1 [* 2 3]] [mod [/ 4 5] 6]]]")
    #expect(body("X = A - B - C") == "[= ?X [- [- ?A ?B] ?C]]")
    #expect(body("X = A-1") == "[= ?X [- ?A 1]]")
    #expect(body("X = -A + -(B) - -1") == "[= ?X [- [+ [neg ?A] [neg ?B]] -1]]")
    #expect(body(#"X = A ++ "b" ++ C"#) == "[= ?X [++ [++ ?A \"b\"] ?C]]")
  }

  @Test("parentheses at the beginning of a literal may hold an expression")
  func leadingParentheses() {
    #expect(body("(A + 1) * 2 = X") == "[= [* [+ ?A 1] 2] ?X]")
    #expect(body("((A) = X), (length(A)) > 3") == "[and [= ?A ?X] [> length(?A) 3]]")
  }

  @Test("functions stand in expressions, and tests as literals")
  func calls() {
    #expect(
      body(#"length(lower(A)) > min(1, B), contains(A, "x"), next(N + 1, X)"#)
        == "[and [> length(lower(?A)) min(1, ?B)] contains(?A, \"x\") next([+ ?N 1], ?X)]")
  }

  @Test("annotations match in a body, on atoms and paths")
  func annotations() {
    #expect(
      body("holds(P, O) @ {from: F}, (a | b)+(X, Y) @ {line: 3}")
        == "[and holds(?P, ?O)@{from: ?F} path[(a|b)+](?X, ?Y)@{line: 3}]")
  }

  @Test("aggregates have columns and a body, and nest")
  func aggregates() {
    #expect(body("N = count{ Q : partner(X, Q) }") == "[= ?N count{?Q : partner(?X, ?Q)}]")
    #expect(
      body("N = sum{ A * 2, P : q(P, A), M = max{ B : r(B, P) }, M > 3 } + 1")
        == "[= ?N [+ sum{[* ?A 2], ?P : [and q(?P, ?A) [= ?M max{?B : r(?B, ?P)}] [> ?M 3]]} 1]]")
    #expect(
      body("min {A : q(A)} < avg{A : q(A)}, L = list{N : label(X, N)}")
        == "[and [< min{?A : q(?A)} avg{?A : q(?A)}] [= ?L list{?N : label(?X, ?N)}]]")
  }

  @Test("paths repeat, go backwards and choose")
  func paths() {
    #expect(body("part_of+(A, B)") == "path[part_of+](?A, ?B)")
    #expect(body("part_of*(A, 'b c')") == "path[part_of*](?A, b c)")
    #expect(body("'part of' + (A, B)") == "path[part of+](?A, ?B)")
    #expect(body("^partner(P, Org)") == "path[^partner](?P, ?Org)")
    #expect(body("^partner+(P, Org), ^^a(X, Y)") == "[and path[^partner+](?P, ?Org) path[^^a](?X, ?Y)]")
    #expect(body("(attended | ^attended)+(A, B)") == "path[(attended|^attended)+](?A, ?B)")
    #expect(body("(a | (b | ^c)*)(A, B)") == "path[(a|(b|^c)*)](?A, ?B)")
    #expect(body("not (a)+(A, B)") == "[not path[a+](?A, ?B)]")
  }

  @Test("a relation in parentheses is that relation")
  func plainPath() {
    #expect(body("(a)(A, B)") == "a(?A, ?B)")
  }

  @Test("`distance` counts the steps of a path")
  func distance() {
    #expect(
      body("D = distance{ attended | ^attended : A -> B }") == "[= ?D distance{(attended|^attended) : ?A -> ?B}]")
    #expect(body("distance{ a+ : klaipeda -> X } < 3") == "[< distance{a+ : klaipeda -> ?X} 3]")
  }
}
