/** Reads a recording of a real Sedna, which isn't part of the repository, for tests. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

const FOLDER = path.resolve(__dirname, '../../../shared/sedna/real');

/** Reason to skip a test that needs the recording, or false if it is there. */
export const NO_RECORDING: string | false = existsSync(path.join(FOLDER, 'objects.jsonl.gz'))
  ? false
  : 'the recording ../shared/sedna/real is missing';

export interface RecordedVersion {
  /** Time at which the watch returned it. */
  time: string;
  event: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: {
    kind: string;
    metadata: {
      namespace: string;
      name: string;
      uid: string;
      creationTimestamp: string;
      labels?: Record<string, string>;
    };
    spec?: Record<string, unknown>;
    status?: Record<string, unknown>;
  };
}

const readText = (file: string) => gunzipSync(readFileSync(path.join(FOLDER, file))).toString('utf8');

/** Returns the versions of all objects, or of those of a kind, in the order of time. */
export const readRecordedVersions = (kind?: string): RecordedVersion[] =>
  readText('objects.jsonl.gz')
    .split('\n')
    .filter((line) => line !== '' && (kind === undefined || line.includes(`"${kind}"`)))
    .map((line) => JSON.parse(line) as RecordedVersion)
    .filter(({ object }) => kind === undefined || object.kind === kind);

/** Returns what is true at the end. */
export const readExpected = <T>(): T => JSON.parse(readFileSync(path.join(FOLDER, 'expected.json'), 'utf8')) as T;

/** What is true of a job with stages at the end. */
export interface ExpectedJob {
  kind: string;
  name: string;
  uid: string;
  round?: number;
  trainRoundsStarted: number;
  roundsCompleted: number;
  evaluations: Array<{ recorded: boolean }>;
}

/** Returns what is true of the jobs with stages that the recording has to the end. */
export const readExpectedJobs = (): ExpectedJob[] => {
  const { objects } = readExpected<{ objects: Array<ExpectedJob & { deleted?: string }> }>();
  return objects.filter(({ deleted, roundsCompleted }) => deleted === undefined && roundsCompleted !== undefined);
};

export interface RecordedLine {
  namespace: string;
  pod: string;
  container: string;
  stream: 'stdout' | 'stderr';
  text: string;
}

/** Joins the parts that the container runtime writes of a long line. */
function toLines(file: string): Array<Pick<RecordedLine, 'stream' | 'text'>> {
  const lines: Array<Pick<RecordedLine, 'stream' | 'text'>> = [];
  const parts = { stdout: '', stderr: '' };
  for (const entry of readText(file).split('\n')) {
    const match = /^\S+ (stdout|stderr) ([PF]) ?(.*)$/s.exec(entry);
    const stream = match?.[1] as RecordedLine['stream'] | undefined;
    if (match && stream) {
      parts[stream] += match[3];
      if (match[2] === 'F') {
        lines.push({ stream, text: parts[stream] });
        parts[stream] = '';
      }
    }
  }
  return lines;
}

/** Returns the physical lines of all containers whose pod name matches, oldest first within a container. */
export function readRecordedLines(pod: RegExp): RecordedLine[] {
  const folders = readdirSync(path.join(FOLDER, 'logs')).filter((folder) => pod.test(folder.split('_')[1]));
  return folders.flatMap((folder) => {
    const [namespace, name] = folder.split('_');
    return readdirSync(path.join(FOLDER, 'logs', folder)).flatMap((container) =>
      readdirSync(path.join(FOLDER, 'logs', folder, container))
        .sort((a, b) => parseInt(a, 10) - parseInt(b, 10))
        .flatMap((file) => toLines(path.join('logs', folder, container, file)))
        .map((line) => ({ ...line, namespace, pod: name, container }))
    );
  });
}
