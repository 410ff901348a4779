import { postRequest } from '../../../tools/src/testing/http-requests.js';
import { LoadProcess } from '../load/load-process.js';
import { type Figure, median } from '../report.js';
import type { Scenario } from '../scenario.js';

const CONCURRENT = 50;
const OTHERS_PER_SECOND = 200;
const PASSWORD = 'correct horse battery staple';

/** Password hashing is slow by design: it must not slow down other requests. */
export async function signingIn(scenario: Scenario): Promise<Figure[]> {
  const { options } = scenario;
  const fixtures = await scenario.fixtures('signing_in');
  const [competition] = await fixtures.competitions(100, { capacity: 100 });
  const api = await scenario.api(fixtures);
  const emails = Array.from({ length: CONCURRENT }, (_, i) => `person-${i}@example.org`);
  await Promise.all(
    emails.map(async (email) => {
      const body = JSON.stringify({ name: 'Somebody', email, password: PASSWORD, role: 'PARTICIPANT' });
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${api.url}/api/auth/signup`, { method: 'POST', headers, body });
      if (response.status !== 201) throw new Error(`Signing up: ${response.status} ${await response.text()}`);
    }),
  );
  const signing = new LoadProcess();
  for (let round = 0; round < options.rounds; round++) {
    console.log(`signing in, round ${round + 1} of ${options.rounds}`);
    const requests = emails.map((email) =>
      postRequest('/api/auth/login', JSON.stringify({ email, password: PASSWORD })),
    );
    const common = { url: api.url, forMs: options.forMs };
    const [signedIn, others] = await Promise.all([
      scenario.loadOk('Signing in', { ...common, connections: CONCURRENT, what: { kind: 'raw', requests } }, signing),
      scenario.load.load({
        ...common,
        connections: 64,
        rate: OTHERS_PER_SECOND,
        what: { kind: 'get', paths: ['/api/competitions', `/api/competitions/${competition}`] },
      }),
    ]);
    scenario.record('signing in, per second', signedIn.perSecond);
    scenario.record('others meanwhile, p99 ms', others.p99);
  }
  signing.stop();
  await api.stop();
  await fixtures.close();
  return [
    {
      figure: `others' p99 while ${CONCURRENT} sign in`,
      rounds: scenario.valuesOf('others meanwhile, p99 ms'),
      unit: ' ms',
      goal: { atMost: 100 },
      from: `${median(scenario.valuesOf('signing in, per second')).toFixed(0)} sign-ins/s beside ${OTHERS_PER_SECOND} reads/s`,
    },
  ];
}
