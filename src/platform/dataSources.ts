/** Which data sources the app queries. */
import type { DataSourceInstanceSettings } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { getCurrentSettings } from './settings/currentSettings';
import type { Settings } from './settings/settings';

export type DataSourceRole = 'prometheus' | 'loki';

/** Plugin ids that speak the API of the role. */
export const ROLE_TYPES: Record<DataSourceRole, readonly string[]> = {
  prometheus: ['prometheus', 'grafana-amazonprometheus-datasource', 'grafana-azureprometheus-datasource'],
  loki: ['loki'],
};

export type DataSourceChoice =
  | { state: 'chosen'; how: 'configured' | 'default' | 'first'; uid: string; name: string; type: string }
  /** The configured one is gone, or may not be read by this user. */
  | { state: 'lost'; uid: string }
  | { state: 'none' };

interface Candidate {
  uid: string;
  name: string;
  type: string;
  isDefault?: boolean;
}

/** The configured one, else Grafana's default if it is of the type, else the first of the type by name. */
export function chooseDataSourceFrom(
  candidates: readonly Candidate[],
  role: DataSourceRole,
  configured?: string
): DataSourceChoice {
  const fitting = candidates
    .filter(({ type }) => ROLE_TYPES[role].includes(type))
    .sort((a, b) => a.name.localeCompare(b.name));
  const chosen = (how: 'configured' | 'default' | 'first', { uid, name, type }: Candidate): DataSourceChoice => ({
    state: 'chosen',
    how,
    uid,
    name,
    type,
  });
  if (configured) {
    const found = fitting.find(({ uid }) => uid === configured);
    return found ? chosen('configured', found) : { state: 'lost', uid: configured };
  }
  const standard = fitting.find(({ isDefault }) => isDefault);
  if (standard) {
    return chosen('default', standard);
  }
  return fitting.length > 0 ? chosen('first', fitting[0]) : { state: 'none' };
}

/** All data sources of a role that this user may query. */
export function listDataSources(role: DataSourceRole): DataSourceInstanceSettings[] {
  return getDataSourceSrv().getList({ type: [...ROLE_TYPES[role]] });
}

/** Chooses among the data sources that this user may query. */
export function chooseDataSource(role: DataSourceRole, settings: Settings): DataSourceChoice {
  return chooseDataSourceFrom(
    listDataSources(role),
    role,
    role === 'prometheus' ? settings.prometheusUid : settings.lokiUid
  );
}

/** Data source of a role as scenes take it; with an empty uid where there is none, which the page reports before. */
export function getDataSourceRef(role: DataSourceRole): { uid: string; type: string } {
  const choice = chooseDataSource(role, getCurrentSettings());
  return choice.state === 'chosen' ? { uid: choice.uid, type: choice.type } : { uid: '', type: role };
}
