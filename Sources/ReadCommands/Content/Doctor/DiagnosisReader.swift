internal import ContentTrust
internal import Fetch
internal import SignedMetadata
internal import Stores
internal import TrustModel
internal import TrustVerify

/// Reads a repository for a diagnosis: also what has expired, and nothing of it is kept.
struct DiagnosisReader {
  let common: CommonOptions
  let server: String?
  let folder: TrustFolder
  let allowsFirstUse: Bool

  init(_ command: ContentDoctorCommand, folder: TrustFolder) {
    (common, server, self.folder) = (command.options, command.server, folder)
    allowsFirstUse = command.allowsFirstUse
  }

  /// What a repository shows, or why it does not.
  enum Outcome {
    case read(RepositoryReading)
    case refused(MetadataError)
    /// It was not even asked for.
    case failed(CommandFailure)
  }

  /// Reads a repository; and the server or folder that was asked, where one could be told.
  func read(_ repository: Repository) -> (Outcome, source: MetadataSource?) {
    var base: MetadataSource?
    do {
      let notary = try NotaryConfiguration(sysroot: common.machine) { Environment[$0] }
      let ground = try ContentGround(
        repository, in: folder, common, notary: notary.pins, allowsFirstUse: allowsFirstUse)
      let servers = try ContentServers(common, notary: notary)
      let source = try servers.source(of: repository, named: server, in: folder)
      base = source
      common.progress("asking \(source) for \(repository)")
      let answer = try servers.answers(from: source, of: repository)
      let now = max(SystemClock.now, ground.floors.seen ?? SystemClock.now)
      let aged = AgedAnswers(answer, from: source)
      let reader = RepositoryReader(
        repository, from: ground.kept, pins: ground.pins, at: now, allowing: aged.allowance
      ) { aged.answer($0) }
      return (.read(try reader.read()), base)
    } catch let error as MetadataError {
      return (.refused(error), base)
    } catch let failure as CommandFailure {
      return (.failed(failure), base)
    } catch {
      return (.failed(CommandFailure(.failed, "\(error)")), base)
    }
  }
}
