import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2, PanelData } from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';
import { AppLink } from '../../../ui/links/AppLink';
import { QueryState } from '../../../ui/feedback/QueryState';
import { useQueryRequest } from '../../../data/requests/useQueryRequest';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { toSearchResults } from './searchResultRows';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

const MAX_RESULTS = 20;

/** Lists the first matches as links, and the number of the rest. */
export function SearchResults({ data }: { data: PanelData | undefined }) {
  const request = useQueryRequest(data);
  const shown = request.value;
  const styles = useStyles2(getStyles);
  const results = toSearchResults(shown);
  const more = results.length - MAX_RESULTS;
  return (
    <div className={styles.results} data-testid={TEST_IDS.overview.searchResults}>
      <QueryState
        request={request}
        source={getDataSourceName('prometheus')}
        isEmpty={results.length === 0}
        empty={<Text color="secondary">{t('overview.search.nothing', 'No resources or pods match')}</Text>}
      >
        <ul className={styles.list}>
          {results.slice(0, MAX_RESULTS).map(({ key, href, name, note }) => (
            <li key={key}>
              <AppLink href={href}>{name}</AppLink>{' '}
              <Text color="secondary" variant="bodySmall">
                {note}
              </Text>
            </li>
          ))}
        </ul>
        {more > 0 && (
          <Text color="secondary" variant="bodySmall">
            {t('overview.search.more', '{{count}} more matches. Keep typing to narrow the list.', {
              count: more,
              defaultValue_one: '{{count}} more match. Keep typing to narrow the list.',
            })}
          </Text>
        )}
      </QueryState>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
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
