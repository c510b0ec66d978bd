import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import {
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
  type SceneQueryRunner,
} from '@grafana/scenes';
import { Icon, Input, Text, useStyles2 } from '@grafana/ui';
import { buildLogsUrl, buildResourceUrl } from '../../platform/links/links';
import { AppLink } from '../../ui/AppLink';
import { QueryState } from '../../ui/feedback/QueryState';
import { useLastGoodData } from '../../data/requests/useLastGoodData';
import { objectsMatchingName } from '../../query/resources';
import { getDataSourceName } from '../../panels/page/createPageScene';
import { createInstantRunner } from '../../data/requests/queryRunners';
import { deduplicateObjects, indexRows, toRows, type Row } from '../../data/rows';
import { parseString, formatString } from '../../platform/links/urlParams';

interface SearchState extends SceneObjectState {
  text: string;
  $data?: SceneQueryRunner;
}

/** Results shown at once; more than that is answered by typing on. */
const SHOWN = 20;
const TYPING_PAUSE = 250;

/** One field that finds any resource or pod by a part of its name; asks nothing while it is empty. */
export class SearchScene extends SceneObjectBase<SearchState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['q'] });

  private timer?: ReturnType<typeof setTimeout>;

  constructor(state: SearchState) {
    super(state);
    this.addActivationHandler(() => () => clearTimeout(this.timer));
  }

  getUrlState() {
    return { q: formatString(this.state.text) };
  }

  updateFromUrl({ q }: SceneObjectUrlValues) {
    this.setState({ text: parseString(q) });
    this.ask();
  }

  /** Takes what is typed; asks when the typing pauses. */
  type = (text: string) => {
    this.setState({ text });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), TYPING_PAUSE);
  };

  private ask() {
    const text = this.state.text.trim();
    this.setState({
      $data: text === '' ? undefined : createInstantRunner({ found: objectsMatchingName(text) }),
    });
  }

  static Component = Search;
}

function Search({ model }: SceneComponentProps<SearchScene>) {
  const { text, $data } = model.useState();
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.box}>
      <Input
        prefix={<Icon name="search" />}
        value={text}
        placeholder={t('overview.search.placeholder', 'Find a resource or pod by name')}
        aria-label={t('overview.search.label', 'Find a resource or pod by name')}
        onChange={({ currentTarget }) => model.type(currentTarget.value)}
        onKeyDown={({ key }) => key === 'Escape' && model.type('')}
      />
      {$data && <Results model={model} />}
    </div>
  );
}

const podKey = ({ namespace, pod }: Row['labels']) => `${namespace}/${pod}`;

function Results({ model }: { model: SearchScene }) {
  const { data } = sceneGraph.getData(model).useState();
  const shown = useLastGoodData(data);
  const styles = useStyles2(getStyles);
  const rows = toRows(shown, 'found');
  const objects = deduplicateObjects(rows.filter(({ labels }) => !labels.pod)).map(
    ({ labels: { kind, namespace, name } }) => ({
      key: `${kind}/${namespace}/${name}`,
      href: buildResourceUrl(kind, namespace, name),
      name,
      note: `${kind} · ${namespace}`,
    })
  );
  const pods = [
    ...indexRows(
      rows.filter(({ labels }) => labels.pod),
      podKey
    ).values(),
  ].map(({ labels: { namespace, pod, node } }) => ({
    key: `pod/${namespace}/${pod}`,
    href: buildLogsUrl({ namespace, pods: [pod] }),
    name: pod,
    note: [t('overview.search.pod', 'Pod'), namespace, node].filter(Boolean).join(' · '),
  }));
  const found = [...objects, ...pods];
  return (
    <div className={styles.results} data-testid="search-results">
      <QueryState
        data={data}
        shown={shown}
        source={getDataSourceName('prometheus')}
        isEmpty={found.length === 0}
        empty={
          <Text color="secondary">{t('overview.search.nothing', 'No resource or pod has this in its name.')}</Text>
        }
      >
        <ul className={styles.list}>
          {found.slice(0, SHOWN).map(({ key, href, name, note }) => (
            <li key={key}>
              <AppLink href={href}>{name}</AppLink>{' '}
              <Text color="secondary" variant="bodySmall">
                {note}
              </Text>
            </li>
          ))}
        </ul>
        {found.length > SHOWN && (
          <Text color="secondary" variant="bodySmall">
            {t('overview.search.more', '{{count}} more: type on to narrow', { count: found.length - SHOWN })}
          </Text>
        )}
      </QueryState>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ position: 'relative', width: 420, maxWidth: '100%' }),
  results: css({
    position: 'absolute',
    zIndex: theme.zIndex.dropdown,
    top: '100%',
    left: 0,
    right: 0,
    maxHeight: '60vh',
    overflowY: 'auto',
    padding: theme.spacing(1, 1.5),
    background: theme.colors.background.elevated,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    boxShadow: theme.shadows.z3,
  }),
  list: css({ listStyle: 'none', li: { padding: theme.spacing(0.5, 0) } }),
});
