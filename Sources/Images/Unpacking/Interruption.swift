internal import CUnpack

/// A wish to end this program, noted so that what it has made is taken away first.
public enum Interruption {
  /// From here on signals that ask this process to end are noted.
  public static func watch() { kr_note_interrupts() }

  /// Whether such a signal has come.
  public static var isNoted: Bool { kr_noted_interrupt() != 0 }

  /// Ends this process by the signal that has come, if one has.
  public static func follow() {
    let signal = kr_noted_interrupt()
    if signal != 0 { kr_end_by(signal) }
  }
}
