import Stores
import Testing
import TrustModel

@Suite struct StorePathTests {
  @Test(
    "A path that could lead elsewhere, or hide, is none (B-02)",
    arguments: [
      "", "/", "/etc/passwd", "a//b", "a/", "/a", ".", "..", "a/..", "../a", "a/./b", "a\u{0}", "a\nb", "a\u{1b}[2J",
      "a\u{202e}b", "a\u{fffd}b", ".keyreeve-1-x", "a/.keyreeve-1-x", String(repeating: "n", count: 256),
      String(repeating: "n/", count: 1024) + "n",
    ])
  func refused(text: String) {
    #expect(StorePath(text) == nil)
  }

  @Test(
    "Every other path is read as it is written",
    arguments: [
      "a", "a/b", "...", "a b", "tuf/localhost:5443/app/metadata/root.json", "\u{e9}",
      String(repeating: "n", count: 255),
      String(repeating: "n/", count: 1023) + "nn",
    ])
  func accepted(text: String) throws {
    let path = try #require(StorePath(text))
    #expect(path.description.utf8.elementsEqual(text.utf8))
  }

  @Test("Paths are compared by octets, and their twins are told")
  func octets() throws {
    let (one, two) = (try #require(StorePath("\u{e9}")), try #require(StorePath("e\u{301}")))
    #expect(one != two)
    #expect(Set([one, two]).count == 2)
    #expect(one.twinKey == two.twinKey)
    #expect(StorePath("private/A.key")?.twinKey == "private/a.key")
    #expect(StorePath("a/b/c")?.parents == ["a/b", "a"])
    let (dash, slash) = (try #require(StorePath("a-b")), try #require(StorePath("a/b")))
    #expect(dash < slash)
  }

  static let fingerprint = String(repeating: "0123456789", count: 4)

  @Test(
    "A store has places of its own kind alone",
    arguments: [
      (Store.trustedKeys, "/etc/rkt/trustedkeys", "root.d/" + fingerprint, true),
      (.trustedKeys, "/etc/rkt/trustedkeys", "prefix.d/example.com/" + fingerprint, true),
      (.trustedKeys, "/etc/rkt/trustedkeys", "prefix.d/Example.com/" + fingerprint, false),
      (.trustedKeys, "/etc/rkt/trustedkeys", "root.d/README", false),
      (.trustedKeys, "/etc/rkt/trustedkeys", "prefix.d/" + fingerprint, false),
      (.trustedKeys, "/usr/lib/rkt/trustedkeys", "root.d/" + fingerprint, false),
      (.contentTrust, "/root/.docker/trust", "private/a.key", true),
      (.contentTrust, "/trust", "private/a.key", true), (.contentTrust, "/root/.docker", "private/a.key", false),
      (.contentTrust, "root/.docker/trust", "a", false), (.contentTrust, "/root/../trust", "a", false),
      (.configuration, "/etc/keyreeve", "10.conf", true), (.configuration, "/etc/keyreeve", "10.txt", false),
      (.configuration, "/etc/keyreeve", "a/10.conf", false), (.configuration, "/etc/keyreeve", ".conf", false),
      (.configuration, "/etc", "10.conf", false),
    ])
  func places(store: Store, directory: String, path: String, isPlace: Bool) throws {
    let path = try #require(StorePath(path))
    #expect((StorePlace(store, in: directory, path) != nil) == isPlace)
  }

  @Test("The place of a key is that of its path; the distribution's is none")
  func keys() throws {
    let fingerprint = try #require(Fingerprint(fileName: Self.fingerprint))
    let longest = Array(repeating: "a", count: 512).joined(separator: "/")
    for scope in [Scope.root, .prefix(try Prefix("example.com/hello")), .prefix(try Prefix(longest))] {
      let key = KeyLocation(layer: .administrator, scope: scope, fingerprint: fingerprint)
      let place = try #require(StorePlace(key))
      #expect(place.key == key)
      #expect(place.file == key.file)
      #expect(StorePlace(file: key.file) == place)
    }
    #expect(StorePlace(KeyLocation(layer: .distribution, scope: .root, fingerprint: fingerprint)) == nil)
    #expect(StorePlace(file: "/root/.docker/trust/private/a.key") == nil)
    #expect(StorePlace(file: "/etc/keyreeve/10.conf")?.store == .configuration)
  }

  @Test("What a file of content trust is, its path says")
  func kinds() throws {
    func place(_ path: String) throws -> StorePlace {
      let path = try #require(StorePath(path))
      return try #require(StorePlace(.contentTrust, in: "/root/.docker/trust", path))
    }
    #expect(try place("private/a.key").isPrivateKey)
    #expect(try !place("tuf/a.key").isPrivateKey)
    #expect(try place("tuf/h/app/metadata/targets/alice.json").isMetadata)
    #expect(try !place("tuf/h/app/root.json").isMetadata)
    #expect(try !place("private/metadata/x.json").isMetadata)
    #expect(try place("tuf/h/app/changelist/1_x.change").isStagedChange)
    #expect(try place("anything").isPrivate)
  }
}
