/**
 * Replaces the components that @grafana/scenes renders ad hoc filters with: the app has none, and Scenes always loads
 * them. A test compares the names with the installed version of Scenes.
 */
const EmptyComponent = () => null;

export const AdHocFilterBuilder = EmptyComponent;
export const AdHocFilterRenderer = EmptyComponent;
export const AdHocFiltersComboboxRenderer = EmptyComponent;

/** Files of Scenes that export only these components. */
export const REPLACED = /(?:^|\/)(AdHocFilterBuilder|AdHocFilterRenderer|AdHocFiltersComboboxRenderer)\.js$/;
