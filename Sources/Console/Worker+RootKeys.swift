internal import ContentChange
internal import Screen
internal import TrustModel

extension Worker {
  func run(_ order: RootKeyOrder, at now: Timestamp) {
    mailbox.post(.rootKey(order, end(of: order, at: now)))
  }

  private func end(of order: RootKeyOrder, at now: Timestamp) -> RootKeyEnd {
    guard let work = settings.rootKeys else { return .failed("Read-only here: no key is made.") }
    do throws(RootKeyError) {
      switch order.task {
      case .check: return .checked(RootKeyChecks(work.folder, at: now))
      case .make(let kind, let passphrase): return .made(try work.make(kind, passphrase))
      case .copy(let key, let file, let passphrase):
        let path = settings.located(file)
        guard path.hasPrefix("/") else { return .failed("Name the whole path of the copy, from / on.") }
        return .copied(try work.copy(key, to: path, passphrase))
      case .remove(let key, let copy, let passphrase):
        try work.remove(key, keeping: copy, passphrase)
        return .removed
      }
    } catch {
      return .failed("\(error)".capitalizedFirst)
    }
  }
}
