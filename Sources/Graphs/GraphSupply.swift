/// A store from which parts of a graph come when they are first asked for.
///
/// What asks for a part can't fail. Where the store can't give it, the part stays empty and the store keeps the failure;
/// who hands out what was computed asks ``Graph/checkSupplies()`` first.
public protocol GraphSupply: AnyObject {
  /// Why a part that was asked for could not be given.
  var failure: (any Error)? { get }
}

extension Graph {
  /// Throws where a part of the graph that was asked for could not be read, so that nothing may be told that was computed
  /// from it, nor the graph be stored.
  public func checkSupplies() throws {
    if let supplyFailure { throw supplyFailure }
  }

  /// Why a part of the graph that was asked for could not be read.
  public var supplyFailure: (any Error)? { supplies.lazy.compactMap(\.failure).first }
}
