import type { z } from 'zod';

/** An environment variable with its documentation. */
export interface Variable<Value = unknown> {
  readonly doc: string;
  /** As written in the environment; null when there is none. */
  readonly default: string | null;
  readonly example: string;
  readonly schema: z.ZodType<Value, string | undefined>;
}

export const variable = <Value>(definition: Variable<Value>): Variable<Value> => definition;

/** Reports all invalid variables together, one sentence each. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'));
  }
}

type Values<Variables extends Record<string, Variable>> = {
  [Name in keyof Variables]: z.output<Variables[Name]['schema']>;
};

/** An empty value counts as not set: `REDIS_URL=` in a file means no Redis. */
export function readVariables<Variables extends Record<string, Variable>>(
  variables: Variables,
  source: Readonly<Record<string, string | undefined>>,
): Values<Variables> {
  const values: Record<string, unknown> = {};
  const errors: string[] = [];
  for (const [name, { schema, default: fallback, example }] of Object.entries(variables)) {
    const text = source[name]?.trim() || (fallback ?? undefined);
    const result = schema.safeParse(text);
    if (result.success) values[name] = result.data;
    // Without the value, which may be a secret.
    else errors.push(`${name} ${result.error.issues[0]?.message ?? 'is not valid'}. Example: ${name}=${example}`);
  }
  if (errors.length > 0) throw new ConfigurationError(errors);
  return values as Values<Variables>;
}
