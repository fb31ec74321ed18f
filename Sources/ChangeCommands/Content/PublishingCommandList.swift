internal import ArgumentParser

/// The commands that change repositories of content trust, in the order of the help text.
enum PublishingCommandList {
  /// Their types.
  static var commands: [any ParsableCommand.Type] {
    [
      ContentInitCommand.self, ContentSignCommand.self, ContentRevokeCommand.self, ContentPublishCommand.self,
      ContentStatusCommand.self, ContentUnstageCommand.self, ContentWitnessCommand.self, ContentSignerCommand.self,
      ContentDelegationCommand.self, ContentDeleteCommand.self,
    ]
  }
}
