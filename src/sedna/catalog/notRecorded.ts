/** Other sources of metrics that Sedna's Ops UI proposal includes, but Sedna doesn't record. */

export const NO_BASE_MODEL =
  'a base model is there only where the pod template for training sets MODEL_URLS, or where an incremental learning job trains from its input model.';

export const NO_STATUS_WITHOUT_CONTROLLER =
  'Sedna registers no controller for this kind, so that nothing is created and its status stays empty.';

export const NO_STATUS_OF_OBJECT_SEARCH =
  'the global manager creates the workers, but each update of the status is refused. Look at the worker pods instead.';

export const NO_JOINT_INFERENCE_COUNTS =
  'edge workers report their counters under the name sedna, which the global manager refuses, and from the pod network they do not reach the local controller. Patterns can count samples in their logs instead: sedna:inference_samples.';

export const NO_FEATURE_EXTRACTION_FIGURES = 'no worker of this kind reports any.';

export const NO_MODEL_METRICS =
  'only the reports of federated learning set metrics of a model; those of an evaluation are in sedna_job_eval_metric.';

export const NO_INFERENCE_COUNTS =
  'samples of inference are there only where a job writes them to the custom tables, or where patterns find them in its log.';
