public import ArgumentParser
internal import TrustModel

/// How far ahead the end of something is a finding.
public struct DiagnosisSpan: Sendable {
  /// In seconds.
  public let seconds: Int64

  /// Half a year, as docker and notary warn.
  public static let usual = DiagnosisSpan(days: 180)

  init(days: Int64) { seconds = days * 86_400 }

  /// The option that says so; nothing for the usual one.
  var option: [String] { seconds == Self.usual.seconds ? [] : ["--within", "\(seconds / 86_400)d"] }

  /// Reads a number with `d`, `w`, `m` (30 days) or `y` (365 days); at most a hundred years.
  @Sendable public init(argument text: String) throws {
    let units: [Character: Int64] = ["d": 1, "w": 7, "m": 30, "y": 365]
    guard let last = text.last, let unit = units[last], let count = Int64(text.dropLast()), count >= 0,
      text.dropLast().utf8.allSatisfy({ (0x30...0x39).contains($0) }), count <= 36_500 / unit
    else { throw ValidationError("--within takes a number of days, weeks, months or years: 90d, 12w, 6m, 1y") }
    self.init(days: count * unit)
  }

  /// The help text of the option.
  public static var help: ArgumentHelp {
    ArgumentHelp(
      "What ends within this time counts as ending: 90d, 12w, 6m, 1y; half a year by default.", valueName: "time")
  }
}
