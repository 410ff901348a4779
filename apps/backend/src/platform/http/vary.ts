import type { FastifyReply } from 'fastify';

/** Without it a cache would send a response to a reader who asked for another variant. */
export function addVary(reply: FastifyReply, header: string): void {
  const others = reply.getHeader('vary');
  reply.header('vary', others ? `${others}, ${header}` : header);
}
