// Dates in tests are UTC wherever they run.
process.env.TZ = 'UTC';

const base = require('./.config/jest.config');
const { grafanaESModules, nodeModulesToTransform } = require('./.config/jest/utils');
const { BUNDLE, moduleNameMapper } = require('./jest/bundle');

const project = {
  ...base,
  testEnvironmentOptions: { packages: BUNDLE },
  moduleNameMapper: { ...base.moduleNameMapper, ...moduleNameMapper },
  // d3 comes as .mjs
  transform: { '^.+\\.m?[tj]sx?$': Object.values(base.transform)[0] },
  transformIgnorePatterns: [
    nodeModulesToTransform([
      ...grafanaESModules,
      '@react-hookz',
      '@ver0',
      '@prometheus-io',
      '@grafana/lezer-logql',
      '@lezer',
      'yaml',
    ]),
    '/node_modules/\\.cache/',
  ],
};

module.exports = {
  // Jest leaves a core alone; on a machine of two that is half of them.
  maxWorkers: '100%',
  globalSetup: '<rootDir>/jest/globalSetup.js',
  projects: [
    {
      ...project,
      displayName: 'browser',
      testEnvironment: '<rootDir>/jest/browserEnvironment.js',
      testMatch: ['<rootDir>/src/**/*.test.tsx', '<rootDir>/src/**/*.browser.test.ts'],
    },
    {
      ...project,
      displayName: 'node',
      testEnvironment: '<rootDir>/jest/nodeEnvironment.js',
      setupFilesAfterEnv: [],
      testMatch: ['<rootDir>/src/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.browser\\.test\\.ts$'],
    },
  ],
};
