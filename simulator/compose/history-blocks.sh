#!/bin/sh
# The service history-blocks of docker-compose.yaml: makes Prometheus blocks of the history that the service sedna has
# written, and of what the recording rules make of it. Runs in the image of Prometheus, so with its busybox.
#   HISTORY  folder with metrics.txt, log-rules.txt and range
#   DATA     data folder of the Prometheus that starts afterwards
#   RULES    file of the recording rules
set -eu

HISTORY=${HISTORY:-/history}
DATA=${DATA:-/prometheus}
RULES=${RULES:-/etc/prometheus/rules/sedna.yaml}
# Rules that read results of rules: one pass for each level, as in simulator/demo/nativeDemo.ts.
RULE_PASSES=5
READER=127.0.0.1:${READER_PORT:-9099}

# Sets FROM and TO.
. "$HISTORY/range"
DONE=$DATA/sedna-history

# Compose runs this again whenever Prometheus is started again; its data must then stay as it is.
if [ -f "$DONE" ] && [ "$(cat "$DONE")" = "$FROM $TO" ]; then
  echo "The history is written already."
  exit 0
fi
# Left by a run that did not come to its end.
rm -rf "${DATA:?}"/*

# What was scraped, and what Loki's rules make of the logs.
for part in metrics.txt log-rules.txt; do
  echo "Making blocks of $HISTORY/$part"
  promtool tsdb create-blocks-from openmetrics --quiet "$HISTORY/$part" "$DATA"
done

SCRATCH=$(mktemp -d)
printf 'global: {}\n' >"$SCRATCH/prometheus.yml"
PROMETHEUS=
stop() {
  if [ -n "$PROMETHEUS" ]; then
    kill "$PROMETHEUS" 2>/dev/null || true
    wait "$PROMETHEUS" || true
    PROMETHEUS=
  fi
}
trap 'stop; rm -rf "$SCRATCH"' EXIT

# Findings leave out what other rules explain, so they are recorded once all of these are complete. They come last.
sed '/^  - name: sedna-findings$/,$d' "$RULES" >"$SCRATCH/recorded.yaml"
{
  echo 'groups:'
  sed -n '/^  - name: sedna-findings$/,$p' "$RULES"
} >"$SCRATCH/findings.yaml"

pass=1
while [ "$pass" -le "$((RULE_PASSES + 1))" ]; do
  if [ "$pass" -le "$RULE_PASSES" ]; then
    file=recorded.yaml
  else
    file=findings.yaml
  fi
  echo "Making blocks of $file, pass $pass of $((RULE_PASSES + 1))"
  prometheus --config.file="$SCRATCH/prometheus.yml" --storage.tsdb.path="$DATA" \
    --storage.tsdb.retention.time=30d --web.listen-address="$READER" >"$SCRATCH/log" 2>&1 &
  PROMETHEUS=$!
  tries=0
  until wget -q -O /dev/null "http://$READER/-/ready" 2>/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -gt 120 ] || ! kill -0 "$PROMETHEUS" 2>/dev/null; then
      echo "A Prometheus that reads the blocks did not start:" >&2
      tail -n 25 "$SCRATCH/log" >&2
      exit 1
    fi
    sleep 1
  done
  promtool tsdb create-blocks-from rules --start="$FROM" --end="$TO" --url="http://$READER" \
    --eval-interval=30s --output-dir="$DATA" "$SCRATCH/$file"
  stop
  pass=$((pass + 1))
done

echo "$FROM $TO" >"$DONE"
echo "The history is written."
