/** Judgements of the objects of a recording, without any engine: facts come straight from objects and lines. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Judgement } from '../../src/sedna/diagnosis';
import { PROJECT_ROOT } from '../../tools/projectRoot';
import { judgeRecording, SCRAPE_SECONDS } from '../recording/judgements';
import { readRecording } from '../recording/recording';

/** The recording that tests read; it isn't part of the project. */
export const RECORDED_FOLDER = path.join(PROJECT_ROOT, '..', 'shared', 'sedna', 'real');

/** Why tests about the recording are skipped; false if it is there. */
export const SKIP_RECORDED = existsSync(path.join(RECORDED_FOLDER, 'objects.jsonl.gz'))
  ? false
  : `no recording in ${RECORDED_FOLDER}`;

/** Judgements of all objects at each scrape. */
export class RecordedJudgements {
  private readonly start: number;
  private readonly byObject = new Map<string, Judgement[]>();

  constructor() {
    const recording = readRecording(RECORDED_FOLDER);
    this.start = recording.from / 1000;
    const count = Math.ceil((recording.to / 1000 - this.start) / SCRAPE_SECONDS);
    const moments = Array.from({ length: count }, (_, i) => this.start + (i + 1) * SCRAPE_SECONDS);
    for (const judgement of judgeRecording(recording, moments)) {
      const { kind, namespace, name } = judgement.object;
      const key = `${kind} ${namespace}/${name}`;
      this.byObject.set(key, [...(this.byObject.get(key) ?? []), judgement]);
    }
  }

  /**
   * Returns the judgement of an object at the last scrape before a time of day.
   * @param key such as `ReidJob default/reid`
   * @param time such as `05:13:45`
   */
  at(key: string, time: string): Judgement {
    const day = new Date(this.start * 1000).toISOString().slice(0, 10);
    const until = Date.parse(`${day}T${time}Z`) / 1000;
    const judgement = this.byObject.get(key)?.findLast(({ at }) => at <= until);
    if (!judgement || until - judgement.at > 2 * SCRAPE_SECONDS) {
      throw new Error(`no ${key} at ${time}`);
    }
    return judgement;
  }

  /** Returns the verdict and the rules that found something. */
  summaryAt(key: string, time: string): string {
    const { verdict, findings } = this.at(key, time);
    return [verdict, ...findings.map(({ rule }) => rule)].join(' ');
  }

  /** Returns the verdicts of an object from one time of day to another, each once. */
  verdictsBetween(key: string, from: string, to: string): string[] {
    const [first, last] = [this.at(key, from).at, this.at(key, to).at];
    const between = this.byObject.get(key)!.filter(({ at }) => at >= first && at <= last);
    return [...new Set(between.map(({ verdict }) => verdict))];
  }

  /** All judgements of all objects. */
  all(): Judgement[] {
    return [...this.byObject.values()].flat();
  }

  /** Returns the times of day at which a rule found something about an object. */
  timesOf(key: string, rule: string): string[] {
    return (this.byObject.get(key) ?? [])
      .filter(({ findings }) => findings.some((finding) => finding.rule === rule))
      .map(({ at }) => new Date(at * 1000).toISOString().slice(11, 19));
  }
}
