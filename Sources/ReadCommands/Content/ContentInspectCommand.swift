public import ArgumentParser
internal import ContentTrust
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// `keyreeve content inspect`: roles, keys, versions, expiry.
public struct ContentInspectCommand: LearningCommand, SuggestingCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Show the roles of a repository: who signs, from which version, until when.")

  /// The common options.
  @OptionGroup public var options: CommonOptions
  @OptionGroup var content: ContentOptions

  /// A command, filled in by the parser.
  public init() {}

  /// What a suggested command needs as well.
  public var given: GivenOptions { content.given(options) }

  /// Inspects, and has what was learned kept.
  public func run(keeping keeper: ContentKeeper?) throws {
    let (reading, server) = try content.read(options, keeping: keeper)
    let inspection = RepositoryInspection(reading)
    try Output(options).result(inspection.document(server)) { style in
      InspectionText(inspection: inspection, style: style).lines
    }
  }
}

extension RepositoryInspection {
  /// The inspection as a `keyreeve.content/1` document.
  func document(_ server: MetadataSource?) -> JSON {
    [
      "schema": "keyreeve.content/1", "repository": JSON(repository.name), "server": JSON(server?.base),
      "anchor": JSON(anchor), "offline": JSON(offline), "kept": JSON(keeping.rawValue),
      "roles": .array(
        roles.map { role in
          [
            "role": JSON(role.name), "version": JSON(role.version), "expires": JSON(role.expires?.description),
            "threshold": JSON(role.threshold), "paths": role.paths.map { JSON($0) } ?? .null,
            "targets": JSON(role.targets),
            "keys": .array(
              role.keys.map { key in
                [
                  "id": JSON(key.id.description), "file": JSON(key.canonicalID.description),
                  "algorithm": JSON(key.material.algorithm),
                  "certificateExpires": JSON(key.certificates.first?.notAfter.description),
                ]
              }),
          ]
        }),
      "warnings": JSON(warnings),
    ]
  }
}
