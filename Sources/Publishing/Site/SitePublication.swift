internal import Discovery
internal import DurableFiles
public import Fetch
public import OpenPGP
public import TrustModel

/// Images that are put into the folder of a web server so that meta discovery finds them.
public struct SitePublication: Sendable {
  /// The folder; it need not be there.
  public var site: String
  /// The names that the page is about.
  public var name: Prefix
  /// Where the folder is seen from outside: an https address.
  public var base: Address
  /// The images; the signature of each is beside it.
  public var images: [String]
  /// Certificates of signers that gpg need not know.
  public var keys: [Certificate] = []
  /// Where the other certificates are looked for.
  public var gnupg: GnuPG?
  /// Whether the images are also what is found without a version.
  public var isLatest = false
  /// Whether another image of the same name and labels, and a page that somebody else wrote, are replaced.
  public var isReplacing = false
  /// Whether nothing is written.
  public var isDryRun = false

  /// A publication.
  public init(_ site: String, _ name: Prefix, base: Address, images: [String]) {
    (self.site, self.name, self.base, self.images) = (site, name, base, images)
  }

  /// The base address as templates have it, without `/` at its end.
  var baseText: String {
    var text = base.description[...]
    while text.hasSuffix("/") { text = text.dropLast() }
    return String(text)
  }

  /// What came of it.
  public struct Result: Sendable {
    /// What became of an image.
    public enum Action: String, Sendable {
      /// It was not there.
      case added
      /// It is there already, with this signature.
      case unchanged
      /// It is there already, and has another signature now.
      case resigned
      /// It took the place of another.
      case replaced
    }

    /// An image.
    public struct Row: Sendable {
      /// The file that was published.
      public let path: String
      /// Its name.
      public let name: ImageName
      /// Its labels.
      public let labels: Labels
      /// Its file in the site.
      public let file: String
      /// What became of it.
      public let action: Action
    }

    /// The images that were named.
    public internal(set) var rows: [Row] = []
    /// The page's file in the site.
    public internal(set) var page: String
    /// The addresses that clients ask for: the page, and the keys.
    public internal(set) var addresses: (page: String, keys: String)
    /// How many images the page lists now.
    public internal(set) var listed = 0
    /// The fingerprints in the file of keys.
    public internal(set) var keys: [Fingerprint] = []
    /// What a person should know.
    public internal(set) var notes: [String] = []
  }

  /// Publishes: every image is verified before the first is copied, and the page comes last.
  public func run(at now: Timestamp) throws(PublishingProblem) -> Result {
    guard base.scheme == .https, !base.target.contains("?") else {
      throw PublishingProblem(.usage, "--base-url is an https address without a query: clients ask nowhere else")
    }
    let tree = try SiteTree.open(site, makes: !isDryRun)
    let standing = try tree.keys()
    let offered = try offers(standing, at: now)
    try requireDistinct(offered)
    return try SiteUpdate(self, tree, standing).run(offered)
  }

  private func offers(_ standing: [Certificate], at now: Timestamp) throws(PublishingProblem) -> [OfferedImage] {
    var offered: [OfferedImage] = []
    var problems: [PublishingProblem] = []
    for image in images {
      do throws(PublishingProblem) {
        offered.append(
          try OfferedImage(image, below: name, at: now) { (signatures) throws(PublishingProblem) in
            try certificates(for: signatures, standing)
          })
      } catch {
        problems.append(error)
      }
    }
    guard let first = problems.first else { return offered }
    throw PublishingProblem(first.reason, problems.map(\.description).joined(separator: "\n"))
  }

  /// What may have made the signatures: files that were named first, then gpg's, then what the site has already.
  ///
  /// A revocation that the site has published is not forgotten for an older copy of the key.
  private func certificates(
    for signatures: [DetachedSignature], _ standing: [Certificate]
  ) throws(PublishingProblem) -> [Certificate] {
    var found: [Certificate] = []
    // Where the files that were named will do, gpg is not asked.
    let open = signatures.filter { SignatureCheck.candidates(for: $0, in: keys).isEmpty }
    let pool = try keys + (open.isEmpty ? [] : gnupg?.certificates(of: open) ?? []) + standing
    for certificate in pool where !found.contains(where: { $0.fingerprint == certificate.fingerprint }) {
      let revoked = standing.first { $0.fingerprint == certificate.fingerprint && $0.isClaimedRevoked }
      found.append(certificate.isClaimedRevoked ? certificate : revoked ?? certificate)
    }
    return found
  }

  private func requireDistinct(_ offered: [OfferedImage]) throws(PublishingProblem) {
    var places: [String: String] = [:]
    for image in offered {
      if let other = places.updateValue(image.path, forKey: image.row.file) {
        throw PublishingProblem(
          .usage,
          "\(VisibleText(other)) and \(VisibleText(image.path)) have the same name and labels: only one can be found")
      }
    }
  }
}
