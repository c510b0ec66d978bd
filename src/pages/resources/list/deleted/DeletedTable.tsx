import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Badge, Text, useStyles2 } from '@grafana/ui';
import { formatTime } from '../../../../ui/format/formatTime';
import type { DeletedObject, DeletedObjects } from '../../../../data/history/deletedObjects';
import { t } from '../../../../platform/i18n';
import { buildResourceUrl } from '../../../../platform/links/links';
import { AppLink } from '../../../../ui/links/AppLink';

/** Time before the deletion that the link to a resource shows. */
const SHOWN_BEFORE_MS = 24 * 3_600_000;
const SHOWN_AFTER_MS = 5 * 60_000;

interface Props {
  found: DeletedObjects;
  /** End of the search, Unix time in ms. */
  to: number;
}

/** Lists deleted resources with links to their history. */
export function DeletedTable({ found: { objects, skipped, isTruncated, from }, to }: Props) {
  const styles = useStyles2(getStyles);
  const params = { from: formatTime(from), to: formatTime(to) };
  return (
    <>
      {objects.length === 0 ? (
        <Text element="p" color="secondary">
          {t(
            'resources.deleted.none',
            'The journal has no deletion of a matching resource between {{from}} and {{to}}',
            params
          )}
        </Text>
      ) : (
        <table className={styles.table} aria-label={t('resources.deleted.title', 'Deleted resources')}>
          <thead>
            <tr>
              <th>{t('resources.column.name', 'Name')}</th>
              <th>{t('resources.column.kind', 'Kind')}</th>
              <th>{t('resources.column.namespace', 'Namespace')}</th>
              <th>{t('resources.deleted.time', 'Deleted')}</th>
            </tr>
          </thead>
          <tbody>
            {objects.map((object) => (
              <tr key={`${object.ref.kind} ${object.ref.uid ?? ''} ${object.deleted}`}>
                <td>
                  <AppLink href={buildUrl(object)}>{object.ref.name}</AppLink>{' '}
                  <Badge color="orange" text={t('resources.deleted.badge', 'Deleted')} />
                </td>
                <td>{object.ref.kind}</td>
                <td>{object.ref.namespace}</td>
                <td>{formatDeleted(object)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Text element="p" variant="bodySmall" color="secondary">
        {[
          isTruncated &&
            t('resources.deleted.truncated', 'More resources match. Type a longer name to find the others.'),
          skipped > 0 &&
            t('history.skipped', '{{count}} journal lines were skipped', {
              count: skipped,
              defaultValue_one: '{{count}} journal line was skipped',
            }),
        ]
          .filter(Boolean)
          .join(' ')}
      </Text>
    </>
  );
}

const buildUrl = ({ ref: { kind, namespace, name, uid }, deleted }: DeletedObject) =>
  buildResourceUrl(kind, namespace, name, 'status', {
    uid,
    span: { from: deleted * 1000 - SHOWN_BEFORE_MS, to: deleted * 1000 + SHOWN_AFTER_MS },
  });

const formatDeleted = ({ deleted, deletedWhileAway }: DeletedObject) =>
  deletedWhileAway
    ? t('resources.deleted.before', 'Before {{time}}', { time: formatTime(deleted * 1000) })
    : formatTime(deleted * 1000);

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({
    'th, td': {
      padding: theme.spacing(0.5, 2, 0.5, 0),
      textAlign: 'left',
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      overflowWrap: 'anywhere',
    },
  }),
});
