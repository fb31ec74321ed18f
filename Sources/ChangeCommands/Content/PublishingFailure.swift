internal import ContentChange
internal import ContentSigning
internal import ReadCommands
internal import SignedMetadata
internal import Stores
internal import StrictJSON
internal import TrustModel

/// Runs `body` and ends the command with the exit status of a change of content trust that failed.
func withPublishingErrors<Value>(_ body: () throws -> Value) throws -> Value {
  do {
    return try body()
  } catch let error as PublicationError {
    throw CommandFailure(error.reason, error.description)
  } catch let error as RepositoryChangeError {
    throw CommandFailure(error.reason, error.description)
  } catch let error as KeyImportError {
    throw CommandFailure(error.reason, error.description)
  } catch let error as PublishingError {
    throw CommandFailure(.failed, error.description)
  } catch let error as KeyringError {
    throw CommandFailure(error.reason, error.description)
  } catch let error as KeyFolderError {
    throw CommandFailure(error.reason, error.description)
  } catch let error as MetadataError {
    throw CommandFailure(error.reason, error.description)
  } catch let error as SigningKeyError {
    throw CommandFailure(.failed, error.description)
  } catch let error as StoreError {
    throw CommandFailure(.failed, "\(error)")
  } catch let error as JSONError {
    throw CommandFailure(.malformed, "\(error)")
  }
}
