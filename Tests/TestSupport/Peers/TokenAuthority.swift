import Crypto
import Glibc

/// A token server: a test site that says what it is told to, with tokens that a real notary-server takes.
public struct TokenAuthority {
  /// The server.
  public let site: TestSite
  /// Who the tokens are for.
  public static let service = "notary-tests"
  private static let issuer = "keyreeve-tests"

  /// A server that gives no token yet.
  public init() throws { site = try TestSite() }

  /// The address of its answers.
  public var realm: String { site.address("/token") }

  /// What notary-server has to be told, as the next member of its configuration.
  var serverSetting: String {
    get throws {
      """
      ,"auth":{"type":"token","options":{"realm":"\(realm)","service":"\(Self.service)","issuer":"\(Self.issuer)",\
      "rootcertbundle":"\(try SiteCertificate.authorities)"}}
      """
    }
  }

  /// What docker-registry has to be told.
  var registrySetting: String {
    get throws {
      """
      {realm: "\(realm)", service: "\(Self.service)", issuer: "\(Self.issuer)", \
      rootcertbundle: "\(try SiteCertificate.authorities)"}
      """
    }
  }

  /// Gives from now on a token for these actions, only for this `Authorization` where one is named.
  public func give(_ actions: [String], on repository: String, to authorization: String? = nil) throws {
    var answer = SiteAnswer.text(
      "{\"token\":\"\(try Self.token(actions, on: repository))\"}", type: "application/json")
    if let authorization { answer.demands = (authorization, "Basic realm=\"tests\"") }
    try site.answer("/token", answer)
  }

  /// A token as docker's specification has it, signed by the site's certificate.
  public static func token(_ actions: [String], on repository: String) throws -> String {
    let certificate = try text(SiteCertificate.good.file).split(separator: "\n").filter { !$0.hasPrefix("-----") }
      .joined()
    let now = time(nil)
    let list = actions.map { "\"\($0)\"" }.joined(separator: ",")
    let head = encoded(Array("{\"typ\":\"JWT\",\"alg\":\"ES256\",\"x5c\":[\"\(certificate)\"]}".utf8))
    let claims = """
      {"iss":"\(issuer)","sub":"alice","aud":"\(service)","exp":\(now + 300),"nbf":\(now - 10),"iat":\(now),"jti":"1",\
      "access":[{"type":"repository","name":"\(repository)","actions":[\(list)]}]}
      """
    let signed = head + "." + encoded(Array(claims.utf8))
    let key = try P256.Signing.PrivateKey(pemRepresentation: try text(SiteCertificate.good.keyFile))
    return signed + "." + encoded(Array(try key.signature(for: Array(signed.utf8)).rawRepresentation))
  }

  private static func text(_ file: String) throws -> String { try ChildProcess.run(["cat", file]).text }

  /// Base 64 for addresses, without padding.
  private static func encoded(_ octets: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var digits: [UInt8] = []
    for start in stride(from: 0, to: octets.count, by: 3) {
      let piece = octets[start..<min(start + 3, octets.count)]
      let group = piece.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - piece.count))
      for place in 0...piece.count { digits.append(alphabet[group >> (18 - 6 * place) & 63]) }
    }
    return String(decoding: digits, as: UTF8.self)
  }
}
