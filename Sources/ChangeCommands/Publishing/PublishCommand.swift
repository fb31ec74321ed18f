public import ArgumentParser
internal import Fetch
internal import OpenPGP
internal import Publishing
internal import ReadCommands
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// `keyreeve publish`: signed images into the folder of a web server, for meta discovery.
public struct PublishCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "publish", abstract: "Put signed images where meta discovery finds them.",
    discussion: """
      The folder gets the page of NAME with both discovery tags, the images below images/ with their signatures, and \
      pubkeys.gpg with the keys of all signers; what was published before stays. A web server has to show the folder \
      at --base-url, and the page at https://NAME. Every image is verified first: signed by a key at hand, named NAME \
      or below it, with the labels version, os and arch. To look at the result as a client does: keyreeve check-site.

      keyreeve publish --site /srv/www --name example.com/hello \\
        --base-url https://example.com hello.aci
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var gnupg: GnuPGOptions

  @Option(help: ArgumentHelp("The folder of the site.", valueName: "dir"))
  var site: String

  @Option(help: ArgumentHelp("The names that the page is about.", valueName: "name"), transform: Prefix.argument)
  var name: Prefix

  @Option(
    name: .customLong("base-url"), help: ArgumentHelp("Where the folder is seen from outside.", valueName: "url"),
    transform: Address.base)
  var base: Address

  @Argument(help: ArgumentHelp("The images; the signature of each is IMAGE.asc.", valueName: "image"))
  var images: [String]

  @Option(help: ArgumentHelp("Public keys of signers; those that GnuPG has need not be named.", valueName: "file"))
  var keys: [String] = []

  @Flag(help: "Let clients that ask for no version get these images.")
  var latest = false

  @Flag(help: "Replace other images of the same name and labels, and a page that keyreeve did not write.")
  var overwrite = false

  @Flag(name: .customLong("dry-run"), help: "Verify the images, say what would be done, and write nothing.")
  var dryRun = false

  /// A command, filled in by the parser.
  public init() {}

  /// Publishes.
  public func run() throws {
    var publication = SitePublication(site, name, base: base, images: images)
    publication.keys = try keys.flatMap { try KeySource.certificates(in: $0) }
    do {
      publication.gnupg = try gnupg.gnupg(options)
    } catch {
      // Without GnuPG, or a home that may be asked, the keys that were named have to do.
      if keys.isEmpty { throw error }
    }
    (publication.isLatest, publication.isReplacing, publication.isDryRun) = (latest, overwrite, dryRun)
    let result = try publishing { () throws(PublishingProblem) in try publication.run(at: SystemClock.now) }
    let output = Output(options)
    for note in result.notes { output.message("note: \(note)") }
    try output.result(document(result)) { _ in
      result.rows.map { "\(dryRun ? "would be " : "")\($0.action.rawValue): \($0.file)" } + [
        "page: \(result.page), \(result.listed) image\(result.listed == 1 ? "" : "s"), for \(result.addresses.page)",
        "keys: \(result.keys.count), for \(result.addresses.keys)",
      ]
    }
  }

  private func document(_ result: SitePublication.Result) -> JSON {
    [
      "schema": "keyreeve.site-publication/1", "site": JSON(site), "name": JSON(name.description),
      "dryRun": .bool(dryRun),
      "page": JSON(result.page), "pageAddress": JSON(result.addresses.page),
      "keysAddress": JSON(result.addresses.keys), "listed": JSON(result.listed),
      "keys": JSON(result.keys.map(\.description)), "notes": JSON(result.notes),
      "images": .array(
        result.rows.map { row in
          [
            "path": JSON(row.path), "name": JSON(row.name.description), "file": JSON(row.file),
            "action": JSON(row.action.rawValue),
            "labels": .object(row.labels.pairs.map { .init(JSONString($0.name), JSON($0.value)) }),
          ]
        }),
    ]
  }
}

extension Address {
  /// Reads an address below which a site lies.
  @Sendable static func base(_ text: String) throws -> Address {
    do {
      return try Address(text)
    } catch {
      throw ValidationError("\(error)")
    }
  }
}
