internal import ArgumentParser
internal import Glibc
internal import Images
internal import ReadCommands
internal import TrustModel

/// How a program is run, beyond what its image says.
struct RunOptions: ParsableArguments {
  /// Which network a program has.
  enum Network: String, ExpressibleByArgument, CaseIterable {
    /// None but its own loopback.
    case none
    /// The machine's.
    case host
  }

  @Option(
    name: .long,
    help: ArgumentHelp("The OCI runtime, by name or file; the first of runc and crun by default.", valueName: "program")
  )
  var runtime: String?

  @Flag(name: [.long, .customShort("i")], help: "Let it read standard input, with a terminal where that is one.")
  var interactive = false

  @Option(
    name: .customLong("exec"),
    help: ArgumentHelp("Run this program in place of the image's own and its words.", valueName: "path"))
  var program: String?

  @Option(
    name: [.long, .customShort("v")],
    help: ArgumentHelp(
      "A folder of this machine: /SOURCE:/TARGET or /SOURCE:/TARGET:ro. Or what a mount point of the image is filled with:"
        + " NAME,kind=host,source=PATH or NAME,kind=empty; also readOnly=true, and recursive=false or mode=, uid=, gid=.",
      valueName: "volume"))
  var volume: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Mount a volume where the image has no mount point: volume=NAME,target=PATH.", valueName: "mount"))
  var mount: [String] = []

  @Option(
    name: [.customLong("set-env"), .customLong("env"), .customShort("e")],
    help: ArgumentHelp("Set a variable; NAME alone takes the value that it has here.", valueName: "name[=value]"))
  var environment: [String] = []

  @Option(
    name: [.long, .customShort("u")], help: ArgumentHelp("Run as this user.", valueName: "name|number|path"))
  var user: String?

  @Option(name: .long, help: ArgumentHelp("Run as this group.", valueName: "name|number|path"))
  var group: String?

  @Option(
    name: [.customLong("working-dir"), .customLong("workdir"), .customShort("w")],
    help: ArgumentHelp("Start in this directory of the image.", valueName: "path"))
  var directory: String?

  @Option(name: .long, help: "What the machine is called for the program.")
  var hostname: String?

  @Option(name: .long, help: ArgumentHelp("The most memory, such as 128Mi.", valueName: "amount"))
  var memory: String?

  @Option(name: .customLong("cpu"), help: ArgumentHelp("The most processors, such as 500m or 2.", valueName: "amount"))
  var processor: String?

  @Option(name: .customLong("net"), help: "The network: none, or the machine's own (host).")
  var network = Network.none

  @Flag(name: .customLong("readonly-rootfs"), help: "Let nothing but volumes be written.")
  var isReadOnly = false

  /// What is wished for, read.
  ///
  /// - Throws: `RunFailure` with the option that is not understood.
  func wishes(_ arguments: [String]) throws -> RunWishes {
    var wishes = RunWishes()
    wishes.arguments = arguments
    wishes.program = program
    wishes.mounts = try mount.map { try VolumeMount($0) }
    for (number, text) in volume.enumerated() {
      guard BoundFolder.isMeant(by: text) else {
        wishes.volumes.append(try Volume(text))
        continue
      }
      let folder = try BoundFolder(text, number: number + 1)
      wishes.volumes.append(folder.volume)
      wishes.mounts.append(folder.mount)
    }
    wishes.environment = try environment.map { try Self.variable($0) }
    (wishes.user, wishes.group) = (user, group)
    wishes.directory = try directory.map { try Self.path($0) }
    wishes.hostname = try hostname.map { try Self.hostName($0) }
    wishes.memory = try memory.map { try Self.amount($0, "--memory") }
    wishes.processor = try processor.map { try Self.amount($0, "--cpu") }
    (wishes.sharesNetwork, wishes.isReadOnly) = (network == .host, isReadOnly)
    wishes.hasTerminal = interactive && isatty(0) == 1 && isatty(1) == 1
    return wishes
  }

  private static func variable(_ text: String) throws(RunFailure) -> (name: String, value: String) {
    guard let equals = text.firstIndex(of: "=") else {
      guard !text.isEmpty, let value = Environment[text] else {
        throw RunFailure(.usage, "--set-env \(VisibleText(text, limit: 80)): it has no value here: write NAME=VALUE")
      }
      return (text, value)
    }
    guard equals != text.startIndex else {
      throw RunFailure(.usage, "--set-env \(VisibleText(text, limit: 80)): write NAME=VALUE")
    }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }

  private static func path(_ text: String) throws(RunFailure) -> String {
    guard text.hasPrefix("/"), !text.split(separator: "/").contains("..") else {
      throw RunFailure(.usage, "--working-dir \(VisibleText(text, limit: 200)): write an absolute path of the image")
    }
    return text
  }

  private static func hostName(_ text: String) throws(RunFailure) -> String {
    let isFit =
      (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { octet in
        octet < 0x80 && (Character(Unicode.Scalar(octet)).isLetter || Character(Unicode.Scalar(octet)).isNumber)
          || octet == UInt8(ascii: "-") || octet == UInt8(ascii: ".")
      }
    guard isFit else {
      throw RunFailure(.usage, "--hostname takes 1 to 64 letters, digits, hyphens and dots")
    }
    return text
  }

  private static func amount(_ text: String, _ option: String) throws(RunFailure) -> Quantity {
    guard let amount = Quantity(text) else {
      throw RunFailure(.usage, "\(option) \(VisibleText(text, limit: 80)): write an amount, such as 128Mi or 500m")
    }
    return amount
  }
}
