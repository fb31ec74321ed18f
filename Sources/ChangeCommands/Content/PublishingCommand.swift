public import ReadCommands

/// A command that changes a repository: what it suggests is about the same one, in the same place.
protocol PublishingCommand: SuggestingCommand {
  var options: CommonOptions { get }
  var publishing: PublishingOptions { get }
}

extension PublishingCommand {
  var given: GivenOptions { GivenOptions(options, publishing.place) }
}

extension ContentInitCommand: PublishingCommand {}
extension ContentSignCommand: PublishingCommand {}
extension ContentRevokeCommand: PublishingCommand {}
extension ContentPublishCommand: PublishingCommand {}
extension ContentWitnessCommand: PublishingCommand {}
extension ContentSignerAddCommand: PublishingCommand {}
extension ContentSignerRemoveCommand: PublishingCommand {}
extension ContentDelegationAddCommand: PublishingCommand {}
extension ContentDelegationRemoveCommand: PublishingCommand {}
extension ContentDelegationListCommand: PublishingCommand {}
extension ContentDeleteCommand: PublishingCommand {}
extension ContentRepairCommand: PublishingCommand {}
extension ContentKeyRotateCommand: PublishingCommand {}

extension ContentStatusCommand: SuggestingCommand {
  var given: GivenOptions { which.given(options) }
}

extension ContentUnstageCommand: SuggestingCommand {
  var given: GivenOptions { which.given(options) }
}

extension ContentFreezeCommand: SuggestingCommand {
  /// What a suggested command needs as well.
  public var given: GivenOptions { GivenOptions(options, place) }
}

extension ContentRefreshCommand: SuggestingCommand {
  /// What a suggested command needs as well.
  public var given: GivenOptions { GivenOptions(options, place) }
}
