/**
 * Directions of imports, as docs/contribute/architecture.md draws them. Type imports count.
 * `npm run lint:imports` checks them, `npm run generate:import-graph` draws them.
 */

/** Floors of the app from the roof down; a floor imports those below it. Floors of one entry stand side by side. */
const FLOORS = [
  ['app'],
  ['extensions'],
  ['pages'],
  ['panels'],
  ['ui'],
  ['data'],
  ['platform'],
  ['kubernetes', 'query'],
  ['sedna'],
];

const TESTS = '\\.(test|fixture)\\.tsx?$|/test(Utils|Support)\\.tsx?$|^src/test/';
const anyOf = (folders) => `^src/(${folders.join('|')})/`;

/** One rule a floor: what stands above it, or beside it, is out of reach. */
const upwards = FLOORS.flatMap((floor, index) =>
  floor.map((folder) => ({
    name: `no-upward-import-from-${folder}`,
    comment: `src/${folder} imports only what stands below it.`,
    severity: 'error',
    from: { path: `^src/${folder}/`, pathNot: TESTS },
    to: { path: anyOf([...FLOORS.slice(0, index).flat(), ...floor.filter((other) => other !== folder), 'test']) },
  }))
);

/** What feeds the app, and the folders of `src` that it may import. */
const FEEDERS = {
  exporter: ['sedna'],
  simulator: ['sedna', 'query'],
  collection: ['sedna', 'query'],
  dashboards: ['sedna', 'query'],
  tools: ['sedna', 'query'],
  deploy: [],
};

export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Files that import each other cannot be read, tested or loaded alone.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...upwards,
    {
      name: 'no-import-between-pages',
      comment: 'A page imports no other page: links go through src/platform/links, shared parts move down.',
      severity: 'error',
      from: { path: '^src/pages/([^/]+)/', pathNot: TESTS },
      to: { path: '^src/pages/', pathNot: '^src/pages/$1/' },
    },
    {
      name: 'sedna-is-plain',
      comment: 'src/sedna and src/query know no React, no Grafana and no I/O; Lezer grammars are plain parsers.',
      severity: 'error',
      from: { path: '^src/(sedna|query)/', pathNot: TESTS },
      to: { path: 'node_modules/(@grafana/(?!lezer)|react)|^node:|^(fs|path|http|https|net|child_process)$' },
    },
    {
      name: 'kubernetes-reaches-grafana-in-one-place',
      comment: 'src/kubernetes has no React; of Grafana it knows the runtime alone.',
      severity: 'error',
      from: { path: '^src/kubernetes/', pathNot: TESTS },
      to: { path: 'node_modules/(@grafana/(?!runtime)|react)' },
    },
    {
      name: 'app-imports-no-feeder',
      comment: 'Nothing of the app imports what feeds it, or what tests it.',
      severity: 'error',
      from: { path: '^src/', pathNot: TESTS },
      to: { path: `^(${Object.keys(FEEDERS).join('|')}|tests|docs)/` },
    },
    ...Object.entries(FEEDERS).map(([feeder, floors]) => ({
      name: `${feeder}-imports-the-ground-floor`,
      comment: `Of the app, ${feeder}/ imports ${floors.map((floor) => `src/${floor}`).join(' and ') || 'nothing'}.`,
      severity: 'error',
      from: { path: `^${feeder}/` },
      to: { path: '^src/', ...(floors.length > 0 && { pathNot: anyOf(floors) }) },
    })),
    {
      name: 'docs-check-files-only',
      comment: 'What checks the documentation reads files and imports none of them.',
      severity: 'error',
      from: { path: '^docs/' },
      to: { path: '^(?!docs/|node:|node_modules/)', dependencyTypesNot: ['core', 'npm', 'npm-dev'] },
    },
    {
      name: 'no-test-code-in-the-product',
      comment: 'Fixtures and fakes are for tests.',
      severity: 'error',
      from: { path: '^(src|exporter|dashboards|deploy)/', pathNot: `${TESTS}|/bench/|[tT]est[A-Z]\\w*\\.tsx?$` },
      to: { path: TESTS },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.config)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
    skipAnalysisNotInRules: true,
  },
};
