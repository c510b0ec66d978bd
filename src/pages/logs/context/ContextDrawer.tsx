import React, { useState } from 'react';
import type { TimeZone } from '@grafana/schema';
import { Combobox, Drawer, Field, Stack, Switch, type ComboboxOption } from '@grafana/ui';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { getContextScopes, type ContextScope } from '../../../query/logs/logContext';
import type { LogEntry } from '../../../data/logs/logEntries';
import { parseLogOrigin } from '../../../sedna/logs';
import { ContextLines } from './ContextLines';
import { t } from '../../../platform/i18n';

interface Props {
  line: LogEntry;
  timeZone: TimeZone;
  onClose: () => void;
}

const formatScope = (scope: ContextScope): string =>
  ({
    container: t('logs.context.container', 'Same container'),
    pod: t('logs.context.pod', 'Same pod'),
    job: t('logs.context.job', 'Workers of the job, GM, and LC'),
    node: t('logs.context.node', 'Same node'),
    namespace: t('logs.context.namespace', 'Same namespace'),
  })[scope];

/** Lines before and after a line, whatever the keywords and levels of the page. */
export function ContextDrawer({ line, timeZone, onClose }: Props) {
  const origin = parseLogOrigin(line.labels);
  const scopes = getContextScopes(origin);
  const [scope, setScope] = useState<ContextScope | undefined>(scopes.includes('pod') ? 'pod' : scopes[0]);
  const [showsNanoseconds, setShowsNanoseconds] = useState(false);
  const options: Array<ComboboxOption<ContextScope>> = scopes.map((value) => ({ value, label: formatScope(value) }));

  return (
    <Drawer
      title={t('logs.context.title', 'Log context')}
      subtitle={[origin.namespace, origin.pod, origin.container].filter(Boolean).join(' / ')}
      size="lg"
      onClose={onClose}
    >
      {scope === undefined ? (
        <EmptyState title={t('logs.context.no-origin.title', 'No log context available')}>
          {t('logs.context.no-origin.text', 'This line has no label for a namespace, a pod, or a node')}
        </EmptyState>
      ) : (
        <Stack direction="column" gap={2}>
          <Stack direction="row" gap={2} alignItems="center" wrap="wrap">
            <Field label={t('logs.context.scope', 'Scope')} noMargin>
              <Combobox<ContextScope>
                id="logs-context-scope"
                width={36}
                options={options}
                value={scope}
                onChange={({ value }) => setScope(value)}
              />
            </Field>
            <Field label={t('logs.context.nanoseconds', 'Nanoseconds')} noMargin>
              <Switch
                id="logs-context-nanoseconds"
                value={showsNanoseconds}
                onChange={({ currentTarget }) => setShowsNanoseconds(currentTarget.checked)}
              />
            </Field>
          </Stack>
          {/* Remount when the scope changes, so that no lines of the previous one stay visible. */}
          <ContextLines key={scope} {...{ line, timeZone, scope, showsNanoseconds }} />
        </Stack>
      )}
    </Drawer>
  );
}
