import Fetch
import Testing
import TrustModel

@testable import Credentials

@Suite("Secrets read in place")
struct SecretTests {
  static func secret(_ text: String) -> SecretOctets { SecretOctets(Array(text.utf8)) }

  @Test("Base 64 of every length, as the other reader has it")
  func base64() {
    for count in 0...40 {
      let octets = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 200) }
      let digits = SecretBase64.encode(octets)
      #expect(Array(digits) == Base64.encode(octets))
      #expect(SecretBase64.decode(digits).map { Array($0) } == octets)
    }
  }

  @Test(
    "What is no base 64 is none", arguments: ["a", "YQ=", "YQ", "Y===", "Y!==", "YQ==YQ==", "Y=Q=", "=YQ=", " YQ="])
  func badBase64(text: String) {
    #expect(SecretBase64.decode(Self.secret(text)) == nil)
  }

  @Test("Strings are unescaped as JSON has them")
  func escapes() throws {
    let document = try #require(SecretDocument(Self.secret(#"{"a":"p\\\"\/\u003c\ud83d\ude00\n\u00e9x"}"#)))
    #expect(document.secret("a").map { String(decoding: Array($0), as: UTF8.self) } == "p\\\"/<\u{1f600}\n\u{e9}x")
  }

  @Test(
    "A string that is none is never a secret",
    arguments: [#"{"a":"\ud83d"}"#, #"{"a":"\ude00"}"#, #"{"a":"\x"}"#, #"{"a":"\u12"}"#, #"{"a":1}"#, #"{"a":["x"]}"#])
  func noSecret(text: String) {
    #expect(SecretDocument(Self.secret(text))?.secret("a") == nil)
  }

  @Test(
    "What is no JSON object is no document",
    arguments: [
      "", "[]", "\"a\"", "{", "{}}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{\"a\":\"b}", "{\"a\":\"b\\",
      "{} x",
      "{\"a\":[1,]}", "{\"a\":[}", "{\"a\":\"\n\"}",
    ])
  func noDocument(text: String) { #expect(SecretDocument(Self.secret(text)) == nil, "\(text)") }

  @Test("A member that stands twice is an error, and one below another object is another one")
  func members() throws {
    let twice = try #require(SecretDocument(Self.secret(#"{"a":"x","a":"y"}"#)))
    #expect(throws: SecretDocument.Malformed.self) { try twice.member("a", of: twice.root) }
    #expect(twice.secret("a") == nil)
    let deep = try #require(SecretDocument(Self.secret(#"{"b":{"a":"x"},"c":["a"],"d":"a"}"#)))
    #expect(deep.secret("a") == nil && deep.secret("a", "d") != nil)
  }

  @Test("Documents are read to a depth, and no deeper")
  func depth() {
    func nested(_ depth: Int) -> SecretOctets {
      Self.secret(String(repeating: "{\"a\":", count: depth - 1) + "{}" + String(repeating: "}", count: depth - 1))
    }
    #expect(SecretDocument(nested(CredentialLimits.depth)) != nil)
    #expect(SecretDocument(nested(CredentialLimits.depth + 1)) == nil)
  }

  @Test("Cut or altered anywhere, a document is read or refused, and nothing worse")
  func altered() {
    let sample = Array(#"{"auths":{"h":{"auth":"a\u00e9\ud83d\ude00b","x":[1,true,null]}},"credsStore":"s"}"#.utf8)
    func use(_ octets: [UInt8]) -> Bool {
      guard let document = SecretDocument(SecretOctets(octets)) else { return false }
      return document.secret("credsStore", "auths") != nil
    }
    #expect(use(sample))
    for length in 0..<sample.count { #expect(!use(Array(sample[..<length]))) }
    var read = 0
    for index in sample.indices {
      for octet in [0x00, 0x22, 0x2c, 0x5c, 0x5b, 0x7d, 0x75, 0xff] as [UInt8] {
        var copy = sample
        copy[index] = octet
        if use(copy) { read += 1 }
      }
    }
    #expect(read > 0 && read < sample.count * 8)
  }

  @Test("A secret is in no description or dump")
  func silent() throws {
    let credential = try #require(try NotaryVariable(Self.secret("YWxpY2U6czNjcmV0")).credential(for: "x"))
    var text = "\(credential) \(String(reflecting: credential))"
    dump(credential, to: &text)
    #expect(!text.contains("YWxp") && !text.contains("s3cret") && !text.contains("89"))
    #expect(credential.name == "alice")
  }

  @Test("NOTARY_AUTH is name:password in base 64, within its limit")
  func variable() throws {
    #expect(try NotaryVariable(nil).credential(for: "x") == nil)
    #expect(try NotaryVariable(Self.secret("")).credential(for: "x") == nil)
    for bad in ["YWxpY2U=", "alice:pw", "YWxpY2U6"] {
      let error = #expect(throws: CredentialError.self) { try NotaryVariable(Self.secret(bad)).credential(for: "x") }
      #expect("\(String(describing: error))".contains("NOTARY_AUTH"))
    }
    let limit = CredentialLimits.variableOctets
    let longest = Array("YTpi".utf8) + [UInt8](repeating: UInt8(ascii: "Y"), count: limit - 4)
    #expect(try NotaryVariable(SecretOctets(longest)).credential(for: "x")?.basic?.count == limit)
    #expect(throws: CredentialError.self) {
      try NotaryVariable(SecretOctets(longest + longest[..<4])).credential(for: "x")
    }
  }
}
