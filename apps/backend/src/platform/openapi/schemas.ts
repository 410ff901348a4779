import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

/** Converts Zod schemas to JSON Schema. A schema with an id becomes a component. */
export class Schemas {
  readonly components: Record<string, JsonSchema> = {};
  readonly responses: Record<string, JsonSchema> = {};

  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const {
      $schema,
      $defs = {},
      ...root
    } = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      override: ({ jsonSchema }) => simplify(jsonSchema as JsonSchema, io),
    }) as JsonSchema & { $defs?: Record<string, JsonSchema> };
    for (const [name, definition] of Object.entries($defs)) this.add(name, toComponents(definition));
    return toComponents(root);
  }

  /** Many routes have the same error responses, so these are components too. */
  response(name: string, response: JsonSchema): JsonSchema {
    this.responses[name] ??= response;
    return { $ref: `#/components/responses/${name}` };
  }

  private add(name: string, definition: JsonSchema): void {
    const { id, ...named } = definition;
    const known = this.components[name];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(named))
      throw new Error(`Two different schemas have the id ${name}.`);
    this.components[name] = named;
  }
}

/** Moves references from `$defs`, where Zod puts named schemas, to the components of OpenAPI. */
const toComponents = (schema: JsonSchema): JsonSchema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));

/** Drops long patterns of known formats, bounds of all integers, and the promise that responses get no new members. */
function simplify(schema: JsonSchema, io: 'input' | 'output'): void {
  if (schema.format === 'uuid' || schema.format === 'date-time' || schema.format === 'email') delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (io === 'output' && schema.additionalProperties === false) delete schema.additionalProperties;
}
