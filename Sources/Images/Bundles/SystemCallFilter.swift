internal import StrictJSON
internal import TrustModel

/// The system calls that an image leaves itself, or takes from itself.
///
/// Source: appc image specification, "os/linux/seccomp-retain-set" and "-remove-set"; OCI runtime specification, "seccomp".
struct SystemCallFilter {
  private let names: [String]
  private let isRetaining: Bool
  private let errorNumber: Int64

  private static let errorNumbers: [String: Int64] = [
    "EPERM": 1, "ENOENT": 2, "ESRCH": 3, "EINTR": 4, "EIO": 5, "ENXIO": 6, "EBADF": 9, "EAGAIN": 11, "ENOMEM": 12,
    "EACCES": 13, "EFAULT": 14, "EBUSY": 16, "EINVAL": 22, "ENOSYS": 38, "EOPNOTSUPP": 95,
  ]

  /// Reads the value of an isolator; nil where nothing is filtered.
  init?(_ value: JSON, isRetaining: Bool, notes: inout [String]) throws(RunFailure) {
    let isolator = "os/linux/seccomp-\(isRetaining ? "retain" : "remove")-set"
    let set = try Isolators.names(in: value, of: isolator)
    let groups = set.filter { $0.hasPrefix("@") }
    let unknown = groups.filter { $0 != "@appc.io/all" && $0 != "@appc.io/empty" }.map { VisibleText($0, limit: 80) }
    if !unknown.isEmpty {
      let list = unknown.map(\.description).joined(separator: ", ")
      notes.append(
        isRetaining
          ? "\(isolator) is not applied: it names \(list), which are not known here"
          : "\(isolator) is applied without \(list), which are not known here")
      if isRetaining { return nil }
    }
    if isRetaining, groups.contains("@appc.io/all") { return nil }
    guard isRetaining || !groups.contains("@appc.io/all") else {
      throw RunFailure(.malformed, "the image takes every system call from itself: it cannot run")
    }
    names = set.filter { !$0.hasPrefix("@") }
    self.isRetaining = isRetaining
    let word = value["errno"]?.string?.text ?? "EPERM"
    guard let number = Self.errorNumbers[word] else {
      throw RunFailure(.malformed, "\(isolator): the error '\(VisibleText(word, limit: 40))' is not known here")
    }
    errorNumber = number
    if names.isEmpty, !isRetaining { return nil }
  }

  /// The `seccomp` member of a bundle.
  var document: JSON {
    let denied: [JSON.Member] = [.init("action", "SCMP_ACT_ERRNO"), .init("errnoRet", .number(errorNumber))]
    let rule: [JSON.Member] =
      [.init("names", JSON(names))] + (isRetaining ? [.init("action", "SCMP_ACT_ALLOW")] : denied)
    var members: [JSON.Member] = [
      .init("defaultAction", isRetaining ? "SCMP_ACT_ERRNO" : "SCMP_ACT_ALLOW"),
      .init("architectures", JSON(Self.architectures)),
    ]
    if isRetaining { members.append(.init("defaultErrnoRet", .number(errorNumber))) }
    if !names.isEmpty { members.append(.init("syscalls", .array([.object(rule)]))) }
    return .object(members)
  }

  /// With the other ways to call the same kernel, which a filter for one alone would leave open.
  private static var architectures: [String] {
    #if arch(x86_64)
      ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"]
    #elseif arch(arm64)
      ["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"]
    #else
      []
    #endif
  }
}
