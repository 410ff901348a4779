import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { SeatsEvent } from '@mini-compete/shared/seats';

export interface Seen extends SeatsEvent {
  readonly id: number;
}

/** Somebody who watches a competition's seats, as a browser does. */
export interface Onlooker {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** All events so far, oldest first. */
  readonly events: readonly Seen[];
  /** Everything so far as it came. */
  text(): string;
  readonly ended: boolean;
  close(): void;
}

export interface WatchOptions {
  headers?: Record<string, string>;
  method?: 'GET' | 'HEAD';
}

/** Answers with the first bytes of the answer; every onlooker has a connection of its own. */
export function watch(url: string, competition: { id: string }, options: WatchOptions = {}): Promise<Onlooker> {
  return new Promise((resolve, reject) => {
    const asking: ClientRequest = request(
      new URL(`/api/competitions/${competition.id}/events`, url),
      { agent: false, method: options.method ?? 'GET', headers: { accept: 'text/event-stream', ...options.headers } },
      (response) => resolve(listen(response, asking)),
    );
    asking.on('error', reject).end();
  });
}

function listen(response: IncomingMessage, asking: ClientRequest): Onlooker {
  let text = '';
  let read = 0;
  const events: Seen[] = [];
  const onlooker = {
    status: response.statusCode ?? 0,
    headers: response.headers,
    events,
    text: () => text,
    ended: false,
    close: () => asking.destroy(),
  };
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    text += chunk;
    for (let end = text.indexOf('\n\n', read); end >= 0; end = text.indexOf('\n\n', read)) {
      const event = eventOf(text.slice(read, end));
      if (event !== null) events.push(event);
      read = end + 2;
    }
  });
  response
    .on('error', () => {})
    .on('close', () => {
      onlooker.ended = true;
    });
  return onlooker;
}

function eventOf(block: string): Seen | null {
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  if (fields.get('event') !== 'seats') return null;
  return { id: Number(fields.get('id')), ...JSON.parse(fields.get('data') ?? '') };
}
