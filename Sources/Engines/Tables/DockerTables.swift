/// The options of docker's commands.
///
/// Source: `docker COMMAND --help` of 28.2.2; hidden ones from its `cli/command`.
enum DockerTables {
  /// Before the subcommand.
  static let global = OptionTable(
    flags: """
      -D,--debug --tls --tlsverify -v,--version
      """,
    values: """
      --config -c,--context -H,--host -l,--log-level --tlscacert --tlscert --tlskey
      """)

  /// `docker pull`.
  static let pull = OptionTable(
    flags: """
      -a,--all-tags --disable-content-trust -q,--quiet
      """,
    values: """
      --platform
      """)

  /// `docker push`.
  static let push = OptionTable(
    flags: """
      -a,--all-tags --disable-content-trust -q,--quiet
      """,
    values: """
      --platform
      """)

  /// `docker run` and `docker create`.
  static let run = OptionTable(
    flags: """
      -d,--detach --disable-content-trust --init -i,--interactive --no-healthcheck --oom-kill-disable --privileged
      -P,--publish-all -q,--quiet --read-only --rm --sig-proxy -t,--tty --use-api-socket
      """,
    values: """
      --add-host --annotation -a,--attach --blkio-weight --blkio-weight-device --cap-add --cap-drop
      --cgroup-parent --cgroupns --cidfile --cpu-count --cpu-percent --cpu-period --cpu-quota --cpu-rt-period
      --cpu-rt-runtime -c,--cpu-shares --cpus --cpuset-cpus --cpuset-mems --detach-keys --device
      --device-cgroup-rule --device-read-bps --device-read-iops --device-write-bps --device-write-iops --dns
      --dns-opt --dns-option --dns-search --domainname --entrypoint -e,--env --env-file --expose --gpus
      --group-add --health-cmd --health-interval --health-retries --health-start-interval --health-start-period
      --health-timeout -h,--hostname --io-maxbandwidth --io-maxiops --ip --ip6 --ipc --isolation --kernel-memory
      -l,--label --label-file --link --link-local-ip --log-driver --log-opt --mac-address -m,--memory
      --memory-reservation --memory-swap --memory-swappiness --mount --name --net --net-alias --network
      --network-alias --oom-score-adj --pid --pids-limit --platform -p,--publish --pull --restart --runtime
      --security-opt --shm-size --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs --ulimit -u,--user
      --userns --uts -v,--volume --volume-driver --volumes-from -w,--workdir
      """)

  /// `docker build`, and what `docker buildx build` (0.24) has beside it.
  static let build = OptionTable(
    flags: """
      --check --compress -D,--debug --disable-content-trust --force-rm --load --no-cache --pull --push -q,--quiet
      --rm --squash
      """,
    values: """
      --add-host --allow --annotation --attest --build-arg --build-context --builder --cache-from --cache-to
      --call --cgroup-parent --cpu-period --cpu-quota -c,--cpu-shares --cpuset-cpus --cpuset-mems -f,--file
      --iidfile --isolation --label -m,--memory --memory-swap --metadata-file --network --no-cache-filter
      -o,--output --platform --progress --provenance --sbom --secret --security-opt --shm-size --ssh -t,--tag
      --target --ulimit
      """)

  /// Between `docker buildx` and its command.
  static let buildx = OptionTable(flags: "-D,--debug", values: "--builder")

  /// `docker service create`.
  static let serviceCreate = OptionTable(
    flags: """
      -d,--detach --init --no-healthcheck --no-resolve-image -q,--quiet --read-only -t,--tty --with-registry-auth
      """,
    values: """
      --cap-add --cap-drop --config --constraint --container-label --credential-spec --dns --dns-option
      --dns-search --endpoint-mode --entrypoint -e,--env --env-file --generic-resource --group --health-cmd
      --health-interval --health-retries --health-start-interval --health-start-period --health-timeout --host
      --hostname --isolation -l,--label --limit-cpu --limit-memory --limit-pids --log-driver --log-opt
      --max-concurrent --mode --mount --name --network --oom-score-adj --placement-pref -p,--publish --replicas
      --replicas-max-per-node --reserve-cpu --reserve-memory --restart-condition --restart-delay
      --restart-max-attempts --restart-window --rollback-delay --rollback-failure-action
      --rollback-max-failure-ratio --rollback-monitor --rollback-order --rollback-parallelism --secret
      --stop-grace-period --stop-signal --sysctl --ulimit --update-delay --update-failure-action
      --update-max-failure-ratio --update-monitor --update-order --update-parallelism -u,--user -w,--workdir
      """)

  /// `docker service update`.
  static let serviceUpdate = OptionTable(
    flags: """
      -d,--detach --force --init --no-healthcheck --no-resolve-image -q,--quiet --read-only --rollback -t,--tty
      --with-registry-auth
      """,
    values: """
      --args --cap-add --cap-drop --config-add --config-rm --constraint-add --constraint-rm --container-label-add
      --container-label-rm --credential-spec --dns-add --dns-option-add --dns-option-rm --dns-rm --dns-search-add
      --dns-search-rm --endpoint-mode --entrypoint --env-add --env-rm --generic-resource-add --generic-resource-rm
      --group-add --group-rm --health-cmd --health-interval --health-retries --health-start-interval
      --health-start-period --health-timeout --host-add --host-rm --hostname --image --isolation --label-add
      --label-rm --limit-cpu --limit-memory --limit-pids --log-driver --log-opt --max-concurrent --mount-add
      --mount-rm --network-add --network-rm --oom-score-adj --placement-pref-add --placement-pref-rm --publish-add
      --publish-rm --replicas --replicas-max-per-node --reserve-cpu --reserve-memory --restart-condition
      --restart-delay --restart-max-attempts --restart-window --rollback-delay --rollback-failure-action
      --rollback-max-failure-ratio --rollback-monitor --rollback-order --rollback-parallelism --secret-add
      --secret-rm --stop-grace-period --stop-signal --sysctl-add --sysctl-rm --ulimit-add --ulimit-rm
      --update-delay --update-failure-action --update-max-failure-ratio --update-monitor --update-order
      --update-parallelism -u,--user -w,--workdir
      """)
}
