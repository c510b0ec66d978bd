#!/usr/bin/env bash
# Ends well where a Grafana is installed that the demo and the e2e tests can start.
set -u
for home in "${GRAFANA_HOME:-}" /usr/share/grafana /opt/grafana; do
  [ -n "$home" ] && [ -f "$home/conf/defaults.ini" ] || continue
  [ -x "$home/bin/grafana" ] && exit 0
  [ "$home" = /usr/share/grafana ] && [ -x /usr/sbin/grafana ] && exit 0
done
exit 1
