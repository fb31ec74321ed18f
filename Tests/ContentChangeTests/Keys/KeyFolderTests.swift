import ContentChange
import ContentSigning
import ContentTrust
import Glibc
import SignedMetadata
import Stores
import TestSupport
import Testing
import TrustModel

/// Files of keys as they are written.
@Suite("Files of signing keys", .timeLimit(.minutes(3)))
struct KeyFolderTests {
  @Test("Folders are 0700 and files 0600, whatever the umask", arguments: [0o000, 0o077, 0o777] as [UInt32])
  func modes(mask: UInt32) throws {
    let desk = try KeyDesk()
    let path = desk.machine.path
    try OwnThread.run(umask: mask) {
      let folder = TrustFolder(sysroot: Sysroot(path), path: KeyDesk.trust)
      let key = try PrivateSigningKey(new: .p256)
      try SigningKeyFolder(folder, user: geteuid()).add(
        key, SigningKeyHeaders(role: "root", repository: nil), passphrase: KeyDesk.secret("right word"), rounds: 2_048)
    }
    #expect(desk.machine.mode(KeyDesk.trust) == 0o700 && desk.machine.mode(KeyDesk.keys) == 0o700)
    let name = try #require(desk.names.first)
    #expect(desk.names.count == 1 && desk.machine.mode(KeyDesk.keys + "/" + name) == 0o600)
  }

  @Test("The file is made 0600, under no other mode at any time, and synced before it gets its name")
  func made() throws {
    let desk = try KeyDesk()
    let outcome = try desk.key(
      ["generate"], lines: ["right word"],
      under: [
        "strace", "-f", "-qq", "-o", desk.machine.located("/trace"), "-e",
        "trace=openat,fsync,linkat,unlinkat,renameat", "--",
      ])
    #expect(outcome.status == 0, "\(outcome.errorText)")
    let trace = String(decoding: desk.machine.contents("/trace") ?? [], as: UTF8.self).split(separator: "\n")
    let made = try #require(trace.firstIndex { $0.contains("O_CREAT") && $0.contains(".keyreeve-key") })
    #expect(trace[made].contains("O_EXCL") && trace[made].contains("O_NOFOLLOW") && trace[made].contains(", 0600)"))
    let placed = try #require(trace.firstIndex { $0.contains("linkat(") && !$0.contains("unlinkat(") })
    #expect(trace[made..<placed].contains { $0.contains("fsync(") })
    #expect(trace[placed...].contains { $0.contains("fsync(") })
  }

  @Test("Nothing is written over a key, in whichever layout it lies")
  func exists() throws {
    let desk = try KeyDesk()
    let key = try desk.place()
    let before = desk.machine.contents(desk.file(key))
    let headers = SigningKeyHeaders(role: "root", repository: nil)
    func add() throws { try desk.writer.add(key, headers, passphrase: KeyDesk.secret("other word"), rounds: 2_048) }
    let error = try #require(throws: KeyFolderError.self) { try add() }
    #expect(error.description.contains("is here already") && error.reason == .declined)
    #expect(desk.machine.contents(desk.file(key)) == before && desk.names.count == 1)
    try desk.machine.write("\(KeyDesk.keys)/root_keys/\(key.id)_root.key", before ?? [], mode: 0o600)
    try desk.machine.remove(desk.file(key))
    #expect(throws: KeyFolderError.self) { try add() }
    #expect(desk.machine.contents(desk.file(key)) == nil)
  }

  @Test("What an interrupted write has left goes with the next one; other files stay")
  func leftovers() throws {
    let desk = try KeyDesk()
    try desk.place()
    try desk.machine.write(KeyDesk.keys + "/.keyreeve-key", Array("half a k".utf8), mode: 0o600)
    try desk.machine.write(KeyDesk.keys + "/notes.txt", Array("mine".utf8))
    try desk.place()
    #expect(desk.names.count == 3 && desk.names.contains("notes.txt"), "\(desk.names)")
  }

  @Test("A folder of somebody else, or open to others, gets no key")
  func folders() throws {
    let desk = try KeyDesk()
    try desk.place()
    try desk.shell("chmod 770 ..\(KeyDesk.keys)")
    let open = try #require(throws: KeyFolderError.self) { try desk.place() }
    #expect(open.description.contains("others can write into") && open.description.contains("chmod 700"))
    try desk.shell("chmod 700 ..\(KeyDesk.keys); chown -R 1234 ..\(KeyDesk.trust)")
    let owned = try #require(throws: KeyFolderError.self) { try desk.place() }
    #expect(owned.description.contains("belongs to user 1234"))
    #expect(desk.names.count == 1)
  }

  @Test("A link in the way is not followed")
  func links() throws {
    let desk = try KeyDesk()
    try desk.machine.makeDirectory("/elsewhere")
    try desk.machine.makeDirectory(KeyDesk.trust)
    try desk.machine.link(KeyDesk.keys, to: desk.machine.located("/elsewhere"))
    #expect(throws: KeyFolderError.self) { try desk.place() }
    #expect(desk.machine.names(in: "/elsewhere") == [])
  }

