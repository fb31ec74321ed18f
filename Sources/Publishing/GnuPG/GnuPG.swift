internal import ChildPrograms
internal import DurableFiles
internal import Glibc
internal import TrustModel

/// A person's own GnuPG: the program, the home, and the key ring where it is not the usual one.
///
/// What it is asked for goes through arguments, which others on the machine can read: never a passphrase.
public struct GnuPG: Sendable {
  /// The program's file.
  public let program: String
  /// The home; nil for the person's own.
  public let home: String?
  /// A file of public keys in place of the home's; nil for that.
  public let keyring: String?

  /// The first gpg of `path`.
  public init(in path: String, home: String? = nil, keyring: String? = nil) throws(PublishingProblem) {
    guard let program = ChildProgram.find("gpg", in: path) ?? ChildProgram.find("gpg2", in: path) else {
      throw PublishingProblem(.failed, "there is no gpg in PATH: install GnuPG (Debian: apt install gnupg)")
    }
    (self.program, self.home, self.keyring) = (program, home, keyring)
  }

  private init(_ program: String, _ home: String?, _ keyring: String?) {
    (self.program, self.home, self.keyring) = (program, home, keyring)
  }

  /// The same with another key ring.
  public func with(keyring: String) -> GnuPG { GnuPG(program, home, keyring) }

  /// Makes the home where it is missing, for nobody else to read.
  public func makeHome() throws(PublishingProblem) {
    guard let home else { return }
    do throws(WriteError) {
      _ = try WritableDirectory.make(home)
    } catch {
      throw PublishingProblem(.failed, "\(error)")
    }
  }

  /// What gpg said.
  struct Answer {
    let isWell: Bool
    let output: [UInt8]
    let status: GnuPGStatus
    /// Its own words about what went wrong, safe to show.
    let complaint: String
  }

  /// Runs it; with a passphrase, nobody is asked for one.
  func run(
    _ words: [String], input: [UInt8]? = nil, passphrase: SecretOctets? = nil
  ) throws(PublishingProblem) -> Answer {
    let status = try StatusPipe()
    let secret = try passphrase.map { (octets) throws(PublishingProblem) in try PassphrasePipe(octets) }
    var arguments = ["--batch", "--no-tty", "--quiet", "--status-fd", "3"]
    if let home { arguments += ["--homedir", home] }
    if let keyring {
      // A name without a slash would be one in the home.
      arguments += ["--no-default-keyring", "--keyring", keyring.contains("/") ? keyring : "./" + keyring]
    }
    // Where the agent asks, should it have to.
    if unsafe getenv("GPG_TTY") == nil, let name = unsafe ttyname(0) {
      arguments += ["--ttyname", unsafe String(cString: name)]
    }
    if secret != nil { arguments += ["--pinentry-mode", "loopback", "--passphrase-fd", "4"] }
    var child = ChildProgram(program, arguments + words)
    child.descriptors = [3: status.writing]
    if let secret { child.descriptors[4] = secret.reading }
    let outcome: ChildProgram.Outcome
    do throws(ChildProgramError) {
      outcome = try child.collect(
        input: input, limit: PublishingLimits.gpgOutput, seconds: PublishingLimits.gpgSeconds)
    } catch {
      throw PublishingProblem(.failed, "\(error)")
    }
    withExtendedLifetime(secret) {}
    let complaint = outcome.errors.split(separator: UInt8(ascii: "\n")).map { VisibleText(octets: $0, limit: 400) }
    return Answer(
      isWell: outcome.end == .exited(0), output: outcome.output, status: GnuPGStatus(status.octets()),
      complaint: complaint.map(\.description).joined(separator: "; "))
  }
}
