import Glibc

/// A real PostgreSQL on this machine, with the tables in which notary-server and notary-signer keep their data.
///
/// It listens at a socket in its own folder alone, and is gone with its last owner.
public final class DatabasePeer {
  private let folder: TemporaryDirectory
  /// The programs, where Debian's package puts them.
  private let programs: String
  private var service: PeerService?
  /// The database that the servers are told to use.
  static let name = "notary"

  /// A server with empty tables.
  public init() throws {
    folder = try TemporaryDirectory(prefix: "kr-database")
    programs = try Self.output(["sh", "-c", "ls -d /usr/lib/postgresql/*/bin | tail -n 1 | tr -d '\\n'"])
    // PostgreSQL runs as no root: where this is root, as the user that its package makes.
    chmod(folder.path, 0o711)
    let home = try folder.mkdir("home", mode: 0o700)
    var unprivileged: [String] = []
    if geteuid() == 0 {
      _ = try Self.output(["chown", "postgres:", home])
      unprivileged = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    }
    service = try PeerService(
      unprivileged + ["sh", "-c", Self.program, home, programs], endedBy: "INT", removing: folder.path)
    try waitUntilReady()
    try run("CREATE DATABASE \(Self.name)", on: "postgres")
    try run(Self.tables, on: Self.name)
  }

  deinit { service = nil }

  /// What the servers are told.
  var address: String { "postgres://postgres@/\(Self.name)?host=\(home)&sslmode=disable" }

  private var home: String { folder.path + "/home" }

  private static let program = """
    cd "$0" && exec >log 2>&1
    "$1/initdb" -D data -U postgres -A trust -E UTF8 --locale=C --no-sync &&
      exec "$1/postgres" -D data -k "$0" -c listen_addresses= -c fsync=off
    """

  /// Keeps a copy of everything; nobody may be connected meanwhile.
  public func save() throws { try run("CREATE DATABASE saved TEMPLATE \(Self.name)", on: "postgres") }

  /// Puts the copy in the place of what is there now; nobody may be connected meanwhile.
  public func goBack() throws {
    try run("DROP DATABASE \(Self.name)", on: "postgres")
    try run("ALTER DATABASE saved RENAME TO \(Self.name)", on: "postgres")
  }

  private func run(_ command: String, on database: String) throws {
    let common = [programs + "/psql", "-h", home, "-U", "postgres", "-q", "-v", "ON_ERROR_STOP=1"]
    _ = try Self.output(common + ["-d", database, "-c", command])
  }

  private func waitUntilReady() throws {
    let question = [programs + "/pg_isready", "-q", "-h", home]
    for _ in 0..<400 {
      if try ChildProcess.run(question).status == 0 { return }
      usleep(50_000)
    }
    throw NotaryPeer.Failure.failed(try Self.output(["tail", "-n", "5", home + "/log"]))
  }

  private static func output(_ words: [String]) throws -> String {
    let outcome = try ChildProcess.run(words, directory: "/")
    guard outcome.status == 0 else { throw NotaryPeer.Failure.failed(outcome.errorText) }
    return outcome.text
  }
}

extension DatabasePeer {
  /// The columns that the servers of notary 0.7 read and write, and the rules on which their uploads rest.
  fileprivate static let tables = """
    CREATE TABLE tuf_files (
      id serial PRIMARY KEY, created_at timestamp, updated_at timestamp, deleted_at timestamp,
      gun varchar(255) NOT NULL, role varchar(255) NOT NULL, version integer NOT NULL, data bytea NOT NULL,
      sha256 char(64), UNIQUE (gun, role, version));
    CREATE TABLE changefeed (
      id serial PRIMARY KEY, created_at timestamp DEFAULT current_timestamp, gun varchar(255) NOT NULL,
      version integer NOT NULL, sha256 char(64), category varchar(20) NOT NULL DEFAULT 'update');
    CREATE TABLE private_keys (
      id serial PRIMARY KEY, created_at timestamp, updated_at timestamp, deleted_at timestamp,
      key_id varchar(255) NOT NULL UNIQUE, encryption_alg varchar(255) NOT NULL, keywrap_alg varchar(255) NOT NULL,
      algorithm varchar(50) NOT NULL, passphrase_alias varchar(50) NOT NULL, public bytea NOT NULL,
      private bytea NOT NULL, gun varchar(255) NOT NULL, role varchar(255) NOT NULL, last_used timestamp);
    """
}
