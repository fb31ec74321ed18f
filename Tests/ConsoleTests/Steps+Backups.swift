import ExampleMachine
import Screen
import TestSupport

/// Ways through the backup screen.
extension Steps {
  /// The buttons, by how often Tab is pressed from the field.
  enum BackupButton: Int { case make = 1, check, restore }

  /// The backup that the tests make, below the machine.
  static let backupFile = "backups/one.backup"

  /// Opens the screen, names the file and presses a button.
  static func backup(_ button: BackupButton, file: String = backupFile) -> [Step] {
    type("b") + [.until("Make a backup"), .event(.key(.control("u")))] + type(file) + press(button)
  }

  private static func press(_ button: BackupButton) -> [Step] {
    Array(repeating: .tab, count: button.rawValue) + [.enter]
  }

  /// Presses another button after the first one was pressed.
  static func again(_ button: BackupButton) -> [Step] {
    Array(repeating: .tab, count: button.rawValue - 1) + [.enter]
  }
}
