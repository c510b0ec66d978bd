/**
 * Checks that Sedna still has what Sedna Ops relies on.
 *
 *     npm run check:sedna -- <checkout of kubeedge/sedna> [--write]
 *
 * Fails if the current commit lacks something, or if docs/run/sedna-releases.md lacks a release. With `--write`, writes
 * that page.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { replaceMarkedPart, runGenerator } from '../generators/generatedFiles';
import { PROJECT_ROOT } from '../projectRoot';
import { SednaCheckout } from './checkout';
import { SEDNA_FACTS } from './facts';
import { formatReleases, type CheckedRelease } from './releaseTable';

const PAGE = path.join(PROJECT_ROOT, 'docs/run/sedna-releases.md');

function main(args: readonly string[]): void {
  const folder = args.find((argument) => !argument.startsWith('--'));
  if (folder === undefined) {
    throw new Error('The first argument must be a checkout of kubeedge/sedna');
  }
  const checkout = new SednaCheckout(folder);
  const { commit, date } = checkout.describe('HEAD');
  const missing = checkout.findMissing('HEAD', SEDNA_FACTS);
  missing.forEach(({ area, name, text }) =>
    console.error(`${commit} lacks ${area} ${name}: ${[text].flat().join(' or ')}`)
  );
  const tags = checkout.getReleases();
  if (args.includes('--write')) {
    const releases: CheckedRelease[] = [
      { name: `main (${commit}, ${date})`, missing },
      ...tags.map((name) => ({ name, missing: checkout.findMissing(name, SEDNA_FACTS) })),
    ];
    runGenerator([replaceMarkedPart(PAGE, formatReleases(SEDNA_FACTS, releases))], []);
  }
  const page = readFileSync(PAGE, 'utf8');
  const unknown = tags.filter((tag) => !page.includes(tag));
  unknown.forEach((tag) => console.error(`Release ${tag} isn't in docs/run/sedna-releases.md: run with --write`));
  console.log(`${SEDNA_FACTS.length - missing.length} of ${SEDNA_FACTS.length} facts hold in ${commit} (${date})`);
  process.exitCode = missing.length + unknown.length > 0 ? 1 : 0;
}

main(process.argv.slice(2));
