import type { z } from 'zod';

/** One variable of the environment: what it means, what it is when left out, how it looks, what is accepted. */
export interface Variable<Value = unknown> {
  readonly doc: string;
  /** As it would be written; null when there is none. */
  readonly default: string | null;
  readonly example: string;
  readonly schema: z.ZodType<Value, string | undefined>;
}

export const variable = <Value>(definition: Variable<Value>): Variable<Value> => definition;

/** Every wrong variable at once, each in a sentence: nobody likes to be told one at a time. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'));
  }
}

type Values<Variables extends Record<string, Variable>> = {
  [Name in keyof Variables]: z.output<Variables[Name]['schema']>;
};

/** Empty counts as left out: `REDIS_URL=` in a file means "none". */
export function readVariables<Variables extends Record<string, Variable>>(
  variables: Variables,
  source: Readonly<Record<string, string | undefined>>,
): Values<Variables> {
  const values: Record<string, unknown> = {};
  const wrong: string[] = [];
  for (const [name, { schema, default: fallback, example }] of Object.entries(variables)) {
    const given = source[name]?.trim() || (fallback ?? undefined);
    const result = schema.safeParse(given);
    if (result.success) values[name] = result.data;
    // What was given is not repeated: it may be a secret.
    else wrong.push(`${name} ${result.error.issues[0]?.message ?? 'is not valid'}. Example: ${name}=${example}`);
  }
  if (wrong.length > 0) throw new ConfigurationError(wrong);
  return values as Values<Variables>;
}
