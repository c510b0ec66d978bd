import React from 'react';
import { Button, InteractiveTable, Stack, Text, type Column } from '@grafana/ui';
import { saveCsv } from '../../../../data/files/saveCsv';
import { TEST_IDS } from '../../../../ui/testIds';
import { t } from '../../../../platform/i18n';

const PAGE_SIZE = 25;
const getRowId = ({ key }: { key: string }) => key;

interface Props<Row extends object> {
  /** Names the CSV file. */
  metric: string;
  columns: Array<Column<Row>>;
  rows: Row[];
  /** Called only when the user downloads it. */
  formatCsv: () => string;
  description?: string;
}

/** Shows a table with a description and a download button. */
export function TableFrame<Row extends { key: string }>({ metric, columns, rows, formatCsv, description }: Props<Row>) {
  return (
    <div data-testid={TEST_IDS.metrics.table}>
      <Stack direction="row" justifyContent="space-between" alignItems="center" wrap="wrap">
        <Text variant="bodySmall" color="secondary">
          {description ?? ''}
        </Text>
        <Button
          size="sm"
          variant="secondary"
          fill="outline"
          icon="download-alt"
          onClick={() => saveCsv(metric.replace(/[^\w.-]+/g, '_'), formatCsv())}
        >
          {t('metrics.csv', 'Download CSV')}
        </Button>
      </Stack>
      <InteractiveTable columns={columns} data={rows} getRowId={getRowId} pageSize={PAGE_SIZE} />
    </div>
  );
}
