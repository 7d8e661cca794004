/// The comments within a statement, each given to the literal or pipe that it precedes or follows.
struct PlacedComments {
  /// For each piece the comments on lines of their own before it.
  private(set) var before: [[Comment]]
  /// For each piece the comment at its end.
  private(set) var behind: [Comment?]

  /// Whether any stands between the statement's first piece and its last.
  var areWithin: Bool { before.dropFirst().contains { !$0.isEmpty } || behind.dropLast().contains { $0 != nil } }

  init(_ comments: [Comment], among pieces: [Layout.Piece]) {
    before = Array(repeating: [], count: pieces.count)
    behind = Array(repeating: nil, count: pieces.count)
    // Pipes are printed in an order of their own; what follows what is told by the source.
    let order = pieces.indices.sorted { pieces[$0].range.lowerBound < pieces[$1].range.lowerBound }
    var rank = 0
    for comment in comments {
      let start = comment.range.lowerBound
      while rank + 1 < order.count, pieces[order[rank + 1]].range.lowerBound <= start { rank += 1 }
      let piece = order[rank]
      if start < pieces[piece].range.upperBound {
        before[piece].append(comment)
      } else if !comment.beginsLine, behind[piece] == nil {
        behind[piece] = comment
      } else {
        before[rank + 1 < order.count ? order[rank + 1] : piece].append(comment)
      }
    }
  }
}
