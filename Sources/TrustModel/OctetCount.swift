/// A number of octets for people: in the largest unit that leaves at least one before the point.
public enum OctetCount {
  /// `512 B`, `1.5 KiB`, `256.0 MiB`.
  public static func text(_ count: some BinaryInteger) -> String {
    var value = Double(count)
    guard value >= 1024 else { return "\(count) B" }
    var unit = 0
    while value >= 1024, unit < 4 {
      value /= 1024
      unit += 1
    }
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) \(["", "KiB", "MiB", "GiB", "TiB"][unit])"
  }
}
