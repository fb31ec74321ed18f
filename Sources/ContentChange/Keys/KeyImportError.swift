public import ContentTrust
public import TrustModel

/// Why a key of somebody's file cannot be taken in.
public enum KeyImportError: ReasonedError {
  /// The file cannot be read: a sentence.
  case input(String)
  /// The file, or one of its blocks, holds no key: the file, the number of the block from 1 and the reason.
  case block(file: String, Int, SigningKeyFileError)
  /// A paper copy was not typed as it stands on the paper.
  case paper(file: String, PaperKeyReader.Failure)
  /// Nothing says for which role a key is.
  case noRole(file: String, Int)
  /// A key of a repository, and nothing says which: the role.
  case noRepository(file: String, Int, String)
  /// It says a role or a repository that is none.
  case header(file: String, Int, String)
  /// The key does not open.
  case key(KeyringError)

  /// The reason in the closed list.
  public var reason: Reason {
    switch self {
    case .input, .block, .paper: .failed
    case .noRole, .noRepository, .header: .usage
    case .key(let error): error.reason
    }
  }

  /// One sentence.
  public var description: String {
    switch self {
    case .input(let sentence): sentence
    case .block(let file, let number, let error): "\(Self.place(file, number)): \(error)"
    case .paper(let file, let error): "\(Self.place(file, 1)): \(error); nothing was imported"
    case .noRole(let file, let number):
      "\(Self.place(file, number)) does not say which role the key is for: add --role root, --role targets --gun GUN, or "
        + "--role and the name of a signer"
    case .noRepository(let file, let number, let role):
      "\(Self.place(file, number)) does not say which repository the \(VisibleText(role, limit: 80)) key is for: add --gun GUN"
    case .header(let file, let number, let problem): "\(Self.place(file, number)): \(problem)"
    case .key(let error): error.description
    }
  }

  private static func place(_ file: String, _ number: Int) -> String {
    let name = file == "-" ? "standard input" : VisibleText(file).description
    return number > 1 ? "key \(number) of \(name)" : name
  }
}
