import { Redis } from 'ioredis';
import { RedisServer } from '../../../../tools/src/testing/redis.js';

export interface TestRedis extends RedisServer {
  /** On a new connection, which also works after the server was restarted. */
  command(...command: [string, ...string[]]): Promise<unknown>;
}

export async function startRedis(...options: string[]): Promise<TestRedis> {
  const server = await RedisServer.start(...options);
  const command: TestRedis['command'] = async (name, ...args) => {
    const client = new Redis(server.url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    client.on('error', () => {});
    try {
      await client.connect();
      return await client.call(name, ...args);
    } finally {
      client.disconnect();
    }
  };
  return Object.assign(server, { command });
}
