internal import Glibc

/// Why a file or directory could not be written.
public enum WriteError: Error, Hashable, CustomStringConvertible {
  /// Not writable by this user, or not writable at all.
  case permission(String)
  /// A symbolic link stands in the way.
  case symbolicLink(String)
  /// Something is there already.
  case exists(String)
  /// The path and the operating system's words for anything else.
  case system(String, String)

  /// The error that the operating system numbers so.
  public init(number: Int32, at path: String) {
    switch number {
    case EACCES, EPERM, EROFS: self = .permission(path)
    case ELOOP: self = .symbolicLink(path)
    case EEXIST, ENOTEMPTY: self = .exists(path)
    default: self = unsafe .system(path, String(cString: strerror(number)))
    }
  }

  /// One sentence.
  public var description: String {
    switch self {
    case .permission(let path):
      "\(path) cannot be written by this user: run the command with the administrator's rights (sudo)"
    case .symbolicLink(let path):
      "\(path) is a symbolic link: nothing is written through links; replace it by a real directory or file"
    case .exists(let path): "\(path) exists already"
    case .system(let path, let problem): "\(path): \(problem); nothing was left half done"
    }
  }
}
