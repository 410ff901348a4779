import { LoadProcess } from '../load/process.js';
import { postRequest } from '../load/requests.js';
import { type Figure, median } from '../report.js';
import type { Stage } from '../stage.js';

const AT_ONCE = 50;
const OTHERS_PER_SECOND = 200;
const PASSWORD = 'correct horse battery staple';

/** Hashing passwords is made to be slow: it must not make anything else so. */
export async function signingIn(stage: Stage): Promise<Figure[]> {
  const { options } = stage;
  const world = await stage.world('signing_in');
  const [competition] = await world.competitions(100, { capacity: 100 });
  const api = await stage.api(world);
  const emails = Array.from({ length: AT_ONCE }, (_, i) => `person-${i}@example.org`);
  await Promise.all(
    emails.map(async (email) => {
      const body = JSON.stringify({ name: 'Somebody', email, password: PASSWORD, role: 'PARTICIPANT' });
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${api.url}/api/auth/signup`, { method: 'POST', headers, body });
      if (answer.status !== 201) throw new Error(`Signing up: ${answer.status} ${await answer.text()}`);
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
      stage.loadOk('Signing in', { ...common, connections: AT_ONCE, what: { kind: 'raw', requests } }, signing),
      stage.load.load({
        ...common,
        connections: 64,
        rate: OTHERS_PER_SECOND,
        what: { kind: 'get', paths: ['/api/competitions', `/api/competitions/${competition}`] },
      }),
    ]);
    stage.note('signing in, per second', signedIn.perSecond);
    stage.note('others meanwhile, p99 ms', others.p99);
  }
  signing.stop();
  await api.stop();
  await world.close();
  return [
    {
      figure: `others' p99 while ${AT_ONCE} sign in`,
      reached: median(stage.of('others meanwhile, p99 ms')),
      unit: ' ms',
      goal: { atMost: 100 },
      from: `${median(stage.of('signing in, per second')).toFixed(0)} sign-ins/s beside ${OTHERS_PER_SECOND} reads/s`,
    },
  ];
}
