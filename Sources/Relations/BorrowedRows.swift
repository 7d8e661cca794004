/// One direction of a binary relation as it lies in memory of something else, such as a file that was read.
///
/// Whoever makes it has checked that the starts ascend from 0 within the numbers, and that the numbers of each row ascend.
public struct BorrowedRows {
  /// How the terms that have rows are known.
  public enum Form {
    /// There is a start for each term below the limit, and one more.
    case dense(limit: Int)
    /// There is a start for each of these terms, which ascend and have rows that are not empty, and one more.
    case listed(UnsafeBufferPointer<UInt32>)
  }

  public var form: Form
  public var starts: UnsafePointer<UInt32>
  public var numbers: UnsafePointer<UInt32>
  /// Keeps the memory as long as it lives.
  public var owner: AnyObject

  public init(
    form: Form, starts: UnsafePointer<UInt32>, numbers: UnsafePointer<UInt32>, owner: AnyObject
  ) {
    self.form = form
    self.starts = starts
    self.numbers = numbers
    self.owner = owner
  }
}
