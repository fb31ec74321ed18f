public import Stores
internal import TrustModel

/// Why credentials could not be had; never with any of them inside.
public enum CredentialError: Error, Hashable, CustomStringConvertible {
  /// A file cannot be read.
  case store(StoreError)
  /// A file is not as docker writes it: where it lies, and what is wrong.
  case malformed(String, String)
  /// A variable of the environment is not as it should be.
  case variable(String, String)
  /// There is no such program: its name, and the file that names it.
  case helperMissing(String, file: String)
  /// The program could not be started, for this reason.
  case helperNotStarted(String, String)
  /// The program failed, with these words of its own, safe to show.
  case helperFailed(String, String)
  /// The program took longer than so many seconds.
  case helperSlow(String, seconds: Int)
  /// The program said what is no credential.
  case helperAnswer(String, String)
  /// With a sysroot no program is started: its name, and the file that names it.
  case helperElsewhere(String, file: String)

  /// One sentence.
  public var description: String {
    switch self {
    case .store(.symbolicLink(let path)):
      "\(VisibleText(path)) is a symbolic link, which is not followed: DOCKER_CONFIG=DIR names the real folder"
    case .store(let error): "\(error)"
    case .malformed(let file, let problem): "\(VisibleText(file)): \(problem)"
    case .variable(let name, let problem): "\(name) \(problem)"
    case .helperMissing(let name, let file):
      "there is no program \(VisibleText(name)), which \(VisibleText(file)) names: install it, or take it out of that file"
    case .helperNotStarted(let name, let problem): "\(VisibleText(name)) cannot be started: \(problem); install it anew"
    case .helperFailed(let name, let words): "\(VisibleText(name)) failed: \(words)"
    case .helperSlow(let name, let seconds): "\(VisibleText(name)) said nothing for \(seconds) seconds and was ended"
    case .helperAnswer(let name, let problem): "\(VisibleText(name)) \(problem)"
    case .helperElsewhere(let name, let file):
      "\(VisibleText(file)) names the program \(VisibleText(name)), and with --sysroot none is started: ask without --sysroot"
    }
  }
}
