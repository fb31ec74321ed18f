import ContentChange
import ContentSigning
import ContentTrust
import SignedMetadata
import StrictJSON
import TestSupport
import TrustModel

extension FolderDesk {
  /// A signer's key, whose private half is here: its identifier, and the file with its public half.
  func signerKey(_ name: String) throws -> (id: KeyID, file: String) {
    let key = try makeKey(name)
    let octets = Base64.encode(key.publicKey.octets)
    let text = "-----BEGIN PUBLIC KEY-----\n\(String(decoding: octets, as: UTF8.self))\n-----END PUBLIC KEY-----\n"
    try machine.write("/\(name).pub", Array(text.utf8))
    return (key.publicKey.id, machine.located("/\(name).pub"))
  }

  /// A delegation of targets as it is published.
  func delegation(_ role: RoleName) throws -> Delegation? { try read().roles[0].document.delegation(to: role) }

  /// The keys, threshold and paths of docker's role for all signers.
  func releases() throws -> (keys: Set<KeyID>, threshold: Int, paths: [JSONString])? {
    try delegation("targets/releases").map { (Set($0.keys.keys.map(\.canonicalID)), $0.keys.threshold, $0.paths) }
  }

  /// The notes of a change, as its document has them, in one text.
  func notes(_ verb: String, _ words: String...) throws -> String {
    let outcome = try content(verb, words + ["--yes", "--trust-on-first-use", "--json"])
    let notes = try JSON.parse(outcome.output)["notes"]?.array ?? []
    return notes.compactMap { $0.string?.text }.joined(separator: "\n")
  }

  /// The tags that are listed, as content list has them: name and role.
  func listed() throws -> [String] {
    let tags = try JSON.parse(try content("list", ["--json", "--trust-on-first-use"]).output)["tags"]?.array ?? []
    return tags.map { "\($0["tag"]?.string?.text ?? $0["name"]?.string?.text ?? "") \($0["role"]?.string?.text ?? "")" }
  }

  /// Takes the private half of a key away, or brings it back.
  func hide(_ id: KeyID) throws { try machine.remove("/home/.docker/trust/private/\(id).key") }
}
