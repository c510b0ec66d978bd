#!/usr/bin/env bash
# Builds or downloads servers into a cache folder outside the repository. A second run does nothing.
# Needs Go, and apt for Prometheus, etcd, and nginx.
#   build-engines.sh        the servers of Sedna Ops
#   build-engines.sh helm   tools for the charts: Helm, helm-unittest, and nginx for the gateway
set -euo pipefail

modules=$(cd "$(dirname "$0")/modules" && pwd)
cache=${SEDNA_OPS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sedna-ops}
bin=$cache/bin
mkdir -p "$bin"

die() { echo "$*" >&2; exit 1; }
# An older Go would download a newer one, which some proxies don't allow.
need_go() {
  need go "build $1"
  local minor; minor=$(go env GOVERSION | sed -E 's/^go1\.([0-9]+).*/\1/')
  [ "$minor" -ge 26 ] || die "Building $1 needs Go 1.26 or later. Installed: $(go env GOVERSION)."
}
need() { command -v "$1" >/dev/null 2>&1 || die "$1 is needed to $2. Install it, or use Docker Compose: docker compose up"; }

# A stamp file next to each binary holds a hash of its inputs. Other inputs cause a rebuild.
stamp_of() { cat "$@" | sha256sum | cut -c1-16; }
fresh() { [ -x "$bin/$1" ] && [ "$(cat "$bin/.$1.stamp" 2>/dev/null)" = "$2" ]; }

step=0
report() { echo "$1 is ready after $2 s"; }

# go_engine <binary> <module folder> <package> <what it is> [ldflags]
go_engine() {
  local name=$1 dir=$modules/$2 pkg=$3 what=$4 flags=${5:-} stamp start
  stamp=$(stamp_of "$dir"/go.* $(find "$dir" -name '*.go' | sort) <(echo "$pkg $flags"))
  fresh "$name" "$stamp" && return
  need_go "$what"
  step=$((step + 1)); start=$SECONDS
  echo "building $what, which takes some minutes the first time"
  (cd "$dir" && CGO_ENABLED=0 GOWORK=off GOFLAGS="-trimpath -buildvcs=false -mod=readonly" \
    go build -ldflags="-s -w $flags" -o "$bin/$name.new" "$pkg")
  mv "$bin/$name.new" "$bin/$name"; echo "$stamp" >"$bin/.$name.stamp"
  report "$name" $((SECONDS - start))
}

# debian_engine <package> <path in package> <binary>: unpacks the package, because installing it would start a daemon
debian_engine() {
  local package=$1 path=$2 name=$3 stamp=debian start=$SECONDS tmp
  fresh "$name" "$stamp" && return
  step=$((step + 1))
  if command -v apt-get >/dev/null 2>&1 && command -v dpkg-deb >/dev/null 2>&1; then
    echo "downloading $name from the Debian package $package"
    tmp=$(mktemp -d "$cache/deb.XXXXXX"); chmod 755 "$tmp"
    (cd "$tmp" && { apt-get download -qq "$package" 2>/dev/null || { apt-get update -qq && apt-get download -qq "$package"; }; }) ||
      die "Can't download the Debian package $package. Check the network and the sources of apt."
    dpkg-deb -x "$tmp"/"$package"_*.deb "$tmp/root"
    cp "$tmp/root/$path" "$bin/$name"; rm -rf "$tmp"
  elif command -v "$name" >/dev/null 2>&1; then
    ln -sf "$(command -v "$name")" "$bin/$name"
  else
    die "$name is needed, and there is no apt to download it. Add $name to the PATH, or use Docker Compose: docker compose up"
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

# Helm renders for an old version of Kubernetes by default.
chart_tools() {
  local v3=helm.sh/helm/v3 kubernetes
  kubernetes="-X $v3/pkg/chartutil.k8sVersionMajor=1 -X $v3/pkg/chartutil.k8sVersionMinor=34"
  kubernetes+=" -X $v3/pkg/lint/rules.k8sVersionMajor=1 -X $v3/pkg/lint/rules.k8sVersionMinor=34"
  go_engine helm helm $v3/cmd/helm "Helm 3.21.4" "-X $v3/internal/version.version=v3.21.4 $kubernetes"
  go_engine helm-unittest helm github.com/helm-unittest/helm-unittest/cmd/helm-unittest "helm-unittest 1.1.2" "$kubernetes"
  # In a subshell, because nginx is optional: without it one test is skipped.
  (debian_engine nginx usr/sbin/nginx nginx) || echo "the tests of the gateway are skipped without nginx"
}

case ${1:-engines} in
  engines) engines ;;
  helm) chart_tools ;;
  *) die "Unknown target $1. Targets: engines, helm" ;;
esac

if [ "$step" -eq 0 ]; then echo "everything is already in $cache"; else echo "everything is in $cache after $SECONDS s"; fi
