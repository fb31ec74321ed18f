internal import BuildFiles
internal import Engines
internal import ReadCommands
internal import TrustModel

/// The Dockerfile of a build, where the engine would look for it.
struct BuildSource {
  /// Its octets.
  let octets: [UInt8]
  /// Its path; nil for standard input.
  private let path: String?

  /// Reads it.
  ///
  /// - Throws: `CommandFailure` for a context whose Dockerfile nobody sees before the engine does.
  init(_ line: EngineCommandLine, context: String, _ kind: EngineKind) throws {
    let files = line.values(of: "--file")
    guard kind != .podman || files.count < 2 else {
      throw CommandFailure(
        .usage, "several files are put together by podman alone: make one of them, and name that by -f")
    }
    try Self.check(context)
    guard files.last != "-" else {
      (path, octets) = (nil, try KeySource.octets(of: "-", limit: BuildFileLimits.octets, called: "file"))
      return
    }
    let path = try files.last ?? Self.file(in: context, kind)
    guard !Self.isRemote(path) else {
      throw CommandFailure(
        .usage, "\(VisibleText(path)) would be fetched by the engine, unseen: fetch it, and name the file by -f")
    }
    guard kind != .podman || !path.hasSuffix(".in") else {
      throw CommandFailure(
        .usage, "\(VisibleText(path)) goes through a preprocessor: run that before, and name its result by -f")
    }
    octets = try KeySource.octets(of: path, limit: BuildFileLimits.octets, called: "file")
    self.path = path
  }

  /// How it is named in messages.
  var shown: String { path ?? "standard input" }

  /// The lists of files that the builder leaves out for this file alone, by the ending of their names; podman has two.
  func ignoredFiles() throws -> [(ending: String, octets: [UInt8])] {
    guard let path else { return [] }
    var lists: [(String, [UInt8])] = []
    for ending in [".dockerignore", ".containerignore"] {
      do {
        lists.append(
          (ending, try KeySource.octets(of: path + ending, limit: BuildFileLimits.octets, called: "file")))
      } catch let failure as CommandFailure where failure.reason == .notFound {
        continue
      }
    }
    return lists
  }

  private static func check(_ context: String) throws {
    if context == "-" {
      throw CommandFailure(
        .usage,
        "what comes through standard input is the whole context, whose Dockerfile cannot be looked at before: unpack it into a folder, or "
          + "give the Dockerfile alone by -f - and a folder as the context")
    }
    guard Environment.isDirectory(context) else {
      let words =
        isRemote(context)
        ? "would be fetched by the engine, with a Dockerfile that nobody has looked at: fetch it into a folder, and build that"
        : "is no folder"
      throw CommandFailure(isRemote(context) ? .usage : .notFound, "\(VisibleText(context, limit: 200)) \(words)")
    }
  }

  /// Source: docker's `urlutil`; BuildKit takes ssh as well.
  private static func isRemote(_ text: String) -> Bool {
    ["http://", "https://", "git://", "ssh://", "git@", "github.com/"].contains { text.lowercased().hasPrefix($0) }
  }

  /// Podman looks for another name first.
  private static func file(in context: String, _ kind: EngineKind) throws -> String {
    let folder = context.hasSuffix("/") ? context : context + "/"
    let names = kind == .podman ? ["Containerfile", "Dockerfile"] : ["Dockerfile", "dockerfile"]
    return folder + (names.first { Environment.isFile(folder + $0) } ?? "Dockerfile")
  }
}
