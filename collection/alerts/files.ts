import type { GeneratedFile } from '../../tools/generators/generatedFiles';
import { GRAFANA_FILE } from './grafana';
import { PROMETHEUS_FILE } from './prometheus';
import { referenceFile } from './reference';
import { RUNBOOK_FILES } from './runbooks';

/** The committed files that are generated from the alerts. */
export const FILES: readonly GeneratedFile[] = [GRAFANA_FILE, PROMETHEUS_FILE, referenceFile(), ...RUNBOOK_FILES];
