#!/usr/bin/env bash
# Fails with instructions if this machine has neither a container engine nor a Grafana for `make demo`.
set -u
if timeout 5 docker info >/dev/null 2>&1 && docker compose version >/dev/null 2>&1; then
  exit 0
fi
"$(dirname "$0")/../../tools/engines/find-grafana.sh" && exit 0
cat >&2 <<'EOF'
The demo needs a container engine or Grafana, and this machine has neither. Do one of these:
  - Start Docker with the Compose plugin, and run "make demo" again. It uses images for everything.
  - Install Grafana 12.4 or later in /usr/share/grafana or /opt/grafana, or set GRAFANA_HOME to its folder. Then run
    "make demo" again. It builds the other servers.
  - Run "make demo-data" to start everything except Grafana, and add the printed URLs to your own Grafana.
EOF
exit 1
