internal import ContentTrust
internal import Fetch
internal import Glibc
internal import ReadCommands
internal import Stores
internal import StrictJSON
internal import TrustModel

extension ContentRefreshCommand {
  /// Prints the units that do the same every day.
  func printUnits() throws {
    guard repositories.count <= 1 else { throw CommandFailure(.usage, "--print-unit takes one repository, or --all") }
    guard options.machine.isMachine else {
      throw CommandFailure(.usage, "--print-unit makes units for this machine: leave --sysroot out")
    }
    let source = try refreshedFolder()
    let trust = try options.trustFolders(named: folder).map(\.path)
    guard ([source.path] + trust).allSatisfy({ !$0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f } })
    else {
      throw CommandFailure(.usage, "a folder has a control character in its name, which no unit can hold")
    }
    let subject = repositories.first?.name ?? "all repositories in \(source.path)"
    let units = RefreshUnits(
      subject: subject,
      arguments: (repositories.first.map { [$0.name] } ?? ["--all"]) + ["--server", source.address]
        + ["--trust-dir", trust[0]],
      name: RefreshUnits.name(repositories.first?.name ?? String(source.path.dropFirst())), program: Self.program,
      user: Environment.userName(Environment.userID) ?? "\(Environment.userID)",
      places: [source.path] + trust + [options.state.place])
    try Output(options).result(["schema": "keyreeve.units/1", "text": JSON(units.text.joined(separator: "\n") + "\n")])
    {
      _ in units.text
    }
  }

  private func refreshedFolder() throws -> RepositoryFolder {
    var reader = try ContentReader(options, folder: folder)
    reader.server = server
    do {
      let source = try repositories.first.map { try reader.source(of: $0) } ?? MetadataSource(server ?? "")
      if case .folder(let folder) = source { return folder }
    } catch let error as AddressError {
      throw CommandFailure(.usage, "\(error)")
    }
    throw CommandFailure(.usage, "a server renews its timestamps by itself; --server file:///DIR names a folder")
  }

  /// The file of this program.
  private static var program: String {
    guard let path = realpath("/proc/self/exe", nil) else { return "/usr/bin/keyreeve" }
    defer { free(path) }
    return String(cString: path)
  }
}
