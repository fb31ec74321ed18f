import Fetch
import Glibc
import Testing
import TrustModel

@Suite("Octets that are wiped")
struct SecretOctetsTests {
  /// The flags of the mapping that an address lies in, as the system tells them.
  private static func flags(at address: UInt) -> String {
    guard let file = fopen("/proc/self/smaps", "r") else { return "" }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 4096)
    var isThere = false
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let ends = text.prefix { $0 != " " }.split(separator: "-").compactMap { UInt($0, radix: 16) }
      if ends.count == 2 { isThere = ends[0] <= address && address < ends[1] }
      if isThere, text.hasPrefix("VmFlags:") { return text }
    }
    return ""
  }

  @Test("They lie in memory that is in no core dump")
  func memory() {
    let secret = SecretOctets(Array("s3cret".utf8))
    let flags = secret.withUnsafeBytes { Self.flags(at: UInt(bitPattern: $0.baseAddress)) }
    #expect(flags.contains(" dd"), "\(flags)")
    #expect(secret.elementsEqual(Array("s3cret".utf8)) && secret.count == 6)
  }

  @Test("Pieces of several kinds stand one behind the other; nothing is nothing")
  func pieces() {
    let secret = SecretOctets(Array("ab".utf8), "cd".utf8, SecretOctets(), SecretOctets(Array("ef".utf8))[1...])
    #expect(secret.elementsEqual(Array("abcdf".utf8)))
    #expect(SecretOctets().isEmpty)
  }

  @Test("Nothing of them is in a description or dump, also of a header")
  func silent() throws {
    let secret = SecretOctets(Array("s3cret".utf8))
    let header = try #require(SecretHeader(name: "X", value: secret))
    var text = "\(secret) \(header) \(String(reflecting: header))"
    dump(header, to: &text)
    dump(secret, to: &text)
    #expect(!text.contains("s3cret") && !text.contains("115"))
  }
}
