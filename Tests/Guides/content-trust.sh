#!/bin/sh
# content-trust.sh MACHINE REGISTRY: docker's guide to content trust from the first line to the last, with
# `keyreeve docker` in place of `docker`.
#
# DOCKER_HOST names an engine that may push to REGISTRY, DOCKER_CONTENT_TRUST_SERVER a notary-server; MACHINE is a
# folder in which docker/tls has the server's authority. Needs /bin/busybox, a static one.
set -eu

[ $# -eq 2 ] || { echo "usage: content-trust.sh MACHINE REGISTRY" >&2; exit 2; }
. "$(dirname "$0")/steps.sh"
cd "$1"
image=$2/team/trusttest
# All that is kept on this machine lies in the folder.
KEYREEVE_SYSROOT=$(pwd)
HOME=/home
DOCKER_CONFIG=/docker
export KEYREEVE_SYSROOT HOME DOCKER_CONFIG

# What the guide types at the prompts.
DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE='u7pEQcGoebUHm6LHe6'
DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE='l7pEQcTKJjUHm6Lpe4'
export DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE

say 'An image to begin with: scratch is no image, and needs no signature.'
mkdir -p context
cp /bin/busybox context/busybox
cat >context/Dockerfile <<'END'
FROM scratch
COPY busybox /bin/busybox
ENTRYPOINT ["/bin/busybox"]
END
run 0 keyreeve docker build --tag "$image:unsigned" context

say 'Content trust is switched off for one command alone, and says so.'
run 0 keyreeve docker push --disable-content-trust "$image:unsigned"
run 10 keyreeve docker pull "$image:unsigned"
run 0 keyreeve docker pull --disable-content-trust "$image:unsigned"
run 10 keyreeve docker run --rm --network none "$image:unsigned" echo unsigned

say 'The first push makes the root key and the repository, and signs the tag.'
run 0 keyreeve docker tag "$image:unsigned" "$image:latest"
run 3 keyreeve docker push "$image:latest"
run 0 keyreeve docker --new-root-key --yes push "$image:latest"
run 0 keyreeve content list "$image"
run 0 keyreeve content inspect "$image"

say 'A copy of the keys, proved.'
run 0 keyreeve backup keys.tar
run 0 keyreeve backup --check keys.tar

say 'What is signed is pulled, created and run.'
run 0 keyreeve docker rmi "$image:latest"
run 0 keyreeve docker pull "$image"
run 0 keyreeve docker run --rm --network none "$image" echo trusted
run 0 keyreeve docker create --network none "$image" echo created

say 'One more tag is signed without a question.'
run 0 keyreeve docker tag "$image:latest" "$image:testing"
run 0 keyreeve docker push "$image:testing"
run 0 keyreeve docker pull --all-tags "$image"

say 'By digest: what was checked, and what was not, is said.'
digest=$(keyreeve content lookup "$image" testing)
run 0 keyreeve docker pull "$image@$digest"
run 0 keyreeve docker pull "$image:testing@$digest"

say 'A build begins with signed images alone.'
cat >context/Dockerfile <<END
ARG TAG=testing
FROM $image:\${TAG} AS base
FROM base
COPY --from=base /bin/busybox /bin/copy
END
run 0 keyreeve docker check context/Dockerfile
run 0 keyreeve docker build --tag "$image:built" context
run 10 keyreeve docker check --build-arg TAG=unsigned context/Dockerfile
run 10 keyreeve docker build --build-arg TAG=unsigned --tag "$image:built" context

say 'The same without an engine: into a store of its own, and run.'
run 0 keyreeve fetch "docker://$image:latest"
run 0 keyreeve run "docker://$image:latest" -- echo trusted
run 10 keyreeve run "docker://$image:unsigned" -- echo unsigned

say 'A signature is revoked: the tag is in the registry, and pulled no more.'
run 0 keyreeve content revoke --yes "$image" testing
run 10 keyreeve docker pull "$image:testing"

say 'The key of the tags is replaced; the old one stays until the server has the new state.'
run 0 keyreeve content key rotate --yes "$image" targets
run 0 keyreeve content doctor "$image"
run 0 keyreeve docker pull "$image:latest"
