/**
 * What @grafana/scenes draws ad hoc filters with, in the place of its own: this app has none, and scenes load it all the
 * same. Nothing draws these; a test compares the names with the installed scenes.
 */
const drawsNothing = () => null;

export const AdHocFilterBuilder = drawsNothing;
export const AdHocFilterRenderer = drawsNothing;
export const AdHocFiltersComboboxRenderer = drawsNothing;

/** Files of scenes that export these, and nothing else. */
export const REPLACED = /(?:^|\/)(AdHocFilterBuilder|AdHocFilterRenderer|AdHocFiltersComboboxRenderer)\.js$/;
