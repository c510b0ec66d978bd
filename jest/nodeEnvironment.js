const { TestEnvironment } = require('jest-environment-node');
const { withPackages } = require('./environment');

module.exports = withPackages(TestEnvironment);
