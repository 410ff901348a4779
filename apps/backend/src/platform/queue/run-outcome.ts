import { CATALOGS, type Catalog } from '@mini-compete/messages/catalog';
import { translatorFor } from '@mini-compete/messages/translator';
import { isolate, type Language } from '@mini-compete/shared/languages';

type OutcomeText = Exclude<keyof Catalog['console']['outcome'], 'failed'>;

/** What a scheduled run has done: a text of the catalog and its values, so that each admin reads it in their language. */
export interface RunOutcome {
  readonly text: OutcomeText;
  readonly values?: Readonly<Record<string, string | number>>;
}

const FAILED = 'failed: ';
const MAX_LENGTH = 500;

/** As in the column `outcome`: JSON, or the error after a prefix that queries look for. */
export const storedOutcome = (outcome: RunOutcome): string => JSON.stringify(outcome);
export const storedFailure = (error: string): string => `${FAILED}${error}`.slice(0, MAX_LENGTH);
export const isFailure = (stored: string): boolean => stored.startsWith(FAILED);

/** What a worker of another version has stored is shown as it is. */
export function outcomeText(language: Language, stored: string): string {
  const t = translatorFor(language, 'console') as (key: string, values?: RunOutcome['values']) => string;
  if (isFailure(stored)) return t('outcome.failed', { error: isolate(language, stored.slice(FAILED.length)) });
  const outcome = parse(stored);
  if (outcome === null) return stored;
  const values = Object.entries(outcome.values ?? {}).map(([name, value]) => [
    name,
    typeof value === 'string' ? isolate(language, value) : value,
  ]);
  return t(`outcome.${outcome.text}`, Object.fromEntries(values));
}

function parse(stored: string): RunOutcome | null {
  if (!stored.startsWith('{')) return null;
  const outcome: RunOutcome = JSON.parse(stored);
  return Object.hasOwn(CATALOGS.en.console.outcome, outcome.text) ? outcome : null;
}
