const { TestEnvironment } = require('jest-environment-jsdom');
const { withPackages } = require('./environment');

module.exports = withPackages(TestEnvironment);
