internal import ArgumentParser
internal import ContentChange
internal import ContentTrust
internal import ReadCommands
internal import Stores
internal import TrustModel

/// `keyreeve content doctor` of the program that publishes: it knows the changes that wait, too.
struct StagedDoctorCommand: ParsableCommand, SuggestingCommand {
  static var configuration: CommandConfiguration { ContentDoctorCommand.configuration }

  @OptionGroup var command: ContentDoctorCommand

  var given: GivenOptions { command.given }

  func run() throws {
    try command.run { repository, folder in
      let staged = StagedChanges(of: repository, in: folder, user: Environment.userID)
      do throws(RepositoryChangeError) {
        return try staged.entries().finding(repository, in: staged.place).map { [$0] } ?? []
      } catch {
        return [ContentFinding("staged-change", .warning, repository, file: staged.place, "\(error)")]
      }
    }
  }
}
