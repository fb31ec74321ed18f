import ContentChange
import Testing
import TrustModel

/// Who is asked while a command runs inside the terminal interface.
@Suite("Somebody who answers in place of the terminal")
struct PassphraseStandInTests {
  private struct Person: PassphrasePerson {
    let name: String

    func passphrase(for request: KeyRequest, isRepeated: Bool) -> SecretOctets? {
      SecretOctets(Array((isRepeated ? "again " + name : name).utf8))
    }

    func newPassphrase(for request: KeyRequest) -> SecretOctets? { SecretOctets(Array(("new " + name).utf8)) }
  }

  private let request = KeyRequest(nil, role: "targets", purpose: "for a test")

  private func asked() -> Passphrases {
    Passphrases(descriptor: nil, credentials: nil, variables: nil, person: Person(name: "terminal")) { _ in }
  }

  private func text(_ octets: SecretOctets?) -> String? { octets.map { String(decoding: $0, as: UTF8.self) } }

  @Test("Within the interface its person is asked, outside of it the terminal")
  func person() {
    let within = PassphraseStandIn.$person.withValue(Person(name: "screen")) { asked() }
    #expect(text(within.passphrase(for: request, attempt: 1)) == "screen")
    #expect(text(within.passphrase(for: request, attempt: 2)) == "again screen")
    #expect(text(within.newPassphrase(for: request)) == "new screen")
    #expect(text(asked().passphrase(for: request, attempt: 1)) == "terminal")
  }
}
