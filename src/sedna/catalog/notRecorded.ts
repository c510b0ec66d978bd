/** Other sources of metrics that Sedna's Ops UI proposal includes, but Sedna doesn't record. */

export const NO_BASE_MODEL =
  'a base model is there only where the pod template for training sets MODEL_URLS, or where an incremental learning job trains from its input model.';

export const NO_INFERENCE_COUNTS =
  'samples of inference are there only where a job writes them to the custom tables, or where patterns find them in its log.';
