import type { RequestListener } from 'node:http';
import { networkInterfaces } from 'node:os';
import { type Listening, type ListenOptions, reverseProxy, serve, tcpForwarder } from './proxy.js';

/** A name that browsers do not trust by itself, unlike `localhost`. */
const HOST = 'compete.test';
const OTHER_SITE = 'elsewhere.test';

const ownLanAddress = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
/** On a machine without a network the browser is told that this address is here. */
const LAN_ADDRESS = ownLanAddress ?? '192.168.77.7';
const LISTEN_ON = ownLanAddress ?? '127.0.0.1';

export const RESOLVER_RULES = `MAP *.test 127.0.0.1${ownLanAddress ? '' : `, MAP ${LAN_ADDRESS} 127.0.0.1`}`;

/** How browsers reach the product. */
interface Place {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  /** What stands before the product there; without it, browsers come to its own port. */
  readonly before?: (product: string) => Promise<Listening>;
  /** Where others on this host would listen. */
  readonly listen?: ListenOptions;
}

export const PLACES = {
  'at its own address': { scheme: 'http', host: 'localhost' },
  'behind one more proxy': { scheme: 'http', host: 'localhost', before: (product) => reverseProxy(product) },
  'on another host name': { scheme: 'http', host: HOST },
  'on a LAN address over http': {
    scheme: 'http',
    host: LAN_ADDRESS,
    before: (product) => tcpForwarder(product, LISTEN_ON),
    listen: { address: LISTEN_ON },
  },
  'over https': {
    scheme: 'https',
    host: HOST,
    before: (product) => reverseProxy(product, { tls: HOST }),
    listen: { tls: HOST },
  },
} as const satisfies Record<string, Place>;

export type PlaceName = keyof typeof PLACES;

export interface OpenPlace {
  readonly origin: string;
  readonly isSecure: boolean;
  /** A page of somebody else: on the same host, where cookies go along, or on another site. */
  strangersPage(where: 'same host' | 'other site', html: string): Promise<string>;
  close(): Promise<void>;
}

export async function openPlace(name: PlaceName, webUrl: string): Promise<OpenPlace> {
  const { scheme, host, before, listen }: Place = PLACES[name];
  const { port } = new URL(webUrl);
  const front = await before?.(`http://127.0.0.1:${port}`);
  const open = front ? [front] : [];
  return {
    origin: `${scheme}://${host}:${front?.port ?? port}`,
    isSecure: scheme === 'https',
    async strangersPage(where, html) {
      const page: RequestListener = (_, response) => response.setHeader('content-type', 'text/html').end(html);
      const server = await serve(page, where === 'same host' ? listen : {});
      open.push(server);
      return where === 'same host' ? `${scheme}://${host}:${server.port}/` : `http://${OTHER_SITE}:${server.port}/`;
    },
    close: async () => {
      await Promise.all(open.map((server) => server.close()));
    },
  };
}
