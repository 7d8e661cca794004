import CICU

/// Text with each run of combining marks in canonical order (Unicode Standard, definition D109), in linear time.
struct MarkOrder {
  private var units: [UInt16] = []
  /// The marks since the last starter, by combining class.
  private var run: [[Unicode.Scalar]] = Array(repeating: [], count: 256)
  private var isRunning = false

  /// Adds a scalar, as a mark or as a starter that ends a run of them.
  mutating func append(_ scalar: Unicode.Scalar, _ normalizer: OpaquePointer) {
    let combiningClass = tiltas_u_getCombiningClass(Int32(scalar.value))
    if combiningClass > 0 { return add(scalar, combiningClass) }
    // A few starters, such as U+0F73, are made of marks alone.
    if !tiltas_unorm2_hasBoundaryBefore(normalizer, Int32(scalar.value)),
      let marks = Self.marks(of: scalar, normalizer)
    {
      for (mark, combiningClass) in marks { add(mark, combiningClass) }
      return
    }
    endRun()
    units.append(contentsOf: UTF16.encode(scalar)!)
  }

  /// The text as UTF-16.
  mutating func finished() -> [UInt16] {
    endRun()
    return units
  }

  private mutating func add(_ mark: Unicode.Scalar, _ combiningClass: UInt8) {
    run[Int(combiningClass)].append(mark)
    isRunning = true
  }

  private mutating func endRun() {
    guard isRunning else { return }
    isRunning = false
    for place in run.indices where !run[place].isEmpty {
      for mark in run[place] { units.append(contentsOf: UTF16.encode(mark)!) }
      run[place].removeAll(keepingCapacity: true)
    }
  }

  /// The marks that a scalar is decomposed into; `nil` if one of them is a starter.
  private static func marks(
    of scalar: Unicode.Scalar, _ normalizer: OpaquePointer
  ) -> [(Unicode.Scalar, UInt8)]? {
    var status = U_ZERO_ERROR
    let units = [UInt16](unsafeUninitializedCapacity: 8) { buffer, count in
      count = Int(
        max(0, tiltas_unorm2_getDecomposition(normalizer, Int32(scalar.value), buffer.baseAddress, 8, &status)))
    }
    guard status.rawValue <= U_ZERO_ERROR.rawValue, !units.isEmpty else { return nil }
    let marks = String(decoding: units, as: UTF16.self).unicodeScalars.map {
      ($0, tiltas_u_getCombiningClass(Int32($0.value)))
    }
    return marks.allSatisfy { $0.1 > 0 } ? marks : nil
  }
}
