import Stores
import Testing
import TrustModel

@Suite("Places of key files")
struct KeyLocationTests {
  static let scopes = ["root", "example.com", "example.com/hello", "a/b/c/d", "x.y-z_0~1/2"]

  @Test("A place of the administrator's layer is found again by its path", arguments: scopes)
  func roundTrip(scope: String) throws {
    let scope: Scope = scope == "root" ? .root : try Samples.scope(scope)
    let location = KeyLocation(layer: .administrator, scope: scope, fingerprint: Samples.fingerprint)
    #expect(KeyLocation(administratorFile: location.file) == location)
    #expect(location.file == location.directory + "/\(Samples.fingerprint)")
  }

  private static let name = "\(Samples.fingerprint)"
  static let refused = [
    "", "/", name, "/" + name, "/etc/rkt/trustedkeys/" + name, "/etc/rkt/trustedkeys/prefix.d/" + name,
    "/etc/rkt/trustedkeys/root.d/", "/etc/rkt/trustedkeys/root.d", "/etc/rkt/trustedkeys/root.d/README",
    "/etc/rkt/trustedkeys/root.d/\(name.uppercased())", "/etc/rkt/trustedkeys/root.d/\(name)/",
    "/etc/rkt/trustedkeys/root.d/\(name) ", "/etc/rkt/trustedkeys/root.d/\(name)\0",
    "/usr/lib/rkt/trustedkeys/root.d/" + name, "/usr/lib/rkt/trustedkeys/prefix.d/example.com/" + name,
    "etc/rkt/trustedkeys/root.d/" + name, "//etc/rkt/trustedkeys/root.d/" + name,
    "/etc/rkt/trustedkeys/./root.d/" + name, "/etc/rkt/trustedkeys//root.d/" + name,
    "/etc/rkt/trustedkeys/root.d//" + name, "/etc/rkt/trustedkeys/root.d/a/" + name,
    "/etc/rkt/trustedkeys/prefix.d/../root.d/" + name, "/etc/rkt/trustedkeys/prefix.d/../../../passwd/" + name,
    "/etc/rkt/trustedkeys/prefix.d/a/../b/" + name, "/etc/rkt/trustedkeys/prefix.d/./a/" + name,
    "/etc/rkt/trustedkeys/prefix.d/a//b/" + name, "/etc/rkt/trustedkeys/prefix.d/a/./" + name,
    "/etc/rkt/trustedkeys/prefix.d//a/" + name, "/etc/rkt/trustedkeys/prefix.d/A/" + name,
    "/etc/rkt/trustedkeys/prefix.d/a\u{301}/" + name, "/etc/rkt/trustedkeys/prefix.d/\u{301}a/" + name,
    "/etc/rkt/trustedkeys/prefix.d/%2e%2e/" + name, "/etc/rkt/trustedkeys/prefix.d/a\n/" + name,
    "/etc/rkt/trustedkeys/prefix.d/a\0/" + name,
    "/etc/rkt/trustedkeys/prefix.d/\(String(repeating: "a", count: 1025))/" + name,
    "/etc/rkt/trustedkeys/prefix.dx/example.com/" + name, "/machine/etc/rkt/trustedkeys/root.d/" + name,
  ]

  @Test("No other path is a place of the administrator's layer", arguments: refused)
  func refusal(path: String) {
    #expect(KeyLocation(administratorFile: path) == nil)
  }

  @Test("Places are in order by scope, then fingerprint, the distribution's first")
  func order() throws {
    let scopes: [Scope] = [.root, try Samples.scope("a"), try Samples.scope("a/b"), try Samples.scope("b")]
    var ordered: [KeyLocation] = []
    for scope in scopes {
      for fingerprint in [Samples.fingerprint, Samples.other] {
        for layer in [Layer.distribution, .administrator] {
          ordered.append(KeyLocation(layer: layer, scope: scope, fingerprint: fingerprint))
        }
      }
    }
    #expect(ordered.reversed().sorted() == ordered)
    #expect(ordered.shuffled().sorted() == ordered)
  }
}
