import Terms

/// A value for each number, another one each time, of four kinds by turns.
func sampleValue(_ index: Int) -> Value {
  switch index % 4 {
  case 0: .name("entity_\(index)")
  case 1: .string("Klaipėda \(index)")
  case 2: .integer(Int64(index) * 1_000_003 - 50_000_000)
  default: .decimal(Double(index) + 0.5)
  }
}
