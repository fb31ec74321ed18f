public import TrustModel

/// The moments that made keys and signatures are dated with; `now` is what tests judge at.
///
/// They stay on the same side of each other whether a program under test uses `now` or the clock of the machine.
public enum Moment {
  /// 2018-01-01: before any key was made.
  public static let beforeKeys = Timestamp(seconds: 1_514_764_800)
  /// 2020-01-01: when keys are made.
  public static let keyMade = Timestamp(seconds: 1_577_836_800)
  /// 2021-01-01: when what ends early has ended.
  public static let earlyEnd = Timestamp(seconds: 1_609_459_200)
  /// 2024-01-01: when signatures are made.
  public static let signed = Timestamp(seconds: 1_704_067_200)
  /// 2025-01-01: when what ended after the signature was made has ended.
  public static let lateEnd = Timestamp(seconds: 1_735_689_600)
  /// 2026-01-15: when everything is judged.
  public static let now = Timestamp(seconds: 1_768_435_200)
  /// 2035-01-01: what nothing may be dated with yet.
  public static let future = Timestamp(seconds: 2_051_222_400)
}
