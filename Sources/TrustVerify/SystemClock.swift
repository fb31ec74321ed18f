internal import Glibc
public import TrustModel

/// The one place where the time of day is read; everything else takes it as a parameter.
public enum SystemClock {
  /// The moment now, by the system's clock.
  public static var now: Timestamp { Timestamp(seconds: Int64(time(nil))) }
}
