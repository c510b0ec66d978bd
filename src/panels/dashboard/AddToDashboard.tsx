import React, { useState, type ReactNode } from 'react';
import type { TimeRange } from '@grafana/data';
import { usePluginComponent } from '@grafana/runtime';
import type { Panel } from '@grafana/schema';
import { Field, Modal, RadioButtonGroup } from '@grafana/ui';
import { t } from '../../platform/i18n';

/** Props of Grafana's form, which has its own buttons. */
interface FormProps {
  onClose: () => void;
  buildPanel: () => Panel;
  timeRange?: TimeRange;
  options: { useAbsolutePath: boolean };
  children?: ReactNode;
}

/** Grafana's form that adds a panel to a new or existing dashboard; `plugin.json` declares it as a dependency. */
const FORM = 'grafana/add-to-dashboard-form/v1';

/** Returns whether this Grafana has the form. */
export const useHasDashboardForm = (): boolean => usePluginComponent(FORM).component !== null;

export interface DashboardPanelChoice {
  label: string;
  build: () => Panel;
}

interface Props {
  title: string;
  /** At least one; the user selects one of several. */
  panels: readonly DashboardPanelChoice[];
  /** Time range of the dashboard. */
  timeRange: TimeRange;
  onClose: () => void;
}

/** Modal that adds a panel to a dashboard. */
export function AddToDashboard({ title, panels, timeRange, onClose }: Props) {
  const { component: Form } = usePluginComponent<FormProps>(FORM);
  const [selected, setSelected] = useState(0);
  return (
    <Modal title={title} isOpen onDismiss={onClose}>
      {Form && (
        <Form
          onClose={onClose}
          buildPanel={panels[selected].build}
          timeRange={timeRange}
          // Otherwise, the form resolves the path of the dashboard relative to the page of this app.
          options={{ useAbsolutePath: true }}
        >
          {panels.length > 1 && (
            <Field label={t('add-to-dashboard.panel', 'Panel')}>
              <RadioButtonGroup
                aria-label={t('add-to-dashboard.panel', 'Panel')}
                options={panels.map(({ label }, value) => ({ label, value }))}
                value={selected}
                onChange={setSelected}
              />
            </Field>
          )}
        </Form>
      )}
    </Modal>
  );
}
