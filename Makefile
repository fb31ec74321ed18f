# Keyreeve. `make` lists the targets.

PREFIX  ?= /usr/local
DESTDIR ?=
# The one build folder, for debug and release alike.
BUILD   ?= .build

PROGRAMS := keyreeve keyreeve-verify
DIST     := $(BUILD)/dist
SWIFT    := --scratch-path $(BUILD)
# What derives keys is C, and tests derive thousands: it is optimized in debug builds, too. A failing test says its line, and a
# crash the lines that led there: variables for a debugger would take a sixth of the build.
DEBUG    := -Xcc -O2 -Xcxx -O2 -Xswiftc -gline-tables-only
# The C code names its source files in error messages: from the top of the checkout, wherever that lies.
# Nobody loads the programs as libraries: what no symbol table names, the linker may leave out. Packed relocations (glibc
# 2.36) are 2 MB less to read at every start; of Swift's linkers lld makes them.
RELEASE  := $(SWIFT) -c release --static-swift-stdlib -Xlinker --no-export-dynamic \
            -Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs \
            -Xcc -ffile-prefix-map=$(CURDIR)/= -Xcxx -ffile-prefix-map=$(CURDIR)/=

ROOT     := $(DESTDIR)$(PREFIX)

# Where each shell looks for the completions of a program, below share.
define COMPLETIONS
completion() { \
	    case $$1 in \
	      bash) echo bash-completion/completions/$$2 ;; \
	      zsh) echo zsh/site-functions/_$$2 ;; \
	      fish) echo fish/vendor_completions.d/$$2.fish ;; \
	    esac; \
	  }
endef

# Debian's packages, by what needs them.
BUILD_PACKAGES := libncurses-dev libgpgme-dev libcurl4-openssl-dev libxml2-dev libyaml-dev zlib1g-dev libbz2-dev liblzma-dev \
                  libzstd-dev pkg-config binutils make git
RUN_PACKAGES   := gnupg gpg libcurl4 libxml2 libyaml-0-2 libzstd1
TEST_PACKAGES  := notary gpgv sqop tmux appc-spec bubblewrap faketime strace python3 python3-pil fonts-dejavu-core \
                  xz-utils bzip2 openssl curl util-linux docker.io docker-registry runc crun podman busybox-static \
                  postgresql skopeo zstd
BENCH_PACKAGES := python3-cryptography coreutils gzip curl openssl git htop tig nnn notary docker-registry skopeo zstd \
                  runc busybox-static

.DEFAULT_GOAL := help
.PHONY: help deps deps-build deps-bench build demo test fuzz bench coverage screenshots check install uninstall clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r target text; do \
	  printf '  make %-12s %s\n' "$$target" "$$text"; done

deps: ## Install what is missing of the system packages (Debian), for everything below
	@.ci/deps $(BUILD_PACKAGES) $(RUN_PACKAGES) $(TEST_PACKAGES)

deps-build:
	@.ci/deps $(BUILD_PACKAGES) $(RUN_PACKAGES)

deps-bench: deps
	@.ci/deps $(BENCH_PACKAGES)

build: deps-build ## Build the release programs, stripped, into .build/dist
	@mkdir -p $(DIST)
	@set -e; for program in $(PROGRAMS); do \
	  swift build $(RELEASE) --product $$program; \
	  built=$(BUILD)/release/$$program; \
	  [ $(DIST)/$$program -nt $$built ] || strip --strip-all -o $(DIST)/$$program $$built; \
	done

demo: deps build ## Make a sandbox machine and open Keyreeve on it
	@Tests/Demo/demo.sh $(DIST)

# Those that run a program run the one that is shipped.
# Large pieces of memory go back at once: GPGME forks, and a fork copies the tables of all that the tests hold.
# Twice as many tests at once as can run, since many wait; not all: the time limit of one that waits for its turn would run, too.
test: deps build ## Run every test
	@MALLOC_MMAP_THRESHOLD_=131072 KEYREEVE_PROGRAMS=$(abspath $(DIST)) \
	  SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=$$((2 * $$(nproc))) swift test $(SWIFT) $(DEBUG)

# In a folder of its own: everything is built again with its checks.
fuzz: deps ## Feed changed input to the readers of JSON, metadata, PEM, certificates, Dockerfiles and compose files, SECONDS=60 each
	@Tests/Fuzz/fuzz.sh $(BUILD)/fuzz $(or $(SECONDS),60)

bench: deps-bench build ## Measure against gpgv, sha512sum, gzip, gpg, htop, tig, nnn, notary and docker, side by side
	@Tests/Benchmarks/bench.py $(DIST)

# In a folder of its own, or every switch between this and `make test` would build everything again.
coverage: deps ## Run every test with coverage, and print it by file
	@swift test --scratch-path $(BUILD)/coverage --enable-code-coverage
	@tests=$$(find $(BUILD)/coverage/debug/ -maxdepth 1 -name '*PackageTests.xctest'); \
	"$$(dirname "$$(readlink -f "$$(command -v swift)")")/llvm-cov" report "$$tests" \
	  -instr-profile=$(BUILD)/coverage/debug/codecov/default.profdata \
	  -ignore-filename-regex='(^|/)(checkouts|Tests|\.build)/'

screenshots: deps build ## Make the pictures in Screenshots again
	@Tests/Screenshots/screenshots.sh $(DIST) Screenshots

check: deps build ## Format, arrows, limits, and what the release programs are linked to
	@DEBUG_FLAGS='$(DEBUG)' Tests/Checks/all.sh $(BUILD)

# Installs what was built before, so that `sudo make install` needs no compiler.
install: ## Install the programs and shell completions (PREFIX, DESTDIR)
	@for program in $(PROGRAMS); do [ -x $(DIST)/$$program ] || exec $(MAKE) --no-print-directory build; done
	@set -e; for program in $(PROGRAMS); do \
	  install -D -m 755 $(DIST)/$$program "$(ROOT)/bin/$$program"; \
	  $(COMPLETIONS); \
	  for shell in bash zsh fish; do \
	    file="$(ROOT)/share/$$(completion $$shell $$program)"; \
	    install -d "$$(dirname "$$file")"; \
	    $(DIST)/$$program --generate-completion-script $$shell >"$$file"; \
	    chmod 644 "$$file"; \
	  done; \
	done

uninstall: ## Remove what install put there (PREFIX, DESTDIR)
	@set -e; for program in $(PROGRAMS); do \
	  rm -f "$(ROOT)/bin/$$program"; \
	  $(COMPLETIONS); \
	  for shell in bash zsh fish; do rm -f "$(ROOT)/share/$$(completion $$shell $$program)"; done; \
	done

clean: ## Remove everything that was built
	@rm -rf $(BUILD) .build-*
