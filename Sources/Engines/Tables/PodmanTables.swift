/// The options of podman's commands.
///
/// Source: `podman COMMAND --help` of 4.3.1, and what 5.6 has beside it.
enum PodmanTables {
  /// Before the subcommand; most may also follow it.
  static let global = OptionTable(
    flags: """
      --noout -r,--remote --syslog --transient-store -v,--version
      """,
    values: """
      --cgroup-manager --config --conmon -c,--connection --db-backend --events-backend --hooks-dir --identity
      --imagestore --log-level --module --namespace --network-cmd-path --network-config-dir --out --pull-option
      --root --runroot --runtime --runtime-flag --ssh --storage-driver --storage-opt --tls-ca --tls-cert --tls-key
      --tmpdir --url --volumepath
      """)

  /// Other names that every command takes for options of its own.
  ///
  /// Source: podman's `utils.AliasFlags`.
  static let aliases = OptionTable(
    flags: "",
    values: """
      --arch,--override-arch --os,--override-os --variant,--override-variant --network,--net
      --health-cmd,--healthcheck-command --health-interval,--healthcheck-interval
      --health-retries,--healthcheck-retries --health-start-period,--healthcheck-start-period
      --health-timeout,--healthcheck-timeout
      """)

  /// `podman pull`.
  static let pull = OptionTable(
    flags: """
      -a,--all-tags --disable-content-trust -q,--quiet --tls-verify
      """,
    values: """
      --arch --authfile --cert-dir --creds --decryption-key --os --platform --policy --retry --retry-delay
      --variant
      """)

  /// `podman push`.
  static let push = OptionTable(
    flags: """
      --compress --disable-content-trust --force-compression -q,--quiet --remove-signatures --tls-verify
      """,
    values: """
      --authfile --cert-dir --compression-format --compression-level --creds --digestfile --encrypt-layer
      --encryption-key -f,--format --retry --retry-delay --sign-by --sign-by-sigstore-private-key
      --sign-by-sq-fingerprint --sign-passphrase-file
      """)

  /// `podman run` and `podman create`.
  static let run = OptionTable(
    flags: """
      -d,--detach --disable-content-trust --env-host --http-proxy --init -i,--interactive --no-healthcheck
      --no-hostname --no-hosts --oom-kill-disable --passwd --privileged -P,--publish-all -q,--quiet --read-only
      --read-only-tmpfs --replace --rm --rmi --rootfs --sig-proxy --tls-verify -t,--tty --unsetenv-all
      """,
    values: """
      --add-host --annotation --arch -a,--attach --authfile --blkio-weight --blkio-weight-device --cap-add
      --cap-drop --cert-dir --cgroup-conf --cgroup-parent --cgroupns --cgroups --chrootdirs --cidfile
      --conmon-pidfile --cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime -c,--cpu-shares --cpus --cpuset
      --cpuset-cpus --cpuset-mems --creds --decryption-key --detach-keys --device --device-cgroup-rule
      --device-read-bps --device-read-iops --device-write-bps --device-write-iops --dns --dns-opt --dns-option
      --dns-search --domainname --entrypoint -e,--env --env-file --env-merge --expose --gidmap --gpus --group-add
      --group-entry --health-cmd --health-interval --health-log-destination --health-max-log-count
      --health-max-log-size --health-on-failure --health-retries --health-start-period --health-startup-cmd
      --health-startup-interval --health-startup-retries --health-startup-success --health-startup-timeout
      --health-timeout -h,--hostname --hosts-file --hostuser --image-volume --init-ctr --init-path
      --intel-rdt-closid --ip --ip6 --ipc --kernel-memory -l,--label --label-file --link --log-driver --log-opt
      --mac-address -m,--memory --memory-reservation --memory-swap --memory-swappiness --mount --name --network
      --network-alias --oom-score-adj --os --passwd-entry --personality --pid --pidfile --pids-limit --platform
      --pod --pod-id-file --preserve-fds -p,--publish --pull --requires --restart --retry --retry-delay --sdnotify
      --seccomp-policy --secret --security-opt --shm-size --shm-size-systemd --stop-signal --stop-timeout
      --storage-opt --subgidname --subuidname --sysctl --systemd --timeout --tmpfs --tz --uidmap --ulimit --umask
      --unsetenv -u,--user --userns --uts --variant -v,--volume --volume-driver --volumes-from -w,--workdir
      """)

  /// `podman build`.
  static let build = OptionTable(
    flags: """
      --all-platforms --compat-volumes --compress --created-annotation -D,--disable-compression
      --disable-content-trust --force-rm --http-proxy --identity-label --inherit-annotations --inherit-labels
      --layers --load --logsplit --no-cache --no-hostname --no-hosts --omit-history --pull --pull-always
      --pull-never -q,--quiet --rewrite-timestamp --rm --save-stages --skip-unused-stages --squash --squash-all
      --stdin --tls-verify
      """,
    values: """
      --add-host --annotation --arch --attest --authfile --build-arg --build-arg-file --build-context --builder --cache-from
      --cache-to --cache-ttl --cap-add --cap-drop --cert-dir --cgroup-parent --cgroupns --cpp-flag --cpu-period
      --cpu-quota -c,--cpu-shares --cpuset-cpus --cpuset-mems --creds --decryption-key --device --dns --dns-option
      --dns-search --env --farm -f,--file --format --from --group-add --hooks-dir --ignorefile --iidfile --ipc
      --isolation --jobs --label --layer-label --logfile --manifest -m,--memory --memory-swap --metadata-file
      --network --os --os-feature --os-version -o,--output --pid --platform --progress --provenance --retry
      --retry-delay --runtime-flag --sbom --sbom-image-output --sbom-image-purl-output --sbom-merge-strategy
      --sbom-output --sbom-purl-output --sbom-scanner-command --sbom-scanner-image --secret --security-opt
      --shm-size --sign-by --source-date-epoch --source-policy-file --ssh -t,--tag --target --timestamp --ulimit
      --unsetannotation --unsetenv --unsetlabel --userns --userns-gid-map --userns-gid-map-group --userns-uid-map
      --userns-uid-map-user --uts --variant -v,--volume
      """)
}
