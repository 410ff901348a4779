import { fastify } from 'fastify';

process.on('message', async (bodies: Record<string, string>) => {
  const server = fastify();
  for (const [path, body] of Object.entries(bodies))
    server.get(path, (_request, reply) => {
      reply.header('content-type', 'application/json; charset=utf-8').send(body);
    });
  process.send?.(await server.listen({ port: 0, host: '127.0.0.1' }));
});
process.on('disconnect', () => process.exit());
