import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { backend } from '../stack/build.js';

// Renders the documents that are generated from the built backend. They are committed, so that they can be read and
// used without a build; `npm run check` compares them.

const SOURCE = 'apps/backend/src/platform/config/variables.ts';

export interface Variable {
  readonly doc: string;
  readonly default: string | null;
  readonly example: string;
}

export async function readVariables(root: string): Promise<Record<string, Variable>> {
  const file = join(backend(root), 'dist/platform/config/variables.js');
  const { VARIABLES } = (await import(pathToFileURL(file).href)) as { VARIABLES: Record<string, Variable> };
  return VARIABLES;
}

/** .env.example, with every variable commented out. */
export function envExample(variables: Record<string, Variable>): string {
  const entries = Object.entries(variables).map(
    ([name, { doc, default: fallback, example }]) =>
      `# ${doc}\n${fallback === null ? '# Default: none' : `# Default: ${fallback}`}\n# ${name}=${example}\n`,
  );
  return `# Copy this file to .env and uncomment what you set. Generated from ${SOURCE}.\n\n${entries.join('\n')}`;
}

const BEGIN = `<!-- configuration: generated from ${SOURCE} by npm run check -- --write -->`;
const END = '<!-- /configuration -->';

/** Replaces the table of variables between the two marker comments of a document. */
export function withTable(document: string, variables: Record<string, Variable>): string {
  const [before, rest = ''] = document.split(BEGIN);
  const [, after] = rest.split(END);
  if (after === undefined) throw new Error(`The document has no marker comments for the table: ${BEGIN} and ${END}`);
  return `${before}${BEGIN}\n${table(variables)}\n${END}${after}`;
}

function table(variables: Record<string, Variable>): string {
  const rows = Object.entries(variables).map(
    ([name, { doc, default: fallback, example }]) =>
      `| \`${name}\` | ${fallback === null ? 'none' : `\`${cell(fallback)}\``} | ${cell(doc)} | \`${cell(example)}\` |`,
  );
  return ['| Variable | Default | Description | Example |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

const cell = (text: string) => text.replaceAll('|', '\\|');

/** docs/openapi.json, for readers and for generators of clients. */
export function openApiDocument(root: string): string {
  return execFileSync(process.execPath, [join(backend(root), 'dist/main.openapi.js')], { encoding: 'utf8' });
}
