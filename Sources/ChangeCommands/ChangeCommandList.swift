public import ArgumentParser

/// The changing commands, in the order of the help text.
public enum ChangeCommandList {
  /// The types of the commands.
  public static var commands: [any ParsableCommand.Type] {
    [
      TrustCommand.self, DisableCommand.self, EnableCommand.self, RemoveCommand.self, RotateCommand.self,
      UndoCommand.self, IgnoreCommand.self, BackupCommand.self, RestoreCommand.self,
      FetchCommand.self, PushCommand.self, RunCommand.self, ImageChangesCommand.self,
      KeygenCommand.self, SignCommand.self, BuildACICommand.self, PublishCommand.self,
    ]
  }
}
