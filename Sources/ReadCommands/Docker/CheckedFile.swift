internal import BuildFiles
internal import TrustModel

/// A Dockerfile or compose file, and what it names.
struct CheckedFile {
  /// Something that it names, and where.
  struct Row {
    /// The file that it stands in, as it is found from here; it can be another one than was asked about.
    let file: String
    /// The service of a compose file that needs it.
    let service: String?
    let mention: ImageMention
    /// What content trust says; nil where there is nothing to sign.
    var verdict: Verdict?
  }

  /// What was not looked at, and where it is named.
  struct Gap {
    let file: String
    let line: Int
    let message: String
  }

  let path: String
  private(set) var type: BuildFileOptions.FileType
  private(set) var rows: [Row] = []
  private(set) var gaps: [Gap] = []
  /// Why it cannot be read.
  private(set) var problem: CommandFailure?

  init(path: String, type: BuildFileOptions.FileType?, _ settings: BuildSettings) {
    self.path = path
    self.type = type ?? .dockerfile
    do {
      guard !Environment.isDirectory(path) else {
        throw CommandFailure(
          .usage, "\(shown) is a folder: name its file, such as \(shown)\(path.hasSuffix("/") ? "" : "/")Dockerfile")
      }
      let octets = try KeySource.octets(of: path, limit: BuildFileLimits.octets, called: "file")
      self.type = type ?? Self.type(of: path, octets)
      switch self.type {
      case .dockerfile:
        rows = try Dockerfile(octets, settings).mentions.map { Row(file: path, service: nil, mention: $0) }
      case .compose: try read(octets, settings)
      }
    } catch let error as BuildFileError {
      problem = CommandFailure(.malformed, "\(shown): \(error)")
    } catch let failure as CommandFailure {
      problem = failure
    } catch {
      problem = CommandFailure(.failed, "\(shown): \(error)")
    }
  }

  private var shown: VisibleText { VisibleText(path == "-" ? "standard input" : path) }

  /// By its name, and where that says nothing by what is in it.
  private static func type(of path: String, _ octets: [UInt8]) -> BuildFileOptions.FileType {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if name.hasSuffix(".yml") || name.hasSuffix(".yaml") { return .compose }
    if ["dockerfile", "containerfile"].contains(where: { name.hasPrefix($0) || name.hasSuffix("." + $0) }) {
      return .dockerfile
    }
    return ComposeFile.isLikely(octets) ? .compose : .dockerfile
  }

  private mutating func read(_ octets: [UInt8], _ build: BuildSettings) throws {
    guard build.target == nil else {
      throw CommandFailure(
        .usage, "\(shown) is a compose file, which says its targets itself: --target is for a Dockerfile")
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    var settings = ComposeSettings { Self.answer($0, in: folder) }
    settings.environment = { Environment[$0] }
    settings.build = build
    let compose = try ComposeFile(octets, settings)
    rows = compose.images.map { image in
      let file = image.file.map { folder + $0 } ?? path
      return Row(
        file: image.isInline ? file + " (dockerfile_inline)" : file, service: image.service, mention: image.mention)
    }
    gaps = compose.gaps.map { Gap(file: $0.file.map { folder + $0 } ?? path, line: $0.line, message: $0.description) }
  }

  /// A file below the folder of the compose file; no other one is looked at.
  private static func answer(_ name: String, in folder: String) -> ComposeSettings.Answer {
    guard !name.hasPrefix("/"), name != "..", !name.hasPrefix("../") else {
      return .refused("it is outside of the folder of the compose file: check it by its own name")
    }
    do {
      return .octets(try KeySource.octets(of: folder + name, limit: BuildFileLimits.octets, called: "file"))
    } catch let failure as CommandFailure {
      return failure.reason == .notFound ? .absent : .refused(failure.description)
    } catch {
      return .refused("\(error)")
    }
  }

  /// The same with verdicts.
  func answered(_ verdict: (ImageMention) -> Verdict?) -> CheckedFile {
    var file = self
    for index in rows.indices { file.rows[index].verdict = verdict(rows[index].mention) }
    return file
  }
}
