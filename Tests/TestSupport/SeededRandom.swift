/// Random numbers that are the same for the same seed, in every run: SplitMix64.
///
/// Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
public struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The numbers of a seed.
  public init(_ seed: UInt64) { state = seed }

  /// The next number.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// Octets that were changed at random in one to `changes` places: set, removed, repeated, or altered by `other`.
  public mutating func change(
    _ octets: [UInt8], changes: Int, _ other: (inout [UInt8], Int, inout SeededRandom) -> Void
  ) -> [UInt8] {
    var octets = octets
    for _ in 0..<Int.random(in: 1...changes, using: &self) where octets.count > 2 {
      let place = Int.random(in: 0..<octets.count, using: &self)
      let end = min(octets.count, place + Int.random(in: 1...16, using: &self))
      switch Int.random(in: 0..<4, using: &self) {
      case 0: octets[place] = UInt8.random(in: 0...255, using: &self)
      case 1: octets.removeSubrange(place..<end)
      case 2: octets.insert(contentsOf: octets[place..<end], at: place)
      default: other(&octets, place, &self)
      }
    }
    return octets
  }
}
