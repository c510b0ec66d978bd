/** Writes a zip of the plugin to artifacts/. It contains one folder with the id of the plugin, as Grafana expects. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { zipSync, type Zippable } from 'fflate';

const ROOT = join(__dirname, '..');
const DIST = join(ROOT, 'dist');

interface PluginJson {
  id: string;
  info: { version: string };
}

const { id, info } = JSON.parse(readFileSync(join(DIST, 'plugin.json'), 'utf8')) as PluginJson;
const files: Zippable = {};
for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
  if (entry.isFile()) {
    const path = join(entry.parentPath, entry.name);
    files[`${id}/${relative(DIST, path)}`] = readFileSync(path);
  }
}
const folder = join(ROOT, 'artifacts');
mkdirSync(folder, { recursive: true });
const name = `${id}-${info.version}.zip`;
const zip = zipSync(files);
writeFileSync(join(folder, name), zip);
console.log(`artifacts/${name}: ${Object.keys(files).length} files, ${zip.length} bytes`);
