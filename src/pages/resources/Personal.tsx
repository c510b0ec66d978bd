import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Text, useStyles2 } from '@grafana/ui';
import { buildResourceUrl } from '../../platform/links/links';
import { AppLink } from '../../ui/AppLink';
import { getObjectKey, type StoredObjectRef } from '../../platform/storage/useStoredObjects';

/** Objects of each list that are shown; a search for `is:starred` shows all. */
const SHOWN = 6;

interface Props {
  starred: readonly StoredObjectRef[];
  opened: readonly StoredObjectRef[];
  /** Whether an object is there now; absent while that is not known. */
  exists?: (key: string) => boolean;
}

/**
 * What this person starred and opened of late, for going back to it; nothing where there is none. An address that names
 * nothing may have been opened too: what was only opened is shown while it is there.
 */
export function Personal({ starred, opened, exists }: Props) {
  const there = opened.filter((address) => exists?.(getObjectKey(address)) !== false);
  return (
    <>
      <Addresses title={t('resources.starred', 'Starred')} list={starred} exists={exists} />
      <Addresses title={t('resources.opened', 'Recently opened')} list={there} exists={exists} />
    </>
  );
}

function Addresses({
  title,
  list,
  exists,
}: {
  title: string;
  list: readonly StoredObjectRef[];
  exists: Props['exists'];
}) {
  const styles = useStyles2(getStyles);
  if (list.length === 0) {
    return null;
  }
  return (
    <section aria-label={title} className={styles.row}>
      <Text variant="bodySmall" color="secondary" element="h2">
        {title}
      </Text>
      <ul className={styles.list}>
        {list.slice(0, SHOWN).map((address) => {
          const { kind, namespace, name } = address;
          const key = getObjectKey(address);
          return (
            <li key={key}>
              <AppLink href={buildResourceUrl(kind, namespace, name)}>{name}</AppLink>{' '}
              <Text variant="bodySmall" color="secondary">
                {[kind, namespace, exists?.(key) === false && t('resources.gone', 'not there now')]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', alignItems: 'baseline', gap: theme.spacing(2), minWidth: 0 }),
  list: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5, 2), listStyle: 'none', minWidth: 0 }),
});
