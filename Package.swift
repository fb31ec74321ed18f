// swift-tools-version: 6.2
import PackageDescription

// The arrows between the rooms. What may only look (TrustVerify and all below it, ReadCommands) never depends on what
// may change (TrustChange, ChangeCommands, Console); `make check` builds with undeclared imports as errors.
//
// Each target: name, then what it may import, one line each, from the model upwards.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// For targets that touch C or raw memory: each unsafe use must say so.
let strictMemory: [SwiftSetting] = strict + [.strictMemorySafety()]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")

let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")

let package = Package(
  name: "keyreeve",
  products: [
    .executable(name: "keyreeve", targets: ["keyreeve"]),
    .executable(name: "keyreeve-verify", targets: ["keyreeve-verify"]),
    .executable(name: "tuf-client", targets: ["tuf-client"]),
    .library(name: "TrustVerify", targets: ["TrustVerify"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
  ],
  targets: [
    // MARK: C at the border, one importer each

    .target(
      name: "CArchive",
      linkerSettings: [.linkedLibrary("z"), .linkedLibrary("bz2"), .linkedLibrary("lzma")]),
    // libcurl, libxml2 and libzstd are loaded when they are first used: with all they pull in they would double every start.
    .target(name: "CCurl"),
    // Starts docker's credential helpers, and nothing else.
    .target(name: "CCredential"),
    // Starts a program with just the descriptors that it is to have.
    .target(name: "CSpawn"),
    // Devices and attributes of files that are unpacked, signals that are noted.
    .target(name: "CUnpack"),
    // Two names exchanged at once.
    .target(name: "CExchange"),
    // Debian's own place of the headers, which no compiler looks in by itself.
    .target(name: "CHTML", cSettings: [.unsafeFlags(["-I/usr/include/libxml2"])]),
    .target(name: "CGPGME", linkerSettings: [.linkedLibrary("gpgme"), .linkedLibrary("gpg-error")]),
    // Loaded when a compose file is first read.
    .target(name: "CYAML"),
    .target(name: "CTerm", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),

    // MARK: Values

    .target(name: "StrictJSON", swiftSettings: strict),
    .target(name: "TrustModel", swiftSettings: strict),

    // MARK: Looking

    .target(
      name: "SignedMetadata", dependencies: ["TrustModel", "StrictJSON", crypto, cryptoExtras, asn1],
      swiftSettings: strict),
    .target(
      name: "OpenPGP", dependencies: ["TrustModel", "CGPGME", crypto, cryptoExtras], swiftSettings: strictMemory),
    .target(name: "Archives", dependencies: ["TrustModel", "StrictJSON", "CArchive"], swiftSettings: strictMemory),
    // Which images a Dockerfile or a compose file names.
    .target(
      name: "BuildFiles", dependencies: ["TrustModel", "StrictJSON", "CYAML"], swiftSettings: strictMemory),
    .target(name: "Stores", dependencies: ["TrustModel"], swiftSettings: strictMemory),
    .target(name: "Fetch", dependencies: ["TrustModel", "CCurl"], swiftSettings: strictMemory),
    .target(
      name: "Discovery", dependencies: ["TrustModel", "StrictJSON", "Fetch", "CHTML"], swiftSettings: strictMemory),
    // What docker has kept of passwords and tokens.
    .target(
      name: "Credentials", dependencies: ["TrustModel", "Fetch", "Stores", "CCredential"], swiftSettings: strictMemory),
    .target(
      name: "ContentTrust",
      dependencies: [
        "TrustModel", "StrictJSON", "SignedMetadata", "Credentials", "Fetch", "Stores", crypto, cryptoExtras, asn1,
      ],
      swiftSettings: strict),
    // Registries of container images, layouts and saved archives, read.
    .target(
      name: "Registry",
      dependencies: ["TrustModel", "StrictJSON", "Archives", "Credentials", "Fetch", "Stores", crypto],
      swiftSettings: strictMemory),
    .target(
      name: "TrustVerify",
      dependencies: ["TrustModel", "StrictJSON", "OpenPGP", "Archives", "Stores", crypto],
      swiftSettings: strictMemory),
    .target(
      name: "ReadCommands",
      dependencies: [
        "TrustVerify", "TrustModel", "StrictJSON", "OpenPGP", "Stores", "Fetch", "Discovery", "ContentTrust",
        "Credentials", "SignedMetadata", "BuildFiles", "Registry", argumentParser,
      ],
      swiftSettings: strict),

    // MARK: Changing

    // Programs of the machine that are started and waited for: gpg, a container engine, an OCI runtime.
    .target(name: "ChildPrograms", dependencies: ["CSpawn"], swiftSettings: strictMemory),
    // Docker, podman and nerdctl: what their command lines mean, and which of them is here.
    .target(name: "Engines", dependencies: ["TrustModel", "StrictJSON", "ChildPrograms"], swiftSettings: strictMemory),
    .target(name: "DurableFiles", dependencies: ["CExchange"], swiftSettings: strictMemory),
    .target(
      name: "TrustChange",
      dependencies: [
        "TrustVerify", "TrustModel", "StrictJSON", "OpenPGP", "Stores", "Fetch", "Discovery", "DurableFiles",
        "ContentTrust", "SignedMetadata", crypto,
      ],
      swiftSettings: strictMemory),
    // Private keys opened and used, documents of content trust built and signed: octets in, octets out.
    .target(
      name: "ContentSigning",
      dependencies: ["TrustModel", "StrictJSON", "SignedMetadata", "ContentTrust", crypto, cryptoExtras, asn1],
      swiftSettings: strictMemory),
    // What TrustChange is for key layers, for content trust: key files, repositories, uploads.
    .target(
      name: "ContentChange",
      dependencies: [
        "TrustModel", "StrictJSON", "SignedMetadata", "ContentTrust", "ContentSigning", "Credentials", "Fetch",
        "Stores",
        "DurableFiles", crypto,
      ],
      swiftSettings: strictMemory),
    .target(
      name: "Images",
      dependencies: [
        "TrustVerify", "TrustModel", "StrictJSON", "OpenPGP", "Archives", "Stores", "Fetch", "Discovery",
        "DurableFiles", "ChildPrograms", "CUnpack", "Registry", crypto,
      ],
      swiftSettings: strictMemory),
    // Images made, signed, and laid out for discovery.
    .target(
      name: "Publishing",
      dependencies: [
        "TrustVerify", "TrustModel", "OpenPGP", "Archives", "Fetch", "Discovery", "DurableFiles", "ChildPrograms",
      ],
      swiftSettings: strictMemory),
    .target(
      name: "ChangeCommands",
      dependencies: [
        "Publishing", "TrustChange", "Images", "TrustVerify", "TrustModel", "StrictJSON", "OpenPGP", "Stores", "Fetch",
        "Discovery",
        "ReadCommands", "ContentTrust", "ContentSigning", "ContentChange", "SignedMetadata", "Credentials",
        "Engines", "ChildPrograms", "BuildFiles", "Registry", argumentParser,
      ],
      swiftSettings: strict),

    // MARK: The terminal interface

    .target(name: "Screen", dependencies: ["CTerm"], swiftSettings: strictMemory),
    .target(
      name: "Console",
      dependencies: [
        "TrustVerify", "TrustChange", "Images", "TrustModel", "OpenPGP", "Stores", "Fetch", "Discovery", "ContentTrust",
        "SignedMetadata", "ContentSigning", "ContentChange", "Screen",
      ],
      swiftSettings: strict),

    // MARK: Programs

    .executableTarget(
      name: "keyreeve",
      dependencies: [
        "ReadCommands", "ChangeCommands", "Console", "Screen", "Stores", "Fetch", "Discovery", "ContentTrust", "Images",
        "ContentChange", "TrustModel", argumentParser,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "keyreeve-verify", dependencies: ["ReadCommands", argumentParser], swiftSettings: strict),

    // For the conformance tests of The Update Framework; not installed.
    .executableTarget(
      name: "tuf-client",
      dependencies: ["SignedMetadata", "Fetch", "DurableFiles", "StrictJSON", "TrustModel", argumentParser],
      swiftSettings: strict),

    // MARK: Tests

    .target(
      name: "TestSupport", dependencies: ["TrustModel", "CTerm", crypto, cryptoExtras], path: "Tests/TestSupport",
      exclude: ["Site/site.py"], swiftSettings: strict),
    .target(
      name: "FuzzTargets", dependencies: ["BuildFiles", "ContentTrust", "SignedMetadata", "StrictJSON", "TrustModel"],
      path: "Tests/Fuzz/Targets", swiftSettings: strict),
    .testTarget(
      name: "EnginesTests",
      dependencies: [
        "Engines", "ChildPrograms", "ChangeCommands", "ContentTrust", "StrictJSON", "TrustModel", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(name: "ChildProgramsTests", dependencies: ["ChildPrograms"], swiftSettings: strict),
    .testTarget(name: "StrictJSONTests", dependencies: ["StrictJSON", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "TrustModelTests", dependencies: ["TrustModel"], swiftSettings: strict),
    .testTarget(
      name: "SignedMetadataTests",
      dependencies: ["SignedMetadata", "TrustModel", "StrictJSON", "TestSupport", crypto, cryptoExtras],
      swiftSettings: strict),
    .testTarget(
      name: "ContentTrustTests",
      dependencies: [
        "ContentTrust", "Credentials", "SignedMetadata", "Fetch", "Stores", "TrustModel", "StrictJSON", "TestSupport",
        "ExampleMachine", "TrustChange",
        "tuf-client", "FuzzTargets",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ContentSigningTests",
      dependencies: ["ContentSigning", "ContentTrust", "SignedMetadata", "StrictJSON", "TrustModel", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ContentChangeTests",
      dependencies: [
        "ContentChange", "ContentSigning", "ContentTrust", "Credentials", "SignedMetadata", "StrictJSON", "Fetch",
        "Stores",
        "TrustModel", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CredentialsTests", dependencies: ["Credentials", "Fetch", "Stores", "TrustModel", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "OpenPGPTests", dependencies: ["OpenPGP", "TrustModel", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ArchivesTests", dependencies: ["Archives", "TrustModel", "StrictJSON", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "BuildFilesTests", dependencies: ["BuildFiles", "TrustModel", "TestSupport", "FuzzTargets"],
      swiftSettings: strict),
    .testTarget(name: "StoresTests", dependencies: ["Stores", "TrustModel", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "FetchTests", dependencies: ["Fetch", "TrustModel", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "DiscoveryTests", dependencies: ["Discovery", "Fetch", "TrustModel", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ImagesTests",
      dependencies: [
        "Images", "TrustVerify", "TrustModel", "OpenPGP", "Stores", "StrictJSON", "Fetch", "Discovery", "Archives",
        "ChildPrograms", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "PublishingTests",
      dependencies: ["Publishing", "TrustVerify", "TrustModel", "OpenPGP", "Discovery", "Fetch", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "RegistryTests",
      dependencies: [
        "Registry", "Images", "Archives", "Credentials", "Fetch", "Stores", "StrictJSON", "TrustModel", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TrustVerifyTests",
      dependencies: ["TrustVerify", "TrustChange", "TrustModel", "OpenPGP", "Stores", "StrictJSON", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "TrustChangeTests",
      dependencies: [
        "TrustChange", "TrustVerify", "TrustModel", "OpenPGP", "Stores", "StrictJSON", "Fetch", "Discovery",
        "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(name: "ScreenTests", dependencies: ["Screen", "TestSupport"], swiftSettings: strict),
    .target(
      name: "ExampleMachine", dependencies: ["TestSupport", "TrustModel", crypto, cryptoExtras],
      path: "Tests/Conversations/Machine", exclude: ["Keys"], swiftSettings: strict),
    .testTarget(
      name: "ConversationTests", dependencies: ["ExampleMachine", "StrictJSON", "TestSupport", "TrustModel"],
      path: "Tests/Conversations", exclude: ["Cases", "Machine"], swiftSettings: strict),
    .testTarget(
      name: "ReadOnlyTests", dependencies: ["ExampleMachine", "TestSupport"], path: "Tests/ReadOnly",
      swiftSettings: strict),
    .testTarget(
      name: "ConsoleTests",
      dependencies: [
        "Console", "Screen", "OpenPGP", "Stores", "TrustChange", "TrustVerify", "TrustModel", "Fetch", "Discovery",
        "Images", "ContentTrust", "ContentSigning", "ContentChange", "SignedMetadata", "ExampleMachine", "TestSupport",
      ],
      exclude: ["Frames"], swiftSettings: strict),
    // A program that only reads a passphrase: for the search of its memory.
    .executableTarget(
      name: "secret-reader", dependencies: ["Screen"], path: "Tests/SecretReader", swiftSettings: strictMemory),
    .testTarget(
      name: "TerminalTests", dependencies: ["ExampleMachine", "TestSupport", "TrustModel", "secret-reader"],
      path: "Tests/Terminal", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// The fuzzer brings its own main function, and needs `--sanitize=fuzzer`: only `make fuzz` builds it.
if Context.environment["FUZZ"] != nil {
  package.targets.append(
    .executableTarget(name: "fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/Program", swiftSettings: strict))
}
