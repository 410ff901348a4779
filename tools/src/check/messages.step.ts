import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryFiles } from './files.js';
import { type Catalogs, checkMessages, entriesOf } from './messages.js';
import { unusedKeys } from './messages.used.js';
import type { CheckStep } from './step.js';

const SOURCES = ['apps/*/src/*.ts', 'apps/*/src/*.tsx', 'packages/*/src/*.ts'];
const NOT_SOURCES = /\.test\.tsx?$|^packages\/messages\/src\/\w+\/|\/generated\//;

/** Fails when the languages differ in what the compiler cannot see, and for texts that nothing shows. */
export const messages: CheckStep = {
  title: 'Messages',
  async run({ root }) {
    const catalogs = await loadCatalogs(root);
    const [english = {}] = Object.values(catalogs.texts);
    const keys = [...entriesOf(english)].map(([key]) => key);
    const files = repositoryFiles(root, ...SOURCES).filter((file) => !NOT_SOURCES.test(file));
    const sources = files.map((file) => readFileSync(join(root, file), 'utf8'));
    const problems = [
      ...checkMessages(catalogs),
      ...unusedKeys(keys, sources).map((key) => `${key}: no source file uses it`),
    ];
    if (problems.length > 0) return { ok: false, summary: problems.join('\n') };
    return { ok: true, summary: `${keys.length} messages in ${Object.keys(catalogs.texts).length} languages` };
  },
};

/** From the build, because the tools are compiled before the packages are. */
async function loadCatalogs(root: string): Promise<Catalogs> {
  const load = (module: string) => import(pathToFileURL(join(root, 'packages', module)).href);
  const { CATALOGS } = await load('messages/dist/catalog.js');
  const { LOCALES } = await load('shared/dist/languages.js');
  return { texts: CATALOGS, locales: LOCALES };
}
