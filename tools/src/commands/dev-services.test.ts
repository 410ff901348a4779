import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const imagesIn = (file: string) => [...read(file).matchAll(/^ +image: (\S+)$/gm)].map(([, image]) => image);

describe('the servers for development', () => {
  it('have the versions that the product runs with in containers', () => {
    const images = imagesIn('docker-compose.dev.yml');
    expect(images).toHaveLength(3);
    expect(imagesIn('docker-compose.yml')).toEqual(expect.arrayContaining(images));
  });

  it('are reachable from this machine only, because their passwords are public', () => {
    const ports = [...read('docker-compose.dev.yml').matchAll(/'([^']+:\d+)'/g)].map(([, port]) => port);
    expect(ports).toHaveLength(4);
    expect(ports.filter((port) => !port?.startsWith('127.0.0.1:'))).toEqual([]);
  });
});

describe('make', () => {
  it('runs npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const rules = [...read('Makefile').matchAll(/^([a-z -]+):\n((?:\t.*\n)+)/gm)];
    const run = rules.flatMap(([, targets = '', recipe = '']) =>
      [...recipe.matchAll(/npm run (\S+)/g)].flatMap(([, script]) => (script === '$@' ? targets.split(' ') : [script])),
    );
    expect(run.sort()).toEqual(['check', 'dev', 'migrate', 'seed', 'test', 'test:quick']);
    expect(run.filter((script) => !((script as string) in scripts))).toEqual([]);
  });
});
