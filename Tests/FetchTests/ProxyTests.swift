import TestSupport
import Testing

@testable import Fetch

/// Row H-13.
@Suite("Proxies of the environment")
struct ProxyTests {
  private static func proxy(_ variables: [String: String], _ address: String) throws -> String? {
    let rule = ProxyRule.environment(try ProxyEnvironment { variables[$0] })
    return rule.proxy(for: try Address(address)).map { "\($0)" }
  }

  @Test("Each scheme has its variables, http only in lower case")
  func variables() throws {
    #expect(try Self.proxy([:], "https://a.example") == nil)
    #expect(try Self.proxy(["https_proxy": "p:1", "HTTPS_PROXY": "q:1"], "https://a.example") == "p:1")
    #expect(try Self.proxy(["HTTPS_PROXY": "q:1", "all_proxy": "r:1"], "https://a.example") == "q:1")
    #expect(try Self.proxy(["all_proxy": "socks5h://r:1"], "https://a.example") == "socks5h://r:1")
    #expect(try Self.proxy(["ALL_PROXY": "s:1"], "http://a.example") == "s:1")
    #expect(try Self.proxy(["HTTP_PROXY": "evil:1"], "http://a.example") == nil)
    #expect(try Self.proxy(["http_proxy": "p:1"], "https://a.example") == nil)
    #expect(try Self.proxy(["https_proxy": "", "all_proxy": "r:1"], "https://a.example") == nil)
    for bad in ["ftp://p:1", "p 1", "http://", "p\u{1}"] {
      #expect(throws: ProxyEnvironment.Malformed.self) { try ProxyEnvironment { _ in bad } }
    }
  }

  @Test(
    "Exceptions are names with all below them, addresses, networks, or everything",
    arguments: [
      ("*", "a.example", true), ("example", "a.example", true), (".a.example", "a.example", true),
      ("a.example", "b.a.example", true), ("a.example", "ba.example", false), ("A.Example", "a.example", true),
      ("x, a.example ,y", "a.example", true), ("a.example.", "a.example", true), ("a.example", "example", false),
      ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.0/8", "11.1.2.3", false), ("10.1.2.3", "10.1.2.3", true),
      ("10.1.2", "10.1.2.3", false), ("fd00::/8", "[fd12::1]", true), ("[::1]", "[::1]", true), ("::1", "[::1]", true),
      ("10.0.0.0/33", "10.0.0.0", false), ("", "a.example", false), ("*.example", "a.example", false),
      ("2.3", "10.1.2.3", false),
    ])
  func exceptions(list: String, host: String, isDirect: Bool) throws {
    let proxy = try Self.proxy(["https_proxy": "p:1", "no_proxy": list], "https://\(host)/")
    #expect((proxy == nil) == isDirect)
  }

  /// Whether curl itself goes directly, told by where it asks: at the proxy, or at the host.
  @Test("curl reads the same list the same way")
  func oracle() throws {
    let site = try TestSite(.http)
    let proxy = try site.open(.proxy())
    try site.answer("*", .text("x"))
    for (list, host) in [
      ("example", "a.example"), (".a.example", "a.example"), ("a.example", "b.a.example"), ("a.example", "ba.example"),
      ("x, a.example ,y", "a.example"), ("10.0.0.0/8", "10.1.2.3"), ("10.0.0.0/8", "11.1.2.3"), ("10.1.2", "10.1.2.3"),
      ("*", "a.example"), ("a.example.", "a.example"), ("2.3", "10.1.2.3"),
    ] {
      try site.forget()
      let variables = ["http_proxy": "http://127.0.0.1:\(proxy)", "no_proxy": list]
      _ = try ChildProcess.run(
        ["curl", "-qs", "--connect-to", "::127.0.0.1:\(site.port)", "http://\(host)/"],
        environment: ChildProcess.cleanEnvironment.merging(variables) { $1 })
      let isDirect = try site.requests().first?.listener == "\(site.port)"
      #expect((try Self.proxy(variables, "http://\(host)/") == nil) == isDirect, "\(list) \(host)")
    }
  }
}
