/**
 * Test ids of the app, by page. Components set them, and the page objects of tests/e2e/pages find elements by them.
 * @see https://playwright.dev/docs/locators#locate-by-test-id
 */
export const TEST_IDS = {
  queryError: 'query-error',
  overview: {
    searchResults: 'search-results',
    jobs: 'job-list',
    stages: 'stage-table',
    nodes: 'node-list',
    components: 'component-list',
  },
  resourceList: {
    table: 'resource-table',
  },
  resource: {
    status: 'resource-status',
    rounds: 'rounds',
    roundChanges: 'round-changes',
    findings: 'findings',
    noFindings: 'nothing-found',
    skippedRules: 'not-judged',
    trainingChecklist: 'waiting-checklist',
    workers: 'worker-table',
    logsTimeline: 'logs-timeline',
    metricPanels: 'metric-panels',
    featureMetrics: 'feature-metrics',
    relations: 'relation-list',
  },
  object: {
    manifest: 'object-text',
    matches: 'object-hits',
    diff: 'object-difference',
    deletionImpact: 'object-removal',
    newManifest: 'object-create-text',
    labels: 'object-labels',
    annotations: 'object-annotations',
  },
  logs: {
    controls: 'logs-controls',
    context: 'logs-context',
    patterns: 'logs-patterns',
    scores: 'logs-scores',
    live: 'live-logs',
    liveBar: 'live-bar',
    liveLines: 'live-lines',
  },
  metrics: {
    controls: 'metrics-controls',
    catalog: 'metric-catalog',
    table: 'metric-table',
  },
  knowledgeBase: {
    summary: 'knowledge-base-summary',
    tasks: 'task-table',
    history: 'knowledge-base-history',
    droppedTasks: 'dropped-tasks',
    relations: 'task-relations',
    relationGraph: 'relation-graph',
  },
  configuration: {
    prometheus: 'configuration-prometheus',
    loki: 'configuration-loki',
    logLabels: 'configuration-log-labels',
  },
} as const;
