import React, { useState, type ReactNode } from 'react';
import type { TimeRange } from '@grafana/data';
import { usePluginComponent } from '@grafana/runtime';
import type { Panel } from '@grafana/schema';
import { Field, Modal, RadioButtonGroup } from '@grafana/ui';
import { t } from '../../platform/i18n';

/** What Grafana's form takes; it has buttons of its own. */
interface FormProps {
  onClose: () => void;
  buildPanel: () => Panel;
  timeRange?: TimeRange;
  options: { useAbsolutePath: boolean };
  children?: ReactNode;
}

/** Grafana's form that puts a panel on a new or an existing dashboard; `plugin.json` names it too. */
const FORM = 'grafana/add-to-dashboard-form/v1';

/** Whether this Grafana has the form. */
export const useHasDashboardForm = (): boolean => usePluginComponent(FORM).component !== null;

export interface DashboardPanelChoice {
  label: string;
  build: () => Panel;
}

interface Props {
  title: string;
  /** One at least; where there are several, a person chooses. */
  panels: readonly DashboardPanelChoice[];
  /** What the dashboard opens with. */
  timeRange: TimeRange;
  onClose: () => void;
}

/** Puts a panel on a dashboard, in Grafana's own way. */
export function AddToDashboard({ title, panels, timeRange, onClose }: Props) {
  const { component: Form } = usePluginComponent<FormProps>(FORM);
  const [chosen, setChosen] = useState(0);
  return (
    <Modal title={title} isOpen onDismiss={onClose}>
      {Form && (
        <Form
          onClose={onClose}
          buildPanel={panels[chosen].build}
          timeRange={timeRange}
          // Else the way to the dashboard is taken for one below the page of this app.
          options={{ useAbsolutePath: true }}
        >
          {panels.length > 1 && (
            <Field label={t('add-to-dashboard.panel', 'Panel')}>
              <RadioButtonGroup
                aria-label={t('add-to-dashboard.panel', 'Panel')}
                options={panels.map(({ label }, value) => ({ label, value }))}
                value={chosen}
                onChange={setChosen}
              />
            </Field>
          )}
        </Form>
      )}
    </Modal>
  );
}
