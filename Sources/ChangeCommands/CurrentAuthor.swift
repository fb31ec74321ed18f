internal import ReadCommands
public import TrustVerify

/// Who runs this process, as the log names them.
public enum CurrentAuthor {
  /// The user, and the caller of sudo where sudo names one.
  public static var value: JournalEntry.Author {
    let user = Environment.userID
    return JournalEntry.Author(
      uid: user, user: Environment.userName(user), sudoUser: user == 0 ? Environment["SUDO_USER"] : nil)
  }
}
