internal import Glibc
public import TrustModel

/// Why something in a store could not be read.
public enum StoreError: ReasonedError, Hashable {
  /// Nothing is there.
  case missing(String)
  /// A symbolic link stands where a file or directory must be.
  case symbolicLink(String)
  /// Neither a regular file nor, where one is wanted, a directory.
  case notRegular(String)
  /// Larger than the limit, in octets.
  case tooLarge(String, limit: Int)
  /// Not readable by this user.
  case permission(String)
  /// The operating system's error number for anything else.
  case system(String, Int32)

  /// The error for `number` at `path`.
  init(errno number: Int32, at path: String) {
    switch number {
    case ENOENT: self = .missing(path)
    case ELOOP: self = .symbolicLink(path)
    case ENOTDIR: self = .notRegular(path)
    case EACCES, EPERM: self = .permission(path)
    default: self = .system(path, number)
    }
  }

  /// The same about the path as it is opened from here.
  func located(by sysroot: Sysroot) -> StoreError {
    let place = sysroot.located(path)
    return switch self {
    case .missing: .missing(place)
    case .symbolicLink: .symbolicLink(place)
    case .notRegular: .notRegular(place)
    case .tooLarge(_, let limit): .tooLarge(place, limit: limit)
    case .permission: .permission(place)
    case .system(_, let number): .system(place, number)
    }
  }

  /// The file or directory.
  public var path: String {
    switch self {
    case .missing(let path), .symbolicLink(let path), .notRegular(let path), .tooLarge(let path, _),
      .permission(let path), .system(let path, _):
      path
    }
  }

  /// What is wrong, without the path.
  public var problem: String {
    switch self {
    case .missing: "does not exist"
    case .symbolicLink: "is a symbolic link, which is not followed"
    case .notRegular: "is not a regular file"
    case .tooLarge(_, let limit): "is larger than \(limit) octets"
    case .permission: "is not readable by this user"
    case .system(_, let number): unsafe String(cString: strerror(number))
    }
  }

  /// Decides the exit status.
  public var reason: Reason { .failed }

  /// Path and problem, the path made visible.
  public var description: String { "\(VisibleText(path)): \(problem)" }
}
