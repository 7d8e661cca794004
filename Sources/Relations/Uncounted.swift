/// A strong reference whose object may be used without counting that it is, as inner loops do: the count is shared by all
/// threads, so that each change of it takes as long as a look-up does.
struct Uncounted<Object: AnyObject> {
  let object: Object
  private let reference: Unmanaged<Object>

  init(_ object: Object) {
    self.object = object
    reference = .passUnretained(object)
  }

  /// Gives the object to a function, during which what holds this reference must keep it.
  @inline(__always) func use<Result>(_ body: (Object) -> Result) -> Result {
    reference._withUnsafeGuaranteedRef(body)
  }
}

/// Several such references: to read one out of an array of ``Uncounted`` would count it.
struct UncountedList<Object: AnyObject> {
  let objects: [Object]
  private let references: [Unmanaged<Object>]

  init(_ objects: [Object]) {
    self.objects = objects
    references = objects.map { .passUnretained($0) }
  }

  var count: Int { references.count }
  var isEmpty: Bool { references.isEmpty }

  subscript(position: Int) -> Object { objects[position] }

  /// Gives an object to a function, during which what holds this list must keep it.
  @inline(__always) func use<Result>(_ position: Int, _ body: (Object) -> Result) -> Result {
    references[position]._withUnsafeGuaranteedRef(body)
  }
}
