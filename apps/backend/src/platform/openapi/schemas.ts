import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

/** Turns Zod schemas into JSON Schema; what has a name of its own becomes a component, once. */
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

  /** Many routes refuse for the same reasons: told once. */
  response(name: string, response: JsonSchema): JsonSchema {
    this.responses[name] ??= response;
    return { $ref: `#/components/responses/${name}` };
  }

  private add(name: string, definition: JsonSchema): void {
    const { id, ...named } = definition;
    const known = this.components[name];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(named))
      throw new Error(`Two schemas are called ${name}: one name, one meaning.`);
    this.components[name] = named;
  }
}

/** Where Zod puts what has a name, and where OpenAPI does. */
const toComponents = (schema: JsonSchema): JsonSchema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));

/** A format says it all; the expression behind it fills half a page. Nobody promises that answers never grow. */
function simplify(schema: JsonSchema, io: 'input' | 'output'): void {
  if (schema.format === 'uuid' || schema.format === 'date-time' || schema.format === 'email') delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (io === 'output' && schema.additionalProperties === false) delete schema.additionalProperties;
}
