import { createContext } from 'react';
import type { PluginMeta } from '@grafana/data';

/** What Grafana knows about this plugin, for those who change its settings. */
export const PluginContext = createContext<PluginMeta | undefined>(undefined);