  @Test("A folder that this user cannot write stays as it is", .enabled(if: geteuid() == 0))
  func readOnly() throws {
    let desk = try KeyDesk()
    let key = try desk.place()
    try desk.shell("chown -R 1234 ..\(KeyDesk.trust); chmod 500 ..\(KeyDesk.keys)")
    let path = desk.machine.path
    let words = try OwnThread.run(user: 1234) {
      let folder = TrustFolder(sysroot: Sysroot(path), path: KeyDesk.trust)
      do throws(KeyFolderError) {
        try SigningKeyFolder(folder, user: 1234).add(
          PrivateSigningKey.made(), SigningKeyHeaders(role: "root", repository: nil), passphrase: nil)
        return "written"
      } catch {
        return error.description
      }
    }
    #expect(words.contains("cannot be written by this user"), "\(words)")
    #expect(desk.names == ["\(key.id).key"])
  }

  @Test("A full disk leaves what was there, and says so")
  func fullDisk() throws {
    let desk = try KeyDesk()
    let key = try desk.place()
    let before = desk.machine.contents(desk.file(key))
    for verb in [["generate"], ["passwd", key.id.description]] {
      let lines = verb[0] == "passwd" ? ["right word", "other word"] : ["right word"]
      // Files of at most no octet: every write of a key fails, as on a full disk.
      let outcome = try desk.key(verb, lines: lines, under: ["prlimit", "--fsize=0", "--"])
      #expect(outcome.status == 1 && outcome.errorText.contains("File too large"), "\(outcome.errorText)")
      #expect(desk.names == ["\(key.id).key"] && desk.machine.contents(desk.file(key)) == before)
    }
    for call in ["fsync", "write"] {
      let injected = try desk.key(
        ["passwd", key.id.description], lines: ["right word", "other word"],
        under: [
          "strace", "-f", "-qq", "-o", "/dev/null", "-P", desk.machine.located(KeyDesk.keys + "/.keyreeve-key"), "-e",
          "inject=\(call):error=ENOSPC", "--",
        ])
      #expect(injected.status == 1 && injected.errorText.contains("No space left"), "\(call): \(injected.errorText)")
      #expect(desk.names == ["\(key.id).key"] && desk.machine.contents(desk.file(key)) == before)
    }
  }

  @Test("Several processes make keys at once: each has its own, and nothing is left over")
  func atOnce() throws {
    let desk = try KeyDesk()
    guard let program = BuiltProgram.path("keyreeve") else { return }
    try desk.shell(
      """
      for n in 1 2 3 4; do
        echo "right word $n" | DOCKER_CONFIG=/home/.docker \(program) content key generate --role s$n --passphrase-fd 0 \
          --sysroot \(desk.machine.path) >out$n 2>&1 &
      done
      wait
      """)
    #expect(desk.names.count == 4 && desk.names.allSatisfy { $0.utf8.count == 68 }, "\(desk.names)")
  }

  @Test("Two processes give a key another passphrase at once: it has one of the two")
  func changedAtOnce() throws {
    let desk = try KeyDesk()
    let key = try desk.place()
    guard let program = BuiltProgram.path("keyreeve") else { return }
    try desk.shell(
      """
      for n in 1 2 3; do
        printf 'right word\\nnew word %s\\n' $n | DOCKER_CONFIG=/home/.docker \(program) content key passwd \(key.id) \
          --passphrase-fd 0 --sysroot \(desk.machine.path) >out$n 2>&1 &
      done
      wait
      """)
    #expect(desk.names == ["\(key.id).key"])
    let ring = SigningKeyring(
      [desk.folder], passphrases: ListedPassphrases("new word 1", "new word 2", "new word 3", "right word"))
    #expect(try ring.key(KeyRequest(key.id, role: "root", purpose: "")) != nil)
    let done = try desk.shell("grep -l replaced out? | wc -l")
    #expect(done != "0\n")
  }

  @Test("The same file imported by several processes at once is there once, whole")
  func sameAtOnce() throws {
    let desk = try KeyDesk()
    guard let program = BuiltProgram.path("keyreeve") else { return }
    try desk.shell(
      """
      openssl ecparam -name prime256v1 -genkey -noout -out k; chmod 600 k
      for n in 1 2 3; do
        echo "right word $n" | DOCKER_CONFIG=/home/.docker \(program) content key import k --role s --passphrase-fd 0 \
          --sysroot \(desk.machine.path) >out$n 2>&1 &
      done
      wait
      """)
    #expect(desk.names.count == 1)
    let opened = try ["1", "2", "3"].count { number in
      try desk.key(["passwd", String(desk.names[0].prefix(64)), "--harden"], lines: ["right word \(number)"]).status
        == 0
    }
    #expect(opened == 1)
  }
}

extension PrivateSigningKey {
  /// A key for a test that does not get as far as needing it.
  fileprivate static func made() throws(KeyFolderError) -> PrivateSigningKey {
    do throws(SigningKeyError) {
      return try PrivateSigningKey(new: .p256)
    } catch {
      throw .sealing(error)
    }
  }
}
