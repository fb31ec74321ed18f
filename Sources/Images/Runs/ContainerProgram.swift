internal import Archives
internal import StrictJSON
internal import TrustModel

/// The program of a container image, out of its configuration.
///
/// Source: OCI image specification, "image configuration"; for the words of a person, which take the place of `Cmd`, what
/// docker run does.
struct ContainerProgram {
  /// The largest configuration, in octets: 4 MiB.
  static let limit = 4 << 20

  /// The program as images of rkt describe theirs.
  let app: ImageManifest.App
  /// The wishes, with the words that were made part of the program taken out.
  let wishes: RunWishes

  init(_ octets: [UInt8], _ wishes: RunWishes) throws(RunFailure) {
    guard octets.count <= Self.limit,
      let json = try? JSON.parse(octets, limits: JSONLimits(octets: Self.limit, numbers: .anyNumber))
    else {
      throw Self.refuse("it is no JSON document of at most \(Self.limit) octets")
    }
    let config = json["config"] ?? .object([])
    let user = try Self.text(config, "User").split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    var words = try Self.texts(config, "Entrypoint")
    words += wishes.arguments.isEmpty ? try Self.texts(config, "Cmd") : wishes.arguments
    let directory = try Self.text(config, "WorkingDir")
    guard directory.isEmpty || directory.hasPrefix("/") else { throw Self.refuse("WorkingDir is no absolute path") }
    app = ImageManifest.App(
      program: words, user: user.first.flatMap { $0.isEmpty ? nil : String($0) } ?? "0",
      group: user.count > 1 ? String(user[1]) : "", workingDirectory: directory.isEmpty ? "/" : directory,
      environment: try Self.environment(config), volumes: try Self.volumes(config), ports: Self.ports(config))
    var rest = wishes
    // A program that a person names has the person's words alone.
    if wishes.program == nil { rest.arguments = [] }
    self.wishes = rest
  }

  private static func text(_ config: JSON, _ name: JSONString) throws(RunFailure) -> String {
    guard let value = config[name], value != .null else { return "" }
    guard let text = value.string?.text, !text.utf8.contains(0) else { throw refuse("\(name.text) is no text") }
    return text
  }

  private static func texts(_ config: JSON, _ name: JSONString) throws(RunFailure) -> [String] {
    guard let value = config[name], value != .null else { return [] }
    let texts = value.array?.compactMap { $0.string?.text } ?? []
    guard texts.count == value.array?.count, texts.allSatisfy({ !$0.utf8.contains(0) }) else {
      throw refuse("\(name.text) is no list of texts")
    }
    return texts
  }

  private static func environment(_ config: JSON) throws(RunFailure) -> [(name: String, value: String)] {
    var variables: [(name: String, value: String)] = []
    for text in try texts(config, "Env") {
      guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
        throw refuse("'\(text)' in Env is no variable")
      }
      variables.append((String(text[..<equals]), String(text[text.index(after: equals)...])))
    }
    return variables
  }

  /// The mount points, called by their paths: `/var/lib/data` is `var-lib-data`.
  private static func volumes(_ config: JSON) throws(RunFailure) -> [(name: String, path: String)] {
    var volumes: [(name: String, path: String)] = []
    for member in config["Volumes"]?.members ?? [] {
      let path = member.name.text
      guard path.hasPrefix("/"), !path.utf8.contains(0) else {
        throw refuse("'\(path)' in Volumes is no absolute path")
      }
      let words = path.lowercased().unicodeScalars.split { scalar in
        !("a"..."z").contains(scalar) && !("0"..."9").contains(scalar)
      }
      var name = words.map(String.init).joined(separator: "-")
      if name.isEmpty || volumes.contains(where: { $0.name == name }) { name += "volume-\(volumes.count + 1)" }
      volumes.append((name, path))
    }
    return volumes
  }

  private static func ports(_ config: JSON) -> [(number: Int, protocol: String)] {
    (config["ExposedPorts"]?.members ?? []).compactMap { member in
      let parts = member.name.text.split(separator: "/", maxSplits: 1)
      guard let number = parts.first.flatMap({ Int($0) }), (1...65_535).contains(number) else { return nil }
      return (number, parts.count > 1 ? String(parts[1]) : "tcp")
    }
  }

  private static func refuse(_ what: String) -> RunFailure {
    RunFailure(.malformed, "the image's configuration is refused: \(VisibleText(what, limit: 200))")
  }
}
