/// What a document may cost and which numbers it may hold.
public struct JSONLimits: Sendable, Equatable {
  /// Which numbers are read.
  public enum Numbers: Sendable, Equatable {
    /// Integers within ±(2^53-1) alone; a fraction, an exponent, `-0` or a larger integer refuses the document. For
    /// whatever is signed: two readers must never see two values.
    case exactIntegers
    /// Every number of the grammar; one that is no such integer is kept as the text it was written in, never computed
    /// with. For free values that are only passed on, such as those of appc isolators.
    case anyNumber
  }

  /// The largest integer that every JSON reader holds exactly, 2^53-1, and with a minus sign the smallest.
  public static let integerLimit: Int64 = 9_007_199_254_740_991

  /// The longest document, in octets.
  public var octets: Int
  /// The deepest nesting of arrays and objects; `[]` alone is one deep.
  public var depth: Int
  /// Which numbers are read.
  public var numbers: Numbers

  /// Limits; the defaults are 16 MiB, 64 levels and exact integers alone.
  public init(octets: Int = 16 << 20, depth: Int = 64, numbers: Numbers = .exactIntegers) {
    (self.octets, self.depth, self.numbers) = (octets, depth, numbers)
  }
}
