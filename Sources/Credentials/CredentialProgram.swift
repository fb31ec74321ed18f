internal import CCredential
internal import Fetch
internal import Glibc
internal import TrustModel

/// `docker-credential-NAME`: a program that keeps credentials elsewhere.
///
/// Started with closed descriptors, for a limited time, asked for one registry on its input. Its answer is a JSON object
/// with `Username` and `Secret`; `<token>` as the name says that the secret is an identity token. Source: docker's
/// credential helper protocol.
struct CredentialProgram {
  /// The program.
  var program: String
  /// The file that names it.
  let file: String
  /// Milliseconds.
  var time = CredentialLimits.helperTime

  /// What helpers say, in these words, where they keep nothing for a registry.
  private static let absence = "credentials not found in native keychain"

  /// A helper by the name that docker's configuration has for it.
  ///
  /// - Throws: `CredentialError` where the name could lead out of the directories of programs.
  init(_ name: String, file: String) throws(CredentialError) {
    let isName = name.utf8.allSatisfy { octet in
      switch octet {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard isName, name.utf8.count <= CredentialLimits.helperNameOctets else {
      throw .malformed(file, "\(VisibleText(name, limit: 80)) is not the name of a credential helper")
    }
    (program, self.file) = ("docker-credential-" + name, file)
  }

  /// What it keeps for a registry; nil where it keeps nothing.
  func credential(for key: String) throws(CredentialError) -> Credential? {
    let (said, answer) = ask(key)
    switch answer.end {
    case KR_CREDENTIAL_NOT_STARTED where answer.status == ENOENT: throw .helperMissing(program, file: file)
    case KR_CREDENTIAL_NOT_STARTED: throw .helperNotStarted(program, unsafe String(cString: strerror(answer.status)))
    case KR_CREDENTIAL_TOO_SLOW: throw .helperSlow(program, seconds: time / 1000)
    case KR_CREDENTIAL_TOO_MUCH:
      throw .helperAnswer(program, "says more than \(CredentialLimits.helperOctets) octets")
    case KR_CREDENTIAL_KILLED: throw .helperFailed(program, "ended by signal \(answer.status)")
    default: break
    }
    guard answer.status == 0 else { return try failure(said, answer.status) }
    return try read(said)
  }

  private func ask(_ key: String) -> (SecretOctets, kr_credential_answer) {
    var answer = kr_credential_answer()
    let said = unsafe SecretOctets(capacity: CredentialLimits.helperOctets) { room in
      guard let start = room.baseAddress else { return 0 }
      let host = Array(key.utf8)
      unsafe answer = kr_credential_ask(
        program, host, host.count, start.assumingMemoryBound(to: UInt8.self), room.count, CInt(time))
      return answer.length
    }
    return (said, answer)
  }

  /// A helper says on its output why it failed; where that looks like an answer, it may hold a secret.
  private func failure(_ said: SecretOctets, _ status: CInt) throws(CredentialError) -> Credential? {
    if said.starts(with: Self.absence.utf8) { return nil }
    let isShown = !said.isEmpty && said.count <= 1_000 && !said.contains(UInt8(ascii: "{"))
    let words = isShown ? VisibleText(octets: said.prefix(200), limit: 200).description : "exit status \(status)"
    throw .helperFailed(program, words)
  }

  private func read(_ said: SecretOctets) throws(CredentialError) -> Credential? {
    guard let document = SecretDocument(said) else {
      throw .helperAnswer(program, "answers with what is no JSON object")
    }
    do throws(SecretDocument.Malformed) {
      if let name = try document.member("Username", of: document.root),
        let secret = try document.member("Secret", of: document.root)
      {
        return credential(try document.text(name), try document.secret(secret))
      }
    } catch {
      throw .helperAnswer(program, "answers with a Username or Secret that is no string")
    }
    throw .helperAnswer(program, "answers without a Username and a Secret")
  }

  private func credential(_ name: String, _ secret: SecretOctets) -> Credential? {
    var credential = Credential(origin: program)
    if name == "<token>" {
      credential.identityToken = secret.isEmpty ? nil : secret
    } else if !secret.isEmpty {
      credential.take(name: name, password: secret)
    }
    return credential.isEmpty ? nil : credential
  }
}
