internal import Stores
internal import TrustModel
public import TrustVerify

/// Proves a backup restorable without touching the machine, and says what it holds and how the machine differs.
public struct BackupCheck {
  private let options: CommonOptions
  private let file: String

  /// A check of the backup in `file`.
  public init(_ file: String, _ options: CommonOptions) {
    (self.file, self.options) = (file, options)
  }

  /// Checks and prints.
  ///
  /// - Throws: `CommandFailure` for a backup that is not whole, `CommandEnd` with `findings` for one that is whole but
  ///   holds files that are not what their names say.
  public func run() throws { try run { _ in [] } }

  /// The same, and tries the private keys that the backup holds by `drill`, which only a program that holds passphrases can.
  public func run(drill: (BackupArchive) -> [DrilledKey]) throws {
    let archive = try Self.archive(file)
    let keys = drill(archive)
    let problems = BackupProblem.all(in: archive)
    let output = Output(options)
    var rows: [BackupComparison.Row] = []
    var warnings: [String] = []
    for store in Store.allCases where archive.manifest.stores.contains(store) || options.stores.has(store) {
      do throws(BackupError) {
        rows += try BackupComparison(archive, with: options.stores, stores: [store]).rows
      } catch {
        warnings.append("\(store.rawValue) of this machine was not compared: \(error)")
      }
    }
    for warning in warnings { output.message("warning: \(warning)") }
    let differences = rows.filter { $0.difference != .same }
    let document = BackupDocument(
      file, archive, problems: problems, differences: differences, keys: keys, warnings: warnings)
    let failed = keys.count { $0.outcome == .fails }
    try output.result(document.document) { style in
      document.lines + keys.map { $0.line(style) } + Self.comparison(rows, differences)
        + Self.verdict(problems, failed: failed, style)
    }
    if !problems.isEmpty || failed > 0 { throw CommandEnd(.findings) }
  }

  /// The backup in a file that a person names, proved whole.
  public static func archive(_ file: String) throws -> BackupArchive {
    guard file != "-" else {
      throw CommandFailure(.usage, "a backup is not read from standard input: name its file")
    }
    do throws(BackupError) {
      return try BackupArchive(file: file)
    } catch {
      throw CommandFailure(error.reason, "\(VisibleText(file)): \(error)")
    }
  }

  private static func comparison(
    _ rows: [BackupComparison.Row], _ differences: [BackupComparison.Row]
  ) -> [String] {
    let same = rows.count - differences.count
    return ["compared with this machine: \(same) files are the same, \(differences.count) are not"]
      + differences.map { row in
        switch row.difference {
        case .same: "  = the same             \(row.place.file)"
        case .different: "  ~ differs              \(row.place.file)"
        case .onlyInBackup: "  + only in the backup   \(row.place.file)"
        case .onlyHere: "  - not in the backup    \(row.place.file)"
        case .obstructed: "  ! cannot be read here  \(row.place.file)"
        }
      }
  }

  private static func verdict(_ problems: [BackupProblem], failed: Int, _ style: TextStyle) -> [String] {
    if problems.isEmpty, failed > 0 {
      let words = failed == 1 ? "1 private key of it does" : "\(failed) private keys of it do"
      return [style.warning("the backup is whole, but \(words) not open")]
    }
    guard !problems.isEmpty else {
      return [style.good("good: the backup is whole, and its files are what their names say")]
    }
    return problems.map { "\(style.warning("problem"))  \($0.store.rawValue)/\($0.path): \($0.problem)" }
      + ["the backup is whole, but these files of it are not what their names say"]
  }
}
