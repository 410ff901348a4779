import { registerRequest } from '../../../tools/src/testing/http-requests.js';
import { type Figure, median } from '../report.js';
import { CONNECTIONS, PeoplePool, type Scenario } from '../scenario.js';

const CAPACITY = 100_000;
const MAX_PER_RUN = 25_000;
const QUESTIONS = Array.from({ length: 10 }, (_, n) =>
  n % 2 === 0
    ? { id: `text-${n}`, kind: 'SHORT_TEXT', label: `Question ${n}`, required: true }
    : { id: `choice-${n}`, kind: 'CHOICE', label: `Question ${n}`, required: true, options: ['yes', 'no', 'maybe'] },
);
const BODY = JSON.stringify({
  answers: Object.fromEntries(QUESTIONS.map(({ id, options }) => [id, options?.[1] ?? 'An answer of usual length'])),
  questionsVersion: 1,
});

/** Registering for a competition that asks ten questions, compared with one that asks none. */
export async function answers(scenario: Scenario): Promise<Figure[]> {
  const { options } = scenario;
  const fixtures = await scenario.fixtures('answers');
  const people = new PeoplePool(await fixtures.people(2 * MAX_PER_RUN));
  const api = await scenario.api(fixtures);
  const measure = async (name: string, body: string) => {
    const id = await fixtures.competition({ capacity: CAPACITY });
    if (body !== '{}') await fixtures.askQuestions(id, QUESTIONS);
    const run = crypto.randomUUID();
    const requests = people.take(MAX_PER_RUN).map((person, n) => registerRequest(id, person, `${run}-${n}`, body));
    const plan = {
      url: api.url,
      connections: CONNECTIONS,
      forMs: options.forMs,
      what: { kind: 'once', requests },
    } as const;
    const result = await scenario.load.load(plan);
    await scenario.ensureConsistent(fixtures, [id], result);
    scenario.record(name, result.perSecond);
  };
  const measurements = [() => measure('without answers', '{}'), () => measure('with ten answers', BODY)];
  for (let round = 0; round < options.rounds; round++) {
    console.log(`answers, round ${round + 1} of ${options.rounds}`);
    // The order alternates, so that neither always gets the caches or the checkpoint of the other one.
    for (let i = 0; i < measurements.length; i++) await measurements[(i + round) % measurements.length]?.();
  }
  await scenario.ensureAllInvariants(fixtures);
  await api.stop();
  await fixtures.close();
  const [withAnswers, without] = [scenario.valuesOf('with ten answers'), scenario.valuesOf('without answers')];
  return [
    {
      figure: 'registering with ten answers, against without',
      rounds: scenario.ratios('with ten answers', 'without answers'),
      unit: ' ×',
      goal: { atLeast: 0.85 },
      from: `${median(withAnswers).toFixed(0)}/s against ${median(without).toFixed(0)}/s`,
    },
  ];
}
