import type { DataSourceInstanceSettings } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { getCurrentSettings } from './settings/currentSettings';
import type { Settings } from './settings/settings';

export type DataSourceRole = 'prometheus' | 'loki';

/** IDs of the data source plugins with the API of the role. */
export const ROLE_TYPES: Record<DataSourceRole, readonly string[]> = {
  prometheus: ['prometheus', 'grafana-amazonprometheus-datasource', 'grafana-azureprometheus-datasource'],
  loki: ['loki'],
};

export type DataSourceChoice =
  | { state: 'chosen'; how: 'configured' | 'default' | 'first'; uid: string; name: string; type: string }
  /** The configured one was deleted, or the user may not query it. */
  | { state: 'lost'; uid: string }
  | { state: 'none' };

interface Candidate {
  uid: string;
  name: string;
  type: string;
  isDefault?: boolean;
}

/** Returns the configured one, else Grafana's default if it has the role, else the first one with the role by name. */
export function chooseDataSourceFrom(
  candidates: readonly Candidate[],
  role: DataSourceRole,
  configured?: string
): DataSourceChoice {
  const matching = candidates
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
    const found = matching.find(({ uid }) => uid === configured);
    return found ? chosen('configured', found) : { state: 'lost', uid: configured };
  }
  const standard = matching.find(({ isDefault }) => isDefault);
  if (standard) {
    return chosen('default', standard);
  }
  return matching.length > 0 ? chosen('first', matching[0]) : { state: 'none' };
}

/** Returns all data sources of a role that the user may query. */
export function listDataSources(role: DataSourceRole): DataSourceInstanceSettings[] {
  return getDataSourceSrv().getList({ type: [...ROLE_TYPES[role]] });
}

/** Applies `chooseDataSourceFrom` to the data sources that the user may query. */
export function chooseDataSource(role: DataSourceRole, settings: Settings): DataSourceChoice {
  return chooseDataSourceFrom(
    listDataSources(role),
    role,
    role === 'prometheus' ? settings.prometheusUid : settings.lokiUid
  );
}

/** Returns the reference of the chosen data source. Its uid is empty if there is none, which the page reports. */
export function getDataSourceRef(role: DataSourceRole): { uid: string; type: string } {
  const choice = chooseDataSource(role, getCurrentSettings());
  return choice.state === 'chosen' ? { uid: choice.uid, type: choice.type } : { uid: '', type: role };
}
