#!/usr/bin/env bash
# Succeeds if an installed Grafana is found for the demo and the e2e tests.
set -u
for home in "${GRAFANA_HOME:-}" /usr/share/grafana /opt/grafana; do
  [ -n "$home" ] && [ -f "$home/conf/defaults.ini" ] || continue
  [ -x "$home/bin/grafana" ] && exit 0
  [ "$home" = /usr/share/grafana ] && [ -x /usr/sbin/grafana ] && exit 0
done
exit 1
