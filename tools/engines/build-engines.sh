#!/usr/bin/env bash
# Builds or fetches the engines of the native stack into a cache directory outside the tree.
# A second run finds everything there and does nothing. Needs Go and, for Prometheus, etcd and nginx, apt.
#   build-engines.sh        the engines
#   build-engines.sh helm   what tests the charts: Helm, helm-unittest, and nginx for the gateway
set -euo pipefail

modules=$(cd "$(dirname "$0")/modules" && pwd)
cache=${SEDNA_OPS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sedna-ops}
bin=$cache/bin
mkdir -p "$bin"

die() { echo "stack: $*" >&2; exit 1; }
# Older Go would have to fetch a newer one first, which not every proxy allows.
need_go() {
  need go "build $1"
  local minor; minor=$(go env GOVERSION | sed -E 's/^go1\.([0-9]+).*/\1/')
  [ "$minor" -ge 26 ] || die "Go 1.26 or later is needed to build $1; here is $(go env GOVERSION)."
}
need() { command -v "$1" >/dev/null 2>&1 || die "$1 is needed to $2; install it, or use Docker Compose (docker compose up) instead."; }

# A file beside each binary names the inputs it was made from: other inputs, another build.
stamp_of() { cat "$@" | sha256sum | cut -c1-16; }
fresh() { [ -x "$bin/$1" ] && [ "$(cat "$bin/.$1.stamp" 2>/dev/null)" = "$2" ]; }

step=0
report() { echo "stack: $1 ready after $2 s"; }

# go_engine <binary> <module folder> <package> <what it is> [ldflags]
go_engine() {
  local name=$1 dir=$modules/$2 pkg=$3 what=$4 flags=${5:-} stamp start
  stamp=$(stamp_of "$dir"/go.* $(find "$dir" -name '*.go' | sort) <(echo "$pkg $flags"))
  fresh "$name" "$stamp" && return
  need_go "$what"
  step=$((step + 1)); start=$SECONDS
  echo "stack: building $what; the first time takes some minutes"
  (cd "$dir" && CGO_ENABLED=0 GOWORK=off GOFLAGS="-trimpath -buildvcs=false -mod=readonly" \
    go build -ldflags="-s -w $flags" -o "$bin/$name.new" "$pkg")
  mv "$bin/$name.new" "$bin/$name"; echo "$stamp" >"$bin/.$name.stamp"
  report "$name" $((SECONDS - start))
}

# debian_engine <package> <path in package> <binary>: unpacked, not installed, for an installed one would start a daemon
debian_engine() {
  local package=$1 path=$2 name=$3 stamp=debian start=$SECONDS tmp
  fresh "$name" "$stamp" && return
  step=$((step + 1))
  if command -v apt-get >/dev/null 2>&1 && command -v dpkg-deb >/dev/null 2>&1; then
    echo "stack: fetching $name from Debian's package $package"
    tmp=$(mktemp -d "$cache/deb.XXXXXX"); chmod 755 "$tmp"
    (cd "$tmp" && { apt-get download -qq "$package" 2>/dev/null || { apt-get update -qq && apt-get download -qq "$package"; }; }) ||
      die "could not download Debian's package $package; check the network and apt's sources."
    dpkg-deb -x "$tmp"/"$package"_*.deb "$tmp/root"
    cp "$tmp/root/$path" "$bin/$name"; rm -rf "$tmp"
  elif command -v "$name" >/dev/null 2>&1; then
    ln -sf "$(command -v "$name")" "$bin/$name"
  else
    die "$name is needed and apt is not there to fetch it; put $name on the PATH, or use Docker Compose instead."
  fi
  echo "$stamp" >"$bin/.$name.stamp"
  report "$name" $((SECONDS - start))
}

engines() {
  debian_engine prometheus usr/bin/prometheus prometheus
  debian_engine prometheus usr/bin/promtool promtool
  debian_engine etcd-server usr/bin/etcd etcd
  go_engine kube-state-metrics kubernetes k8s.io/kube-state-metrics/v2 "kube-state-metrics 2.18.0"
  go_engine kube-apiserver kubernetes k8s.io/kubernetes/cmd/kube-apiserver "the Kubernetes API server 1.34.3" \
    "-X k8s.io/component-base/version.gitVersion=v1.34.3 -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=34"
  go_engine loki loki github.com/grafana/loki/v3/cmd/loki "Loki 3.7.8" "-X github.com/grafana/loki/v3/pkg/util/build.Version=3.7.8"
  go_engine otelcol otelcol . "the OpenTelemetry Collector 0.149.0"
}

# Helm takes an old Kubernetes for granted unless it is told which one it renders for.
chart_tools() {
  local v3=helm.sh/helm/v3 kubernetes
  kubernetes="-X $v3/pkg/chartutil.k8sVersionMajor=1 -X $v3/pkg/chartutil.k8sVersionMinor=34"
  kubernetes+=" -X $v3/pkg/lint/rules.k8sVersionMajor=1 -X $v3/pkg/lint/rules.k8sVersionMinor=34"
  go_engine helm helm $v3/cmd/helm "Helm 3.21.4" "-X $v3/internal/version.version=v3.21.4 $kubernetes"
  go_engine helm-unittest helm github.com/helm-unittest/helm-unittest/cmd/helm-unittest "helm-unittest 1.1.2" "$kubernetes"
  # In a shell of its own: where it cannot be had, one test is skipped.
  (debian_engine nginx usr/sbin/nginx nginx) || echo "stack: without nginx the gateway's test is skipped"
}

case ${1:-engines} in
  engines) engines ;;
  helm) chart_tools ;;
  *) die "unknown target $1; there are: engines, helm" ;;
esac

if [ "$step" -eq 0 ]; then echo "stack: everything is in $cache"; else echo "stack: all engines are in $cache, $SECONDS s in all"; fi
