import FuzzTargets
import TestSupport
import Testing

/// The targets of `make fuzz` over good files that were changed at random, the same way in every run.
@Suite("Changed files")
struct ChangedFileTests {
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

  @Test("Good files are taken; changed ones are taken or refused, and nothing breaks")
  func changes() {
    var random = SeededRandom(7)
    for (target, seed) in [(FuzzTarget.dockerfile, Self.dockerfile), (.compose, Self.compose)] {
      #expect(target.run(Array(seed.utf8)), "\(target)")
      var refused = 0
      for _ in 0..<3000 {
        let changed = random.change(Array(seed.utf8), changes: 4) { octets, place, random in
          octets.insert(contentsOf: (Self.words.randomElement(using: &random) ?? "").utf8, at: place)
        }
        if !target.run(changed) { refused += 1 }
      }
      #expect((300...2900).contains(refused), "\(target): \(refused)")
    }
  }
}
