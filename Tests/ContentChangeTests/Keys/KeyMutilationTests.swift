import ContentChange
import ContentSigning
import SignedMetadata
import TestSupport
import Testing
import TrustModel

/// Files and paper copies that were cut or changed: row S-02 of reference/security.md.
@Suite("Mutilated keys", .timeLimit(.minutes(2)))
struct KeyMutilationTests {
  private func keys(_ octets: some Collection<UInt8>, _ desk: KeyDesk) throws -> [ImportedKey] {
    try desk.machine.write("/desk/f", Array(octets), mode: 0o600)
    return try ImportedKey.all(
      in: desk.machine.located("/desk/f"), role: nil, repository: nil,
      passphrases: ListedPassphrases("right word", "right word")
    ).keys
  }

  @Test("A file that ends anywhere before its last line does is none", arguments: ["right word", nil])
  func cut(passphrase: String?) throws {
    let desk = try KeyDesk()
    let key = try desk.place(passphrase: passphrase)
    let whole = desk.machine.contents(desk.file(key)) ?? []
    #expect(try keys(whole, desk).map(\.opened.key.id) == [key.id])
    #expect(try keys(whole.dropLast(), desk).map(\.opened.key.id) == [key.id])
    for length in 0..<(whole.count - 1) {
      #expect(throws: KeyImportError.self, "\(length)") { try keys(whole.prefix(length), desk) }
    }
  }

  @Test("A changed octet gives the same key, or none; never another one")
  func changed() throws {
    let desk = try KeyDesk()
    let key = try desk.place(passphrase: nil)
    let whole = desk.machine.contents(desk.file(key)) ?? []
    var same = 0
    for place in whole.indices {
      for flip in [0x01, 0x20, 0x80] as [UInt8] {
        var octets = whole
        octets[place] ^= flip
        guard let found = try? keys(octets, desk) else { continue }
        #expect(found.map(\.opened.key.id) == [key.id], "\(place) \(flip)")
        same += 1
      }
    }
    // Header text may change, the key may not.
    #expect(same < whole.count)
  }

  @Test("A paper copy with a changed letter is refused, or means the same key")
  func paper() throws {
    let desk = try KeyDesk()
    let key = try desk.place(role: "targets", gun: "example.com/app")
    let place = try #require(try SigningKeyPlace.find(key.id, in: [desk.folder]))
    let paper = try PaperKey(place)
    let text = Array(paper.lines.joined(separator: "\n").utf8)
    #expect(try PaperKeyReader.read(text) == paper)
    for index in text.indices {
      for flip in [0x01, 0x02, 0x20, 0x80] as [UInt8] {
        var octets = text
        octets[index] ^= flip
        guard let read = try? PaperKeyReader.read(octets) else { continue }
        #expect(read == paper, "\(index) \(flip)")
      }
    }
    for length in 0..<(text.count - 1) {
      #expect(throws: PaperKeyReader.Failure.self, "\(length)") { try PaperKeyReader.read(text.prefix(length)) }
    }
  }
}
