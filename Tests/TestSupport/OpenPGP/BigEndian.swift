extension [UInt8] {
  /// The number in that many octets, most significant first.
  init(bigEndian value: Int64, octets: Int) {
    self = (0..<octets).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// A multi-precision integer: its length in bits, then the magnitude without leading zeros.
  ///
  /// Source: RFC 4880, 3.2.
  public static func mpi(_ magnitude: some Sequence<UInt8>) -> [UInt8] {
    let digits = Array(magnitude.drop { $0 == 0 })
    guard let first = digits.first else { return [0, 0] }
    let bits = digits.count * 8 - first.leadingZeroBitCount
    return Array(bigEndian: Int64(bits), octets: 2) + digits
  }
}
