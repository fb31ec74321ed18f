import Fetch
import Testing

@Suite("Addresses")
struct AddressTests {
  @Test(
    "An address is kept as it is connected to",
    arguments: [
      ("https://example.com", "https://example.com/"), ("HTTPS://Example.COM/A", "https://example.com/A"),
      ("https://example.com:443/x", "https://example.com/x"), ("http://example.com:80/", "http://example.com/"),
      ("https://example.com:8443/a?b=c", "https://example.com:8443/a?b=c"),
      ("https://example.com/a/../b/./c", "https://example.com/b/c"),
      ("https://example.com?x=1", "https://example.com/?x=1"),
      ("https://[::1]:8443/", "https://[::1]:8443/"), ("https://[0:0::1]/", "https://[::1]/"),
      // Row D-07: decimal, octal and hexadecimal forms of 127.0.0.1 and 169.254.169.254.
      ("https://2130706433/", "https://127.0.0.1/"), ("https://0x7f.1/", "https://127.0.0.1/"),
      ("https://0177.0.0.1/", "https://127.0.0.1/"), ("https://2852039166/", "https://169.254.169.254/"),
      // Row D-07: an international name is taken as punycode alone.
      ("https://XN--bcher-kva.example/", "https://xn--bcher-kva.example/"),
      ("https://example.com/\u{fc}", "https://example.com/%c3%bc"),
      ("https://example.com/%2e%2e/x", "https://example.com/%2e%2e/x"),
      ("https://example.com/\u{202e}", "https://example.com/%e2%80%ae"),
    ])
  func canonical(text: String, shown: String) throws {
    let address = try Address(text)
    #expect(address.description == shown)
    #expect(try Address(address.description) == address)
  }

  @Test(
    "What is no address is refused, and why is said",
    arguments: [
      ("", "must begin with https://"), ("example.com", "must begin with https://"), ("ftp://example.com/", "https://"),
      ("file:///etc/hostname", "https://"), ("javascript:alert(1)", "https://"), ("https:/example.com", "https://"),
      ("https:///example.com", "https://"), ("https:example.com", "https://"), ("//example.com/", "https://"),
      ("https://", "no"), ("https://:443/", "no"), ("https://user@example.com/", "user name"),
      ("https://user:secret@example.com/", "user name"), ("https://@example.com/", "user name"),
      ("https://example.com/#top", "part behind #"), ("https://example.com/a b", "U+0020"),
      ("https://example.com/\n", "U+000A"), ("https://b\u{fc}cher.example/", "xn--"),
      ("https://\u{430}pple.com/", "xn--"), ("https://example.com\\@evil.example/", "U+005C"),
      ("https://example.com/{name}", "U+007B"), ("https://example.com/%", "percent sign"),
      ("https://example.com/%zz", "percent sign"), ("https://exa%6dple.com/", "host"), ("https://example.com./", "dot"),
      ("https://example.com:0/", "port"), ("https://example.com:65536/", ""), ("https://example.com:x/", ""),
      ("https://[fe80::1%25eth0]/", ""), ("https://[::g]/", ""), ("https://exam!ple.com/", "host"),
      ("https://a..b/", "host"), ("https://" + String(repeating: "a", count: 8185), "longer than 8192"),
    ])
  func refused(text: String, reason: String) {
    do {
      let address = try Address(text)
      Issue.record("\(text) was read as \(address)")
    } catch {
      #expect("\(error)".contains(reason), "\(error)")
      #expect(!"\(error)".contains("secret"))
    }
  }

  @Test("The longest address is taken, one octet more is not")
  func longest() throws {
    let start = "https://example.com/"
    let longest = start + String(repeating: "a", count: Address.lengthLimit - start.utf8.count)
    #expect(try Address(longest).description == longest)
    #expect(throws: AddressError.tooLong(limit: Address.lengthLimit)) { try Address(longest + "a") }
    // Percent-encoding makes it longer than it was.
    #expect(throws: AddressError.tooLong(limit: Address.lengthLimit)) { try Address(longest.dropLast(2) + "\u{fc}") }
  }

  @Test(
    "A reference is resolved against where it stands",
    arguments: [
      ("/x", "https://example.com:8443/x"), ("x", "https://example.com:8443/a/x"),
      ("../x", "https://example.com:8443/x"),
      ("?q=2", "https://example.com:8443/a/b?q=2"), ("//other.example/x", "https://other.example/x"),
      ("https://other.example/", "https://other.example/"), ("", "https://example.com:8443/a/b?q=1"),
      ("http://other.example/", "http://other.example/"), ("../../../../x", "https://example.com:8443/x"),
    ])
  func resolved(reference: String, shown: String) throws {
    let base = try Address("https://example.com:8443/a/b?q=1")
    #expect(try base.resolving(reference).description == shown)
  }

  // Row H-05.
  @Test(
    "A reference with another scheme, a user name or a fragment is refused",
    arguments: [
      "file:///etc/hostname", "ftp://example.com/", "javascript:1", "data:text/html,x", "//user@example.com/", "#x",
      "x y", "\\\\example.com\\x", "http:x", "https:///x",
    ])
  func refusedReference(reference: String) throws {
    let base = try Address("https://example.com/a")
    #expect(throws: AddressError.self) { try base.resolving(reference) }
  }

  @Test("Authority and origin leave out the scheme's own port")
  func authority() throws {
    let address = try Address("https://example.com:8443/x?y")
    #expect(address.authority == "example.com:8443")
    #expect(address.path == "/x")
    #expect(try Address("https://example.com:443/").authority == "example.com")
    #expect(try Address("https://[::1]/").authority == "[::1]")
    #expect(try Address("https://a.example/").hasOrigin(of: Address("https://a.example:443/x")))
    #expect(try !Address("https://a.example/").hasOrigin(of: Address("http://a.example/")))
    #expect(try !Address("https://a.example/").hasOrigin(of: Address("https://a.example:444/")))
  }
}
