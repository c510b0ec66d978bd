/** Follows the logs of all containers, each run of a container in a file. */
import { mkdirSync, createWriteStream } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { maskText } from '../../../src/sedna/masking/maskText';
import { getContainerStatuses } from '../../diagnosis/clusterView';
import type { KubeObject } from '../../engine/types';
import { followLines, type Kubectl } from './kubectl';

/** Time and text of a line of `kubectl logs --timestamps`. */
const LINE = /^(\S+) (.*)$/s;

export class LogRecorder {
  private readonly started = new Set<string>();
  private readonly running: Array<Promise<void>> = [];

  constructor(
    private readonly kubectl: Kubectl,
    /** Folder `logs` of the recording. */
    private readonly folder: string,
    private readonly log: (line: string) => void
  ) {}

  /** Follows each run of the pod's containers that is not followed yet; of earlier runs Kubernetes keeps one. */
  see(pod: KubeObject): void {
    for (const { name, restartCount, state, lastState } of getContainerStatuses(pod)) {
      if (state?.running || state?.terminated) {
        this.follow(pod, name, restartCount, false);
      }
      if (lastState?.terminated && restartCount > 0) {
        this.follow(pod, name, restartCount - 1, true);
      }
    }
  }

  private follow(pod: KubeObject, container: string, run: number, isPrevious: boolean): void {
    const { namespace = '', name, uid = '' } = pod.metadata;
    const file = path.join(this.folder, `${namespace}_${name}_${uid}`, container, `${run}.log.gz`);
    if (!this.started.has(file)) {
      this.started.add(file);
      const args = ['logs', '--namespace', namespace, name, '--container', container, '--timestamps'];
      this.running.push(this.write(file, [...args, isPrevious ? '--previous' : '--follow']));
    }
  }

  private async write(file: string, args: readonly string[]): Promise<void> {
    mkdirSync(path.dirname(file), { recursive: true });
    const zipped = createGzip();
    const written = finished(zipped.pipe(createWriteStream(file)));
    try {
      await followLines(this.kubectl, args, (line) => {
        const [, time, text] = LINE.exec(line) ?? [];
        if (time !== undefined) {
          // kubectl doesn't tell which stream a line is of.
          zipped.write(`${time} stdout F ${maskText(text)}\n`);
        }
      });
    } catch (error) {
      this.log((error as Error).message);
    }
    zipped.end();
    await written;
  }

  /** Waits until all files are complete, after the signal of kubectl has aborted. */
  async close(): Promise<void> {
    await Promise.all(this.running);
  }
}
