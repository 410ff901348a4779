import type { FastifyReply } from 'fastify';

// Hot paths respond with JSON text that PostgreSQL has encoded: parsing it and encoding it again would cost more than
// the rest of the request. Everything called `text` here is encoded JSON.

/** Sends JSON text byte for byte. */
export function sendJson(reply: FastifyReply, status: number, text: string): void {
  reply.code(status).header('content-type', 'application/json; charset=utf-8').send(text);
}

/** The text of an object, from the texts of its members. */
export function objectText(members: Readonly<Record<string, string>>): string {
  return `{${Object.entries(members)
    .map(([name, text]) => `${JSON.stringify(name)}:${text}`)
    .join()}}`;
}

export const arrayText = (items: readonly string[]): string => `[${items.join()}]`;

/** The text of the same object with one more member at the end. */
export function withMember(object: string, name: string, text: string): string {
  if (!object.startsWith('{') || !object.endsWith('}')) throw new Error('Only an object can get another member.');
  const members = object.slice(1, -1);
  return `{${members}${members.trim() && ','}${JSON.stringify(name)}:${text}}`;
}
