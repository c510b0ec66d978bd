#!/usr/bin/env bash
# Says at once when there is nothing here that `make demo` could run on.
set -u
if timeout 5 docker info >/dev/null 2>&1 && docker compose version >/dev/null 2>&1; then
  exit 0
fi
"$(dirname "$0")/../../tools/engines/find-grafana.sh" && exit 0
cat >&2 <<'EOF'
There is neither a container engine nor a Grafana on this machine. Either
  - start Docker (with its compose plugin) and run "make demo" again: everything comes as images; or
  - put a Grafana 12.4 or later on this machine, say where with GRAFANA_HOME (else /usr/share/grafana and
    /opt/grafana are looked at), and run "make demo" again: the rest is built natively; or
  - run "make demo-data" for everything but Grafana, and add its addresses to a Grafana of your own.
EOF
exit 1
