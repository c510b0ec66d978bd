#!/bin/sh
# Service history-blocks in docker-compose.yaml: creates Prometheus blocks of the history that the service sedna wrote, and
# of the results of the recording rules. Runs in the image of Prometheus, which has only busybox.
#   HISTORY  folder with metrics.txt, log-rules.txt, and range
#   DATA     data folder of the Prometheus that starts afterwards
#   RULES    recording rule file
set -eu

HISTORY=${HISTORY:-/history}
DATA=${DATA:-/prometheus}
RULES=${RULES:-/etc/prometheus/rules/sedna.yaml}
# One pass per level of rules that depend on others, as in simulator/demo/nativeDemo.ts.
RULE_PASSES=5
READER=127.0.0.1:${READER_PORT:-9099}

# Sets FROM and TO.
. "$HISTORY/range"
DONE=$DATA/sedna-history

# Compose runs this again whenever it restarts Prometheus. The data must not change then.
if [ -f "$DONE" ] && [ "$(cat "$DONE")" = "$FROM $TO" ]; then
  echo "The history is already written."
  exit 0
fi
# Left by an interrupted run.
rm -rf "${DATA:?}"/*

# The scraped history, and the results of the Loki rules.
for file in metrics.txt log-rules.txt; do
  echo "Creating blocks of $HISTORY/$file"
  promtool tsdb create-blocks-from openmetrics --quiet "$HISTORY/$file" "$DATA"
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
  echo "Creating blocks of $file, pass $pass of $((RULE_PASSES + 1))"
  prometheus --config.file="$SCRATCH/prometheus.yml" --storage.tsdb.path="$DATA" \
    --storage.tsdb.retention.time=30d --web.listen-address="$READER" >"$SCRATCH/log" 2>&1 &
  PROMETHEUS=$!
  tries=0
  until wget -q -O /dev/null "http://$READER/-/ready" 2>/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -gt 120 ] || ! kill -0 "$PROMETHEUS" 2>/dev/null; then
      echo "Prometheus didn't start. Last lines of its log:" >&2
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
