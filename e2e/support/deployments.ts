import type { RequestListener } from 'node:http';
import { networkInterfaces } from 'node:os';
import type { Listening } from '../../tools/src/testing/listen.js';
import { type ListenOptions, reverseProxy, serve, tcpForwarder } from './proxy.js';

/** Unlike `localhost`, browsers do not treat this host name as trustworthy. */
const HOST = 'compete.test';
const OTHER_SITE = 'elsewhere.test';

const ownLanAddress = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
/** On a machine without a network, the browser resolves this address to the loopback address. */
const LAN_ADDRESS = ownLanAddress ?? '192.168.77.7';
const LISTEN_ON = ownLanAddress ?? '127.0.0.1';

export const RESOLVER_RULES = `MAP *.test 127.0.0.1${ownLanAddress ? '' : `, MAP ${LAN_ADDRESS} 127.0.0.1`}`;

/** The network between browsers and the product. */
interface DeploymentOptions {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  /** Starts a proxy. Without one, browsers connect to the port of the product. */
  readonly startProxy?: (product: string) => Promise<Listening>;
  /** How another server on the same host listens. */
  readonly listen?: ListenOptions;
}

export const DEPLOYMENTS = {
  'at its own address': { scheme: 'http', host: 'localhost' },
  'behind a reverse proxy': { scheme: 'http', host: 'localhost', startProxy: (product) => reverseProxy(product) },
  'on another host name': { scheme: 'http', host: HOST },
  'on a LAN address over http': {
    scheme: 'http',
    host: LAN_ADDRESS,
    startProxy: (product) => tcpForwarder(product, LISTEN_ON),
    listen: { address: LISTEN_ON },
  },
  'over https': {
    scheme: 'https',
    host: HOST,
    startProxy: (product) => reverseProxy(product, { tls: HOST }),
    listen: { tls: HOST },
  },
} as const satisfies Record<string, DeploymentOptions>;

export type DeploymentName = keyof typeof DEPLOYMENTS;
export type AttackerSite = 'same host' | 'other site';

export interface Deployment {
  readonly origin: string;
  readonly isSecure: boolean;
  /** Serves a page of an attacker and returns its URL. On the same host, browsers send the cookies of the product. */
  serveAttackerPage(site: AttackerSite, html: string): Promise<string>;
  close(): Promise<void>;
}

export async function openDeployment(name: DeploymentName, webUrl: string): Promise<Deployment> {
  const { scheme, host, startProxy, listen }: DeploymentOptions = DEPLOYMENTS[name];
  const { port } = new URL(webUrl);
  const proxy = await startProxy?.(`http://127.0.0.1:${port}`);
  const servers = proxy ? [proxy] : [];
  return {
    origin: `${scheme}://${host}:${proxy?.port ?? port}`,
    isSecure: scheme === 'https',
    async serveAttackerPage(site, html) {
      const page: RequestListener = (_, response) => response.setHeader('content-type', 'text/html').end(html);
      const server = await serve(page, site === 'same host' ? listen : {});
      servers.push(server);
      return site === 'same host' ? `${scheme}://${host}:${server.port}/` : `http://${OTHER_SITE}:${server.port}/`;
    },
    async close() {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}
