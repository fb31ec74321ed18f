internal import CSpawn
internal import Glibc

extension ChildProgram {
  /// The variables of this process.
  public static var ownEnvironment: [String: String] {
    var (variables, list): ([String: String], _) = unsafe ([:], kr_variables())
    while let entry = unsafe list?.pointee {
      let text = unsafe String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      unsafe list = list?.successor()
    }
    return variables
  }

  /// Becomes that program: the same process, terminal, descriptors and directory; whoever waits for this one gets its exit status.
  ///
  /// Its streams and its directory must be those of this process.
  ///
  /// - Throws: `ChildProgramError`; never returns otherwise.
  public func replaceThisProcess() throws(ChildProgramError) -> Never {
    precondition(directory == nil && descriptors.isEmpty, "a program with this process's own streams and directory")
    // What this program ignores for itself is nothing to hand on.
    signal(SIGXFSZ, SIG_DFL)
    fflush(nil)
    let words = CStrings([path] + arguments)
    let variables = environment.map { own in CStrings(own.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }) }
    throw .notStarted(path, unsafe kr_replace(path, words.list, variables?.list))
  }
}
