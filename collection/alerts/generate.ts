/** Writes the alerts for Grafana, for Prometheus and for readers; `--check` only says whether all are fresh. */
import { runGenerator } from '../generated';
import { GRAFANA_FILE } from './grafana';
import { PROMETHEUS_FILE } from './prometheus';
import { referenceFile } from './reference';

runGenerator([GRAFANA_FILE, PROMETHEUS_FILE, referenceFile()], process.argv.slice(2));
