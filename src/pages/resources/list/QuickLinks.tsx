import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';
import { buildResourceUrl } from '../../../platform/links/links';
import { AppLink } from '../../../ui/links/AppLink';
import { getObjectKey, type ObjectRef } from '../../../sedna/objectRef';
import { t } from '../../../platform/i18n';

/** Links of each list; a search for `is:starred` shows all starred objects. */
const MAX_LINKS = 6;

interface Props {
  starred: ReadonlyArray<ObjectRef<string>>;
  opened: ReadonlyArray<ObjectRef<string>>;
  /** Returns whether an object exists; undefined while that is unknown. */
  exists?: (key: string) => boolean;
}

/** Links to objects that the current user starred or opened recently. */
export function QuickLinks({ starred, opened, exists }: Props) {
  // A URL with a wrong name counts as opened too. A starred object did exist, so that its deletion is worth a note.
  const existing = opened.filter((address) => exists?.(getObjectKey(address)) !== false);
  return (
    <>
      <LinkRow title={t('resources.starred', 'Starred')} list={starred} exists={exists} />
      <LinkRow title={t('resources.opened', 'Recently opened')} list={existing} exists={exists} />
    </>
  );
}

interface LinkRowProps {
  title: string;
  list: ReadonlyArray<ObjectRef<string>>;
  exists: Props['exists'];
}

function LinkRow({ title, list, exists }: LinkRowProps) {
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
        {list.slice(0, MAX_LINKS).map((address) => {
          const { kind, namespace, name } = address;
          const key = getObjectKey(address);
          return (
            <li key={key}>
              <AppLink href={buildResourceUrl(kind, namespace, name)}>{name}</AppLink>{' '}
              <Text variant="bodySmall" color="secondary">
                {[kind, namespace, exists?.(key) === false && t('resources.gone', 'Not found')]
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
