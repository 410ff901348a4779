import { freePort } from '../../tools/src/free-port.js';
import { FaultProxy } from '../../tools/src/testing/fault-proxy.js';
import type { ProductOptions, ProductProcess } from '../../tools/src/testing/product-process.js';
import { RedisServer } from '../../tools/src/testing/redis.js';
import { Environment } from './environment.js';

const APIS = 2;

/** A process that keeps its address when it is killed and started again. */
class Server {
  private constructor(
    readonly url: string,
    private readonly launch: (options: Partial<ProductOptions>) => Promise<ProductProcess>,
    private process: ProductProcess,
  ) {}

  static async start(launch: (options: Partial<ProductOptions>) => Promise<ProductProcess>): Promise<Server> {
    const port = await freePort();
    const launchAtPort = (options: Partial<ProductOptions>) => launch({ port, ...options });
    const process = await launchAtPort({});
    return new Server(process.url, launchAtPort, process);
  }

  get pid(): number | undefined {
    return this.process.child.pid;
  }

  signal(signal: NodeJS.Signals): void {
    this.process.signal(signal);
  }

  async start(): Promise<void> {
    this.process = await this.launch({});
  }

  async killAndRestart(options: Partial<ProductOptions> = {}): Promise<void> {
    await this.process.kill();
    this.process = await this.launch(options);
  }
}

/** Two APIs and a worker with the queue on Redis; a proxy between them and PostgreSQL. All of it can be broken. */
export class Installation {
  private constructor(
    readonly environment: Environment,
    readonly database: FaultProxy,
    readonly redis: RedisServer,
    readonly apis: readonly Server[],
    readonly worker: Server,
  ) {}

  static async open(): Promise<Installation> {
    const environment = await Environment.open();
    const database = await FaultProxy.open(environment.databaseUrl);
    const redis = await RedisServer.start();
    const common = { databaseUrl: database.url };
    const redisUrl = { REDIS_URL: redis.url };
    const startApi = (options: Partial<ProductOptions>) =>
      environment.api({ ...common, ...options, env: { ...redisUrl, ...options.env } });
    const apis = await Promise.all(Array.from({ length: APIS }, () => Server.start(startApi)));
    const worker = await Server.start((options) => environment.worker({ ...common, ...options, env: redisUrl }));
    return new Installation(environment, database, redis, apis, worker);
  }

  async close(): Promise<void> {
    await this.environment.close();
    await this.database.close();
    await this.redis.stop();
  }
}
