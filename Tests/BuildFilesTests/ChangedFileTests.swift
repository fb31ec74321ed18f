import FuzzTargets
import Testing

/// The targets of `make fuzz` over good files that were changed at random, the same way in every run.
@Suite("Changed files")
struct ChangedFileTests {
  /// SplitMix64: the same octets in every run.
  private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }

  private static let dockerfile = """
    # syntax=docker/dockerfile:1
    ARG V=3 W="a b"
    FROM --platform=$BUILDPLATFORM alpine:${V:-2} AS one
    RUN --mount=type=bind,from=c,target=/x --mount="type=bind,from=d" <<'E' cat \\
      # comment
      <<-F
    FROM x
    E
    \tF
    FROM "one"
    COPY --from=0 / /
    ONBUILD COPY --from=ctx / /
    """
  private static let compose = """
    x-a: &a {image: "a:${V:-1}"}
    include: [other.yaml]
    services:
      b: {<<: *a, volumes: [{type: image, source: x}]}
      c:
        extends: {service: b}
        build: {context: sub, args: [V=1, W], additional_contexts: {i: "docker-image://j"}}
    """

  /// Pieces that mean something.
  private static let words = [
    "<<", "$", "${", "}", "\"", "'", "\\", "\n", "#", "FROM ", "--from=", "`", "&a ", "*a", "[", ": ",
  ]

  private static func changed(_ octets: [UInt8], _ random: inout Seeded) -> [UInt8] {
    var octets = octets
    for _ in 0..<Int.random(in: 1...4, using: &random) where octets.count > 2 {
      let place = Int.random(in: 0..<octets.count, using: &random)
      let end = min(octets.count, place + Int.random(in: 1...16, using: &random))
      switch Int.random(in: 0..<4, using: &random) {
      case 0: octets[place] = UInt8.random(in: 0...255, using: &random)
      case 1: octets.removeSubrange(place..<end)
      case 2: octets.insert(contentsOf: octets[place..<end], at: place)
      default: octets.insert(contentsOf: (words.randomElement(using: &random) ?? "").utf8, at: place)
      }
    }
    return octets
  }

  @Test("Good files are taken; changed ones are taken or refused, and nothing breaks")
  func changes() {
    var random = Seeded(state: 7)
    for (target, seed) in [(FuzzTarget.dockerfile, Self.dockerfile), (.compose, Self.compose)] {
      #expect(target.run(Array(seed.utf8)), "\(target)")
      var refused = 0
      for _ in 0..<3000 where !target.run(Self.changed(Array(seed.utf8), &random)) { refused += 1 }
      #expect((300...2900).contains(refused), "\(target): \(refused)")
    }
  }
}
