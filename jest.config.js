// Dates in tests are UTC wherever they run.
process.env.TZ = 'UTC';

const base = require('./.config/jest.config');
const { grafanaESModules, nodeModulesToTransform } = require('./.config/jest/utils');
const { BUNDLE, moduleNameMapper } = require('./jest/bundle');

module.exports = {
  ...base,
  // Jest leaves a core alone; on a machine of two that is half of them.
  maxWorkers: '100%',
  globalSetup: '<rootDir>/jest/globalSetup.js',
  testEnvironment: '<rootDir>/jest/environment.js',
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
