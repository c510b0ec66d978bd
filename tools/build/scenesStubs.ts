/**
 * What @grafana/scenes draws ad hoc filters with, in the place of its own: this app has none, and scenes load it all the
 * same. Nothing draws these; a test compares the names with the installed scenes.
 */
const EmptyComponent = () => null;

export const AdHocFilterBuilder = EmptyComponent;
export const AdHocFilterRenderer = EmptyComponent;
export const AdHocFiltersComboboxRenderer = EmptyComponent;

/** Files of scenes that export these, and nothing else. */
export const REPLACED = /(?:^|\/)(AdHocFilterBuilder|AdHocFilterRenderer|AdHocFiltersComboboxRenderer)\.js$/;
