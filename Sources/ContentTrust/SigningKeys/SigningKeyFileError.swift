internal import TrustModel

/// Why a file holds no private key that can be used.
///
/// Nothing of what it holds is repeated but names that are no secret.
public enum SigningKeyFileError: Error, Hashable, CustomStringConvertible {
  /// No PEM block begins in it.
  case noBlock
  /// Its block has no end.
  case truncated
  /// It holds more than one block, of which docker and notary read the first.
  case severalBlocks
  /// It holds text before or behind the block.
  case textAround
  /// The block is of another kind.
  case label(String)
  /// A header line breaks a rule.
  case header(String)
  /// The text of the block is no base64.
  case base64
  /// Its octets are no key of the kind that the block says.
  case structure
  /// An algorithm that is none of a private key here, by its object identifier.
  case algorithm(String)
  /// Its public half does not belong to its private half.
  case halves
  /// There is no memory to read it into.
  case memory

  /// One clause, without the file's name.
  public var description: String {
    switch self {
    case .noBlock: "it holds no PEM block"
    case .truncated: "its PEM block has no end: it was cut off"
    case .severalBlocks: "it holds several PEM blocks, of which docker and notary read only the first"
    case .textAround: "it holds other text beside its PEM block"
    case .label(let label): "it holds no private key but \(VisibleText(label, limit: 40))"
    case .header(let problem): problem
    case .base64: "the text of its PEM block is no base64"
    case .structure: "the octets of its PEM block are no such key"
    case .algorithm(let identifier): "it holds a key for an algorithm that content trust does not use: \(identifier)"
    case .halves: "its public half does not belong to its private half"
    case .memory: "there is no memory to read it into"
    }
  }
}
