import ArgumentParser
import DurableFiles
import Fetch
import Glibc
import SignedMetadata
import StrictJSON
import TrustModel

/// One run of the client: reads what is kept, updates it over the network, stores what came.
struct ClientRun {
  private let options: ClientOptions
  private let fetcher = Fetcher()

  init(_ options: ClientOptions) {
    self.options = options
  }

  /// Stores the root, if it is signed by its own keys.
  func begin(with file: String) throws {
    let octets = try KeptFiles.contents(file)
    _ = try TrustedMetadata(root: octets, .tuf, at: now)
    try KeptFiles(options.metadataDirectory).write([(.root, octets)], VersionFloors())
  }

  /// Updates; stores what is good also where the update fails later.
  func refresh() throws -> MetadataUpdate {
    let files = KeptFiles(options.metadataDirectory)
    var update = try MetadataUpdate(.tuf, from: files.kept, at: now)
    var step = update.start()
    while case .fetch(let request) = step { step = update.take(answer(request)) }
    try files.write(update.advance.documents, update.advance.floors)
    if case .failed(let error) = step { throw error }
    return update
  }

  /// Downloads every target that is named, each at most once.
  func download() throws {
    var update = try refresh()
    guard let base = options.targetBaseURL, let directory = options.targetDirectory else {
      throw ValidationError("--target-base-url and --target-dir are needed")
    }
    for name in options.targetNames {
      let target = JSONString(name)
      let stored = update.advance.documents.count
      defer {
        let new = update.advance.documents.dropFirst(stored)
        try? KeptFiles(options.metadataDirectory).write(Array(new), update.advance.floors)
      }
      var search = TargetSearch(for: target)
      var step = search.start(in: &update)
      while case .fetch(let request) = step { step = search.take(answer(request), in: &update) }
      switch step {
      case .found(let file, _): try TargetFile(target, file).store(in: directory, from: base, with: fetcher)
      case .failed(let error): throw error
      case .notFound, .fetch: throw MetadataError(.targets, .unlisted)
      }
    }
  }

  private func answer(_ request: MetadataRequest) -> MetadataUpdate.Answer {
    do {
      let address = try Address((options.metadataURL ?? "") + request.address)
      var wanted = FetchRequest(address, limits: FetchLimits(octets: UInt64(request.limit)))
      wanted.allowsHTTP = true
      return .octets(try fetcher.octets(wanted).body)
    } catch let FetchError.status(code, _) where code == 404 || code == 403 {
      return .absent
    } catch {
      return .unreachable("\(error)")
    }
  }

  /// The moment of this run.
  private var now: Timestamp {
    var moment = timespec()
    clock_gettime(CLOCK_REALTIME, &moment)
    return Timestamp(seconds: Int64(moment.tv_sec))
  }
}
