import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { backend } from '../stack/build.js';

export interface Variable {
  readonly doc: string;
  readonly default: string | null;
  readonly example: string;
}

/** From the build: the one place that says what there is to configure. */
export async function readVariables(root: string): Promise<Record<string, Variable>> {
  const file = join(backend(root), 'dist/config/variables.js');
  const { VARIABLES } = (await import(pathToFileURL(file).href)) as { VARIABLES: Record<string, Variable> };
  return VARIABLES;
}

/** Read by `npm start` and by `docker compose` when it is called `.env`; everything in it is left out at first. */
export function envExample(variables: Record<string, Variable>): string {
  const entries = Object.entries(variables).map(
    ([name, { doc, default: fallback, example }]) =>
      `# ${doc}\n${fallback === null ? '# Default: none' : `# Default: ${fallback}`}\n# ${name}=${example}\n`,
  );
  return `# Copy this to .env and take away the # of what you set. Made from apps/backend/src/config/variables.ts.\n\n${entries.join('\n')}`;
}

const cell = (text: string) => text.replaceAll('|', '\\|');

function table(variables: Record<string, Variable>): string {
  const rows = Object.entries(variables).map(
    ([name, { doc, default: fallback, example }]) =>
      `| \`${name}\` | ${fallback === null ? 'none' : `\`${cell(fallback)}\``} | ${cell(doc)} | \`${cell(example)}\` |`,
  );
  return ['| variable | default | | example |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

const BEGIN = '<!-- configuration: made from apps/backend/src/config/variables.ts by npm run check -- --write -->';
const END = '<!-- /configuration -->';

/** The document with the table between its two marks. */
export function withTable(document: string, variables: Record<string, Variable>): string {
  const [before, rest = ''] = document.split(BEGIN);
  const [, after] = rest.split(END);
  if (after === undefined) throw new Error(`The document has lost the marks around its table: ${BEGIN} and ${END}`);
  return `${before}${BEGIN}\n${table(variables)}\n${END}${after}`;
}
