import type { FastifyReply } from 'fastify';

/** JSON that is text already goes out as it is: byte for byte, and without being serialized again. */
export function sendJson(reply: FastifyReply, status: number, text: string): void {
  reply.code(status).header('content-type', 'application/json; charset=utf-8').send(text);
}
