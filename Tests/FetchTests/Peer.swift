import Fetch
import TestSupport
import Testing

/// The server of these tests, shared by all that need no other, and requests that trust its authority.
enum Peer {
  /// One site for the whole run: each test uses paths of its own.
  static let shared = Result { try TestSite() }

  static var site: TestSite { get throws { try shared.get() } }

  /// Settings that trust the test authority, with changes.
  static func settings(_ change: (inout FetchSettings) throws -> Void = { _ in }) throws -> FetchSettings {
    var settings = FetchSettings()
    settings.caBundle = SettingFile(path: try SiteCertificate.authorities, origin: "the test")
    try change(&settings)
    return settings
  }

  /// The section for a host, with changes.
  static func host(_ authority: String, _ change: (inout HostSettings) throws -> Void = { _ in }) throws -> HostSettings
  {
    var host = try HostSettings(authority: authority)
    try change(&host)
    return host
  }

  /// A request with small limits.
  static func request(
    _ address: String, octets: UInt64 = 1024 * 1024, _ change: (inout FetchRequest) throws -> Void = { _ in }
  ) throws -> FetchRequest {
    var request = FetchRequest(
      try Address(address),
      limits: FetchLimits(octets: octets, connect: 3, stall: 1, total: 8, minimumRate: 100, rateWindow: 1))
    try change(&request)
    return request
  }

  /// Fetches a path of the shared site.
  static func fetch(
    _ path: String, octets: UInt64 = 1024 * 1024, _ change: (inout FetchRequest) throws -> Void = { _ in }
  ) throws -> (head: FetchHead, body: [UInt8]) {
    try Fetcher(settings()).octets(try request(site.address(path), octets: octets, change))
  }

  /// Answers on the shared site and fetches from there.
  static func fetch(
    _ path: String, _ answers: SiteAnswer, octets: UInt64 = 1024 * 1024,
    _ change: (inout FetchRequest) throws -> Void = { _ in }
  ) throws -> (head: FetchHead, body: [UInt8]) {
    try site.answer(path, answers)
    return try fetch(path, octets: octets, change)
  }

  /// The error that something ends with, in one word and its sentence; `none` where it does not.
  static func failure(_ body: () throws -> Void) -> (word: String, sentence: String) {
    do {
      try body()
      return ("none", "")
    } catch let error as FetchError {
      return (error.word, "\(error)")
    } catch {
      return ("other", "\(error)")
    }
  }
}

extension FetchError {
  /// The case, without what it carries.
  var word: String {
    switch self {
    case .insecure: "insecure"
    case .downgrade: "downgrade"
    case .redirects: "redirects"
    case .address: "address"
    case .privateAddress: "privateAddress"
    case .tls: "tls"
    case .unreachable: "unreachable"
    case .status: "status"
    case .tooLarge: "tooLarge"
    case .encoded: "encoded"
    case .cut: "cut"
    case .tooSlow: "tooSlow"
    case .stalled: "stalled"
    case .timeout: "timeout"
    case .mixed: "mixed"
    case .protocolViolation: "protocolViolation"
    case .configuration: "configuration"
    case .cancelled: "cancelled"
    case .consumer: "consumer"
    case .engine: "engine"
    }
  }
}
