import { createContext } from 'react';
import type { PluginMeta } from '@grafana/data';

/** Metadata of this plugin, which saving the settings needs. */
export const PluginContext = createContext<PluginMeta | undefined>(undefined);
