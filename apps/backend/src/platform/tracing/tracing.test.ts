import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { startApi } from '../../../test/support/api.js';
import { get } from '../../../test/support/http-client.js';
import { traceContextOf } from './trace-requests.js';

const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

it('exports a span per sampled request, in the trace of the caller', async () => {
  // biome-ignore lint/suspicious/noExplicitAny: the JSON of a collector
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
  'starts a new trace when the header is missing or invalid (%s)',
  (header) => {
    expect(traceContextOf(header)).toMatchObject({ traceId: expect.stringMatching(/^[0-9a-f]{32}$/), sampled: true });
    expect(traceContextOf(header).parentSpanId).toBeUndefined();
  },
);

it('serves requests while the collector is unreachable', async () => {
  const api = await startApi({ otelEndpoint: 'http://127.0.0.1:1' });
  expect((await get(api.url, '/health/live')).status).toBe(200);
  await api.close();
});
