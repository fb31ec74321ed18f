import CTerm
import Glibc

/// A server program that runs until its last owner is gone, also where that is a test process that was killed.
final class PeerService {
  private let process: Int32
  private let input: Int32

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - signal: what tells it to end.
  ///   - folder: what is removed after its end.
  convenience init(
    _ words: [String], environment: [String: String] = [:], endedBy signal: String = "TERM",
    removing folder: String = ""
  ) throws {
    // The shell ends the program when its own input ends, and asks again: what was not yet started has not listened.
    let script = """
      signal=$1; folder=$2; shift 2
      "$@" >/dev/null 2>&1 &
      program=$!
      read -r _
      while kill -s "$signal" "$program" 2>/dev/null; do sleep 0.05; done
      [ -z "$folder" ] || rm -rf "$folder"
      """
    try self.init(supervised: ["sh", "-c", script, "sh", signal, folder] + words, environment: environment)
  }

  /// Starts a program that ends by itself with its input.
  init(supervised words: [String], environment: [String: String] = [:]) throws {
    (process, input) = try SupervisedProcess.start(words, environment: environment)
  }

  deinit {
    close(input)
    _ = cterm_wait_child(process)
  }
}
