import ContentChange
import TestSupport
import Testing
import TrustModel

/// The files that are taken for somebody's public key.
@Suite("Files with public keys")
struct PublicKeyInputTests {
  /// What is said of a file with the output of these commands of openssl.
  private func refusal(_ script: String) throws -> (words: String, text: String) {
    let folder = try TemporaryDirectory()
    let made = try ChildProcess.run(
      [
        "bash", "-euc",
        "openssl ecparam -name prime256v1 -genkey -noout -out k; { \(script); } > x 2> /dev/null; cat x",
      ],
      directory: folder.path)
    let octets = made.output
    do {
      _ = try PublicKeyInput.key(in: folder.path + "/x", at: Moment.now)
      return ("", String(decoding: octets, as: UTF8.self))
    } catch {
      return ("\(error)", String(decoding: octets, as: UTF8.self))
    }
  }

  @Test("One public key is taken, two blocks are not: nobody could tell which is meant")
  func blocks() throws {
    let one = "openssl ec -in k -pubout"
    #expect(try refusal(one).words.isEmpty)
    #expect(
      try refusal("\(one); \(one)").words.contains("holds 2 PEM blocks: one public key or one certificate is wanted"))
    #expect(try refusal("\(one); openssl req -x509 -key k -subj /CN=x").words.contains("holds 2 PEM blocks"))
    #expect(try refusal("openssl ecparam -name prime256v1; \(one)").words.contains("holds 2 PEM blocks"))
  }

  @Test(
    "A private key is refused in whatever form and company, and nothing of it is shown",
    arguments: [
      "cat k", "openssl pkcs8 -topk8 -nocrypt -in k", "openssl pkcs8 -topk8 -passout pass:x -in k",
      "openssl ec -in k -aes256 -passout pass:x", "openssl ecparam -name prime256v1 -genkey",
      "openssl ec -in k -pubout; cat k", "cat k; openssl ec -in k -pubout", "sed 's/^/  /' k", "sed 's/$/\\r/' k",
      "head -2 k",
    ])
  func privateKey(script: String) throws {
    let (words, text) = try refusal(script)
    #expect(words.contains("is a private key, or holds one") && words.contains("public half"), "\(words)")
    for line in text.split(whereSeparator: \.isNewline) where line.count > 20 && !line.contains("-----") {
      #expect(!words.contains(line.filter { $0 != " " }), "\(words)")
    }
  }
}
