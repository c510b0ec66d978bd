/** Jest's environments with the bundle of packages, which is compiled once a worker and evaluated at most once a test file. */
const { readFileSync } = require('node:fs');
const vm = require('node:vm');

let script;

function compile(filename) {
  const code = `(function (module, require, jest) {${readFileSync(filename, 'utf8')}\n})`;
  return new vm.Script(code, { filename });
}

/** Adds the bundle to the class of an environment. */
const withPackages = (TestEnvironment) =>
  class extends TestEnvironment {
    constructor(config, context) {
      super(config, context);
      let packages;
      this.global[Symbol.for('jest-packages')] = (require, jest) => {
        if (!packages) {
          script ??= compile(config.projectConfig.testEnvironmentOptions.packages);
          const module = { exports: {} };
          script.runInContext(this.getVmContext())(module, require, jest);
          packages = module.exports;
        }
        return packages;
      };
    }
  };

module.exports = { withPackages };
