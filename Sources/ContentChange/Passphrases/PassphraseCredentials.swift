internal import SignedMetadata
internal import Stores
internal import TrustModel

/// The folder of credentials that systemd gives a service: `$CREDENTIALS_DIRECTORY`.
///
/// Files are named `content-trust.ID` by the whole identifier of a key, or `content-trust.ROLE` by its role (`root`, `targets`,
/// `snapshot`, the name of a signer); for a key that gets another passphrase `content-trust.new.ID` or `content-trust.new.ROLE`. One
/// line end behind the passphrase is no part of it. Source: systemd.exec(5), "CREDENTIALS".
public struct PassphraseCredentials: PassphraseGiver {
  private let folder: TrustFolder

  /// A folder, absolute; nil for any other path.
  public init?(_ path: String) {
    guard path.hasPrefix("/") else { return nil }
    folder = TrustFolder(sysroot: .machine, path: path)
  }

  func passphrases(
    for request: KeyRequest, _ use: PassphraseUse, complain: (String) -> Void
  ) -> [GivenPassphrase] {
    // A slash would lead out of the folder.
    let role = request.role.utf8.contains(UInt8(ascii: "/")) ? nil : request.role
    let prefix = use == .changing ? "content-trust.new." : "content-trust."
    return [request.id?.description, role].compactMap { $0 }.compactMap { read(prefix + $0, complain) }
  }

  private func read(_ name: String, _ complain: (String) -> Void) -> GivenPassphrase? {
    let file: SecretFile
    do throws(StoreError) {
      file = try folder.secret(at: [name], limit: GivenPassphrase.limit + 1)
    } catch .missing {
      return nil
    } catch {
      complain("\(error); it is not used")
      return nil
    }
    let octets = unsafe file.octets.withUnsafeBytes { octets in
      unsafe SecretOctets(octets.last == UInt8(ascii: "\n") ? octets.dropLast() : octets[...])
    }
    guard !octets.isEmpty, octets.count <= GivenPassphrase.limit else {
      complain(
        "\(VisibleText(folder.path + "/" + name)) is empty or longer than \(GivenPassphrase.limit) octets, and is not used"
      )
      return nil
    }
    return GivenPassphrase(octets: octets, origin: "$CREDENTIALS_DIRECTORY/\(VisibleText(name, limit: 120))")
  }
}
