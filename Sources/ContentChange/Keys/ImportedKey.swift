internal import ContentSigning
internal import ContentTrust
internal import SignedMetadata
internal import TrustModel

/// A key out of somebody's file, opened, with what the file says of it.
public struct ImportedKey: Sendable {
  /// The key and the passphrase that opened it.
  public let opened: OpenedKey
  /// Its role and repository: as asked for, or else as its file says.
  public let headers: SigningKeyHeaders
  /// The role that its file says, where another one was asked for.
  public let statedRole: String?
  /// What the file held, in words: form and protection.
  public let words: String
  /// Why docker and notary could not have read it, as a clause; nil where they could.
  public let obstacleToDocker: String?

  /// The keys of a file, each opened by its passphrase.
  public struct File: Sendable {
    /// The keys in their order.
    public let keys: [ImportedKey]
    /// What was noticed, a sentence each.
    public let notes: [String]
  }

  /// Opens every key of a file; `-` is standard input.
  ///
  /// - Parameters:
  ///   - role: in place of the one that the file says.
  ///   - repository: in place of the one that the file says.
  /// - Throws: `KeyImportError`; of a file with several keys, all or none are taken.
  public static func all(
    in file: String, role: String?, repository: String?, passphrases: any PassphraseSource
  ) throws(KeyImportError) -> File {
    let (octets, isOpenToOthers) = try KeyInput.read(file)
    let blocks: KeyFileBlocks
    do throws(SigningKeyFileError) {
      blocks = try KeyFileBlocks(octets)
    } catch {
      throw .block(file: file, 1, error)
    }
    var keys: [ImportedKey] = []
    for (index, range) in blocks.keys.enumerated() {
      let name = KeyFileName(file: file, number: index + 1)
      let block: PEMKeyBlock
      do throws(SigningKeyFileError) {
        block = try PEMKeyBlock(KeyFileBlocks.buffer(octets[range]))
      } catch {
        throw .block(file: file, index + 1, error)
      }
      keys.append(try ImportedKey(block, name, role: role, repository: repository, passphrases))
    }
    return File(keys: keys, notes: notes(file, blocks, isOpenToOthers))
  }

  /// Opens the key of a paper copy; `-` is standard input.
  ///
  /// - Throws: `KeyImportError`, `paper` with the lines that have a typing error.
  public static func paper(
    _ file: String, role: String?, repository: String?, passphrases: any PassphraseSource
  ) throws(KeyImportError) -> File {
    let octets = try KeyInput.read(file).octets
    let paper: PaperKey
    do throws(PaperKeyReader.Failure) {
      paper = try PaperKeyReader.read(octets)
    } catch {
      throw .paper(file: file, error)
    }
    let name = KeyFileName(file: file, number: 1)
    let block: PEMKeyBlock
    do throws(SigningKeyFileError) {
      block = try PEMKeyBlock(KeyFileBlocks.buffer(SecretOctets(paper.pem)[...]))
    } catch {
      throw .block(file: file, 1, error)
    }
    let key = try ImportedKey(block, name, role: role, repository: repository, passphrases)
    guard key.opened.key.id == paper.id else {
      throw .key(.otherKey(paper.id, file: name.description, holds: key.opened.key.id))
    }
    return File(keys: [key], notes: [])
  }

  private static func notes(_ file: String, _ blocks: KeyFileBlocks, _ isOpenToOthers: Bool) -> [String] {
    let other = blocks.others.map {
      "\(VisibleText(file)): the block \(VisibleText($0, limit: 40)) is no private key, and was passed over"
    }
    guard isOpenToOthers else { return other }
    return other + [
      "other users can read \(VisibleText(file)): once the key is imported, remove the file, or "
        + ShellText.line(["chmod", "600", file])
    ]
  }

  init(
    _ block: borrowing PEMKeyBlock, _ name: KeyFileName, role: String?, repository: String?,
    _ passphrases: any PassphraseSource
  ) throws(KeyImportError) {
    let contents: SigningKeyFile
    do throws(SigningKeyFileError) {
      contents = try SigningKeyFile(block)
    } catch {
      throw .block(file: name.file, name.number, error)
    }
    let headers = try KeyFileHeaders(contents).headers(name, role: role, repository: repository)
    self.headers = headers
    statedRole = contents.role.flatMap { $0.utf8.elementsEqual((headers.role ?? "").utf8) ? nil : $0 }
    words = "\(contents.form.words), \(contents.protection)"
    obstacleToDocker = contents.obstacleToDocker
    let request = KeyRequest(
      contents.id, role: headers.role ?? "", repository: headers.repository, purpose: "to read it from \(name)")
    do throws(KeyringError) {
      opened = try OpenedKey(block, file: name.description, for: request, asking: passphrases)
    } catch {
      throw .key(error)
    }
  }
}

/// A key's place in somebody's file.
struct KeyFileName: CustomStringConvertible {
  let file: String
  let number: Int

  var description: String {
    let name = file == "-" ? "standard input" : VisibleText(file).description
    return number > 1 ? "\(name) (key \(number))" : name
  }
}

extension SigningKeyFile.Form {
  /// In words.
  var words: String {
    switch self {
    case .pkcs8(let version): "pkcs8 version \(version)"
    case .encryptedPKCS8: "encrypted pkcs8"
    case .sec1: "sec1"
    case .pkcs1: "pkcs1"
    case .ed25519: "ed25519 of notary"
    }
  }
}
