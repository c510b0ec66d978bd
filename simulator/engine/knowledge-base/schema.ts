/** Statements for the six tables of Sedna, with the text and order of SQLAlchemy. */
export const SEDNA_TABLES: readonly string[] = [
  `CREATE TABLE ll_task_grp (
	id INTEGER NOT NULL, 
	name VARCHAR(100) NOT NULL, 
	deploy BOOLEAN, 
	sample_num INTEGER, 
	task_num INTEGER, 
	PRIMARY KEY (id), 
	UNIQUE (name)
)`,
  'CREATE INDEX ix_ll_task_grp_id ON ll_task_grp (id)',
  `CREATE TABLE ll_tasks (
	id INTEGER NOT NULL, 
	name VARCHAR(100) NOT NULL, 
	task_attr TEXT, 
	created_at DATETIME DEFAULT (CURRENT_TIMESTAMP), 
	updated_at DATETIME DEFAULT (CURRENT_TIMESTAMP), 
	PRIMARY KEY (id), 
	UNIQUE (name)
)`,
  'CREATE INDEX ix_ll_tasks_id ON ll_tasks (id)',
  `CREATE TABLE ll_samples (
	id INTEGER NOT NULL, 
	data_url TEXT, 
	descr TEXT, 
	data_type SMALLINT, 
	updated_at DATETIME DEFAULT (CURRENT_TIMESTAMP), 
	sample_num INTEGER, 
	PRIMARY KEY (id)
)`,
  'CREATE INDEX ix_ll_samples_id ON ll_samples (id)',
  'CREATE INDEX ix_ll_samples_data_type ON ll_samples (data_type)',
  `CREATE TABLE ll_task_models (
	id INTEGER NOT NULL, 
	task_id INTEGER NOT NULL, 
	model_url TEXT, 
	is_current BOOLEAN, 
	created_at DATETIME DEFAULT (CURRENT_TIMESTAMP), 
	PRIMARY KEY (id), 
	FOREIGN KEY(task_id) REFERENCES ll_task_grp (id)
)`,
  'CREATE INDEX ix_ll_task_models_task_id ON ll_task_models (task_id)',
  'CREATE INDEX ix_ll_task_models_id ON ll_task_models (id)',
  `CREATE TABLE ll_task_relation (
	id INTEGER NOT NULL, 
	grp_id INTEGER NOT NULL, 
	task_id INTEGER NOT NULL, 
	transfer_radio FLOAT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(grp_id) REFERENCES ll_task_grp (id), 
	FOREIGN KEY(task_id) REFERENCES ll_tasks (id)
)`,
  'CREATE INDEX ix_ll_task_relation_id ON ll_task_relation (id)',
  'CREATE INDEX ix_ll_task_relation_grp_id ON ll_task_relation (grp_id)',
  'CREATE INDEX ix_ll_task_relation_task_id ON ll_task_relation (task_id)',
  `CREATE TABLE ll_task_sample (
	id INTEGER NOT NULL, 
	sample_id INTEGER NOT NULL, 
	task_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(sample_id) REFERENCES ll_samples (id), 
	FOREIGN KEY(task_id) REFERENCES ll_tasks (id)
)`,
  'CREATE INDEX ix_ll_task_sample_id ON ll_task_sample (id)',
  'CREATE INDEX ix_ll_task_sample_sample_id ON ll_task_sample (sample_id)',
  'CREATE INDEX ix_ll_task_sample_task_id ON ll_task_sample (task_id)',
];

/**
 * Statements for the custom tables of the upstream exporter. `int primary key` isn't an alias of the rowid, so ids can be
 * NULL.
 */
export const CUSTOM_TABLES: readonly string[] = [
  'CREATE TABLE metric(id int primary key, name text, label text, note text, last_time timestamp)',
  'CREATE TABLE metric_value(id int primary key, metric_id int, label_value text, value float, last_time timestamp)',
];
