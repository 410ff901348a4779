import { z } from 'zod';
import { get } from '../support/http-client.js';

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
  /** As JSON. */
  readonly body: Schema | undefined;
  /** Media types of bodies that are files. */
  readonly uploads: readonly string[];
  readonly responses: Readonly<Record<string, Response>>;
}

interface OperationObject extends Partial<Pick<Operation, 'parameters'>>, Pick<Operation, 'responses'> {
  readonly requestBody?: { readonly content?: Content };
}

/** The OpenAPI document that the running API serves. */
export class OpenApiDocument {
  private readonly validators = new Map<string, z.ZodType>();

  private constructor(
    private readonly components: { schemas: Record<string, Schema>; responses: Record<string, Response> },
    readonly operations: readonly Operation[],
  ) {}

  static async fetch(url: string): Promise<OpenApiDocument> {
    const { body } = await get(url, '/api/openapi.json');
    const operations: Operation[] = [];
    for (const [path, methods] of Object.entries<Record<string, OperationObject>>(body.paths))
      for (const [method, operation] of Object.entries(methods))
        operations.push({
          name: `${method.toUpperCase()} ${path}`,
          method: method.toUpperCase(),
          path,
          parameters: operation.parameters ?? [],
          body: operation.requestBody?.content?.['application/json']?.schema,
          uploads: Object.keys(operation.requestBody?.content ?? {}).filter((type) => type !== 'application/json'),
          responses: operation.responses,
        });
    return new OpenApiDocument(body.components, operations);
  }

  resolve(schema: Schema): Schema {
    return schema.$ref === undefined ? schema : (this.components.schemas[nameIn(schema.$ref)] as Schema);
  }

  /** How the response differs from the document, or null. */
  findDifference(operation: Operation, status: number, mediaType: string, text: string): string | null {
    const declared = operation.responses[status];
    if (declared === undefined) return `status ${status} is not documented`;
    const content = declared.$ref ? this.components.responses[nameIn(declared.$ref)]?.content : declared.content;
    if (content === undefined) return text === '' ? null : `${status} is documented without a body`;
    const schema = content[mediaType]?.schema;
    if (schema === undefined) return `${status} is not documented as "${mediaType}"`;
    if (!mediaType.endsWith('json')) return null;
    const parsed = this.validatorOf(`${operation.name} ${status}`, schema).safeParse(JSON.parse(text));
    return parsed.success ? null : `the body of ${status} is not as documented: ${z.prettifyError(parsed.error)}`;
  }

  private validatorOf(name: string, schema: Schema): z.ZodType {
    let validator = this.validators.get(name);
    if (validator === undefined) {
      const json = JSON.stringify({ ...schema, $defs: this.components.schemas });
      validator = z.fromJSONSchema(
        JSON.parse(json.replaceAll('#/components/schemas/', '#/$defs/'), withoutExtraMembers),
      );
      this.validators.set(name, validator);
    }
    return validator;
  }
}

/** An undocumented member may be a leak. Only problem details may have more members. */
function withoutExtraMembers(this: unknown, _key: string, value: unknown): unknown {
  const schema = value as Schema | null;
  if (typeof schema !== 'object' || schema?.type !== 'object' || schema.properties === undefined) return value;
  return 'requestId' in schema.properties ? value : { additionalProperties: false, ...schema };
}

const nameIn = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);
