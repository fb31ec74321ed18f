/// An amount as the isolators of an image state it: digits, perhaps a fraction, and a unit.
///
/// Source: appc image specification, "resource isolators": `128Mi`, `1G`, `500m`, `2`, `1.5`, `1e3`.
public struct Quantity: Sendable, Equatable {
  /// Thousandths.
  public let thousandths: Int64

  /// Whole units, rounded up.
  public var whole: Int64 { thousandths / 1000 + (thousandths % 1000 > 0 ? 1 : 0) }

  private static let units: [(String, UInt64)] = [
    ("Ki", 1 << 10), ("Mi", 1 << 20), ("Gi", 1 << 30), ("Ti", 1 << 40), ("Pi", 1 << 50),
    ("k", 1_000), ("K", 1_000), ("M", 1_000_000), ("G", 1_000_000_000), ("T", 1_000_000_000_000),
    ("P", 1_000_000_000_000_000),
  ]

  /// Reads an amount; nil where it is none, is zero, or is beyond all measure.
  public init?(_ text: String) {
    var number = Substring(text)
    var scale: UInt64 = 1000
    if let unit = Self.units.first(where: { text.hasSuffix($0.0) }) {
      number = number.dropLast(unit.0.count)
      let (scaled, overflow) = unit.1.multipliedReportingOverflow(by: 1000)
      guard !overflow else { return nil }
      scale = scaled
    } else if text.hasSuffix("m") {
      number = number.dropLast()
      scale = 1
    }
    let power = number.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
    if power.count == 2 {
      guard let exponent = Int(power[1]), (0...15).contains(exponent) else { return nil }
      for _ in 0..<exponent {
        guard scale <= UInt64.max / 10 else { return nil }
        scale *= 10
      }
    }
    guard let value = Self.value(power[0], scale) else { return nil }
    thousandths = value
  }

  /// A decimal number times `scale`.
  private static func value(_ text: Substring, _ scale: UInt64) -> Int64? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? parts[1] : ""
    guard let whole = parts.first, !whole.isEmpty, whole.utf8.count + fraction.utf8.count <= 18,
      parts.count == 1 || !fraction.isEmpty,
      (whole + fraction).utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      var digits = UInt64(whole + fraction)
    else { return nil }
    var scale = scale
    for _ in fraction.utf8 { if scale % 10 == 0 { scale /= 10 } else { digits /= 10 } }
    let (product, overflow) = digits.multipliedReportingOverflow(by: scale)
    guard !overflow, product > 0, product <= UInt64(Int64.max) else { return nil }
    return Int64(product)
  }
}
