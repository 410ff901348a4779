import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { startApi } from '../../../test/app.js';
import { get } from '../../../test/client.js';
import { traceContextOf } from './trace-context.js';

const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

it('sends a span per request under the trace that the caller named', async () => {
  // biome-ignore lint/suspicious/noExplicitAny: what a collector gets
  const received: any[] = [];
  const collector = createServer(async (request, response) => {
    received.push({ path: request.url, body: await json(request) });
    response.end('{}');
  });
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
  const { port } = collector.address() as { port: number };
  const api = await startApi({ otelEndpoint: `http://127.0.0.1:${port}/` });
  await get(api.url, '/health/live', { headers: { traceparent: PARENT } });
  await get(api.url, '/health/live', { headers: { traceparent: PARENT.replace(/01$/, '00') } });
  await api.close();
  collector.close();
  expect(received).toHaveLength(1);
  expect(received[0].path).toBe('/v1/traces');
  const spans = received[0].body.resourceSpans[0].scopeSpans[0].spans;
  expect(spans).toMatchObject([
    {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      parentSpanId: 'b7ad6b7169203331',
      name: 'GET /health/live',
      kind: 2,
    },
  ]);
  expect(BigInt(spans[0].endTimeUnixNano) >= BigInt(spans[0].startTimeUnixNano)).toBe(true);
});

it.each([undefined, 'nonsense', PARENT.replace('0af7651916cd43dd8448eb211c80319c', '0'.repeat(32))])(
  'begins a trace of its own where the caller names none (%s)',
  (given) => {
    expect(traceContextOf(given)).toMatchObject({ traceId: expect.stringMatching(/^[0-9a-f]{32}$/), sampled: true });
    expect(traceContextOf(given).parentSpanId).toBeUndefined();
  },
);

it('works on when the collector is away', async () => {
  const api = await startApi({ otelEndpoint: 'http://127.0.0.1:1' });
  expect((await get(api.url, '/health/live')).status).toBe(200);
  await api.close();
});
