module.exports = require('./bundle').writeBundle;
