import type { GeneratedFile } from '../../tools/generators/generatedFiles';
import { GRAFANA_FILE } from './grafana';
import { PROMETHEUS_FILE } from './prometheus';
import { referenceFile } from './reference';

/** The committed files that are made from the alerts. */
export const FILES: readonly GeneratedFile[] = [GRAFANA_FILE, PROMETHEUS_FILE, referenceFile()];
