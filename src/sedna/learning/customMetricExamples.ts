/** Examples of recording a custom metric, for the Metrics page and the documentation. */

/** Tables that the exporter reads. Sedna's KB server doesn't create them. */
export const CUSTOM_METRIC_SQL = `CREATE TABLE IF NOT EXISTS metric (
  id INTEGER PRIMARY KEY, name TEXT, label TEXT, note TEXT, last_time TIMESTAMP);
CREATE TABLE IF NOT EXISTS metric_value (
  id INTEGER PRIMARY KEY, metric_id INT, label_value TEXT, value FLOAT, last_time TIMESTAMP);

-- once for each metric: its name, the names of its labels, what it tells
INSERT INTO metric (id, name, label, note, last_time)
VALUES (1, 'Recall', 'namespace,name,task', 'Recall of the newest evaluation', datetime('now'));

-- whenever there is a value: the labels' values in the same order
INSERT INTO metric_value (metric_id, label_value, value, last_time)
VALUES (1, 'default,my-job,Spring_1.0', 0.93, datetime('now'));`;

export const CUSTOM_METRIC_PYTHON = `import sqlite3

with sqlite3.connect("/db/kb.sqlite3", timeout=10) as kb:
    kb.execute(
        "INSERT INTO metric_value (metric_id, label_value, value, last_time) "
        "VALUES (1, 'default,my-job,Spring_1.0', ?, datetime('now'))", (recall,))`;
