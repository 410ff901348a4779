import { z } from 'zod';
import { get } from '../client.js';

export interface Schema {
  readonly [keyword: string]: unknown;
  readonly type?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

interface Content {
  readonly [mediaType: string]: { readonly schema?: Schema };
}

interface Response {
  readonly $ref?: string;
  readonly content?: Content;
}

export interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema }[];
  readonly body: Schema | undefined;
  readonly responses: Readonly<Record<string, Response>>;
}

interface Described extends Partial<Pick<Operation, 'parameters'>>, Pick<Operation, 'responses'> {
  readonly requestBody?: { readonly content?: Content };
}

/** The OpenAPI document as the running API hands it out: what clients are promised. */
export class Document {
  private readonly checks = new Map<string, z.ZodType>();

  private constructor(
    private readonly components: { schemas: Record<string, Schema>; responses: Record<string, Response> },
    readonly operations: readonly Operation[],
  ) {}

  static async of(url: string): Promise<Document> {
    const { body } = await get(url, '/api/openapi.json');
    const operations: Operation[] = [];
    for (const [path, methods] of Object.entries<Record<string, Described>>(body.paths))
      for (const [method, operation] of Object.entries(methods))
        operations.push({
          name: `${method.toUpperCase()} ${path}`,
          method: method.toUpperCase(),
          path,
          parameters: operation.parameters ?? [],
          body: operation.requestBody?.content?.['application/json']?.schema,
          responses: operation.responses,
        });
    return new Document(body.components, operations);
  }

  resolve(schema: Schema): Schema {
    return schema.$ref === undefined ? schema : (this.components.schemas[nameIn(schema.$ref)] as Schema);
  }

  /** What is not as documented about this answer, or null. */
  trouble(operation: Operation, status: number, mediaType: string, text: string): string | null {
    const declared = operation.responses[status];
    if (declared === undefined) return `status ${status} is not documented`;
    const content = declared.$ref ? this.components.responses[nameIn(declared.$ref)]?.content : declared.content;
    if (content === undefined) return text === '' ? null : `${status} is documented without a body`;
    const schema = content[mediaType]?.schema;
    if (schema === undefined) return `${status} is not documented as "${mediaType}"`;
    if (!mediaType.endsWith('json')) return null;
    const parsed = this.checkOf(`${operation.name} ${status}`, schema).safeParse(JSON.parse(text));
    return parsed.success ? null : `the body of ${status} is not as documented: ${z.prettifyError(parsed.error)}`;
  }

  private checkOf(name: string, schema: Schema): z.ZodType {
    let check = this.checks.get(name);
    if (check === undefined) {
      const whole = JSON.stringify({ ...schema, $defs: this.components.schemas });
      check = z.fromJSONSchema(JSON.parse(whole.replaceAll('#/components/schemas/', '#/$defs/'), closed));
      this.checks.set(name, check);
    }
    return check;
  }
}

/** An answer with a member that nobody documented may be one with too much in it. Problems are open by their nature. */
function closed(this: unknown, _key: string, value: unknown): unknown {
  const schema = value as Schema | null;
  if (typeof schema !== 'object' || schema?.type !== 'object' || schema.properties === undefined) return value;
  return 'requestId' in schema.properties ? value : { additionalProperties: false, ...schema };
}

const nameIn = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);
