public import ArgumentParser
public import Stores
internal import TrustModel
public import TrustVerify

/// The options that every command takes.
public struct CommonOptions: ParsableArguments {
  /// Prints one JSON document instead of text.
  @Flag(name: .long, help: "Print one JSON document.")
  public var json = false

  /// The directory that stands for the machine.
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Work on the machine in this directory; nothing outside it is touched.", valueName: "dir"))
  public var sysroot: String?

  /// Says on standard error what is being done.
  @Flag(name: .long, help: "Say on standard error what is being done.")
  public var verbose = false

  /// Never colours text.
  @Flag(name: .customLong("no-color"), help: "Never use colour (as with NO_COLOR).")
  public var noColor = false

  /// The defaults.
  public init() {}

  /// The machine to work on: `--sysroot`, or else `KEYREEVE_SYSROOT`, or else this one.
  public var machine: Sysroot {
    let named = sysroot ?? Environment["KEYREEVE_SYSROOT"] ?? ""
    return named.isEmpty ? .machine : Sysroot(named)
  }

  /// What a command needs as further arguments to work on the same machine.
  public var machineArguments: [String] { machine.isMachine ? [] : ["--sysroot", machine.path] }

  /// The layers of the machine.
  public var layers: KeyLayers { KeyLayers(sysroot: machine) }

  /// Where the change log of this user lies.
  public var state: StateDirectory {
    StateDirectory(sysroot: machine, user: Environment.userID) { Environment[$0] }
  }

  /// The file that keeps what was judged for listings, in the user's cache directory; nil where there is none.
  ///
  /// With a sysroot, only where the cache directory lies in it: nothing outside it is touched.
  public var listingCachePath: String? {
    let home = Environment["HOME"].map { $0 + "/.cache" }
    guard let directory = Environment["XDG_CACHE_HOME"] ?? home, directory.hasPrefix("/") else { return nil }
    guard machine.isMachine || directory.hasPrefix(machine.path + "/") else { return nil }
    return directory + "/" + ListingCache.fileName
  }

  /// What earlier listings have judged.
  public var listingCache: ListingCache {
    listingCachePath.flatMap { path in
      (try? KeySource.octets(of: path, limit: ListingCache.sizeLimit)).map { ListingCache(octets: $0) }
    } ?? ListingCache()
  }

  /// Refuses a sysroot that is no directory.
  public func validate() throws {
    // An unset variable in a script must not turn an audit of a folder into work on the machine.
    if sysroot?.isEmpty == true { throw ValidationError("--sysroot is empty: name a directory") }
    let path = machine.path
    guard Environment.isDirectory(path) else {
      throw ValidationError("--sysroot: \(VisibleText(path)) is not a directory")
    }
  }
}
