import { DYNAMIC_KEYS, PARTS_LEFT_OUT } from './messages.list.js';

/** Words and paths in quotes, as in `t('duration.days')`. */
const QUOTED = /(['"`])([A-Za-z]\w*(?:\.\w+)*)\1/g;

/**
 * Keys that no source file names. The first part of a key is its namespace, which the source gives to the translator, so
 * a key counts as used when another namespace has one of the same name.
 */
export function unusedKeys(keys: readonly string[], sources: Iterable<string>): string[] {
  const named = new Set<string>();
  for (const source of sources) for (const [, , name = ''] of source.matchAll(QUOTED)) named.add(name);
  return keys.filter((key) => !DYNAMIC_KEYS.some(({ pattern }) => pattern.test(key)) && !named.has(nameOf(key)));
}

function nameOf(key: string): string {
  const leftOut = PARTS_LEFT_OUT.find((part) => key.startsWith(part));
  return leftOut ? key.slice(leftOut.length) : key.slice(key.indexOf('.') + 1);
}
