/// The options of nerdctl's commands.
///
/// Source: nerdctl 2.1, `docs/command-reference.md`.
enum NerdctlTables {
  /// Before the subcommand; they may also follow it.
  static let global = OptionTable(
    flags: """
      --debug --debug-full --experimental --insecure-registry --kube-hide-dupe -v,--version
      """,
    values: """
      --bridge-ip --cdi-spec-dirs --cgroup-manager --cni-netconfpath --cni-path --data-root --dns --dns-opts
      --dns-search --global-dns -a,--address,-H,--host --host-gateway-ip --hosts-dir -n,--namespace
      --snapshotter,--storage-driver --userns-remap
      """)

  /// `nerdctl pull`.
  static let pull = OptionTable(
    flags: """
      --all-platforms -q,--quiet
      """,
    values: """
      --cosign-certificate-identity --cosign-certificate-identity-regexp --cosign-certificate-oidc-issuer
      --cosign-certificate-oidc-issuer-regexp --cosign-key --ipfs-address --platform --soci-index-digest --unpack
      --verify
      """)

  /// `nerdctl push`.
  static let push = OptionTable(
    flags: """
      --all-platforms --allow-nondistributable-artifacts --estargz --ipfs-ensure-image -q,--quiet

      """,
    values: """
      --cosign-key --ipfs-address --notation-key-name --platform --sign --soci-min-layer-size --soci-span-size
      """)

  /// `nerdctl run` and `nerdctl create`.
  static let run = OptionTable(
    flags: """
      -d,--detach --init -i,--interactive --no-healthcheck --oom-kill-disable --privileged -P,--publish-all
      -q,--quiet --read-only --rm --rootfs --sig-proxy -t,--tty
      """,
    values: """
      --add-host --annotation -a,--attach --blkio-weight --blkio-weight-device --cap-add --cap-drop --cgroup-conf
      --cgroup-parent --cgroupns --cidfile --cosign-certificate-identity --cosign-certificate-identity-regexp
      --cosign-certificate-oidc-issuer --cosign-certificate-oidc-issuer-regexp --cosign-key --cpu-period
      --cpu-quota --cpu-rt-period --cpu-rt-runtime -c,--cpu-shares --cpus --cpuset-cpus --cpuset-mems
      --detach-keys --device --device-cgroup-rule --device-read-bps --device-read-iops --device-write-bps
      --device-write-iops --dns --dns-opt --dns-option --dns-search --domainname --entrypoint -e,--env --env-file
      --expose --gpus --group-add --health-cmd --health-interval --health-retries --health-start-interval
      --health-start-period --health-timeout -h,--hostname --init-binary --ip --ip6 --ipc --ipfs-address
      --isolation --kernel-memory -l,--label --label-file --log-driver --log-opt --mac-address -m,--memory
      --memory-reservation --memory-swap --memory-swappiness --mount --name --network,--net --network-alias
      --oom-score-adj --pid --pidfile --pids-limit --platform -p,--publish --pull --rdt-class --restart --runtime
      --security-opt --shm-size --stop-signal --stop-timeout --sysctl --systemd --tmpfs --ulimit --umask -u,--user
      --userns --uts --verify -v,--volume --volumes-from -w,--workdir
      """)

  /// `nerdctl build`.
  static let build = OptionTable(
    flags: """
      --no-cache --pull -q,--quiet --rm
      """,
    values: """
      --add-host --allow --attest --build-arg --build-context --buildkit-host --cache-from --cache-to -f,--file
      --iidfile --label --network --platform --progress --provenance --sbom --secret --ssh -t,--tag --target
      --ulimit --output,-o
      """)
}
