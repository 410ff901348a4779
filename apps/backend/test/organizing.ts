import { type Answer, type CallOptions, patch, post } from './client.js';
import { testPool } from './database.js';
import { type CompetitionRow, type Person } from './factories.js';

type Competition = Pick<CompetitionRow, 'id'>;

/** What an organizer does with a competition while others are at it too, on the API at `url`. */
export function organizerOf(url: string) {
  const edit = async (by: Person, competition: Competition, body: object, version?: number): Promise<Answer> =>
    patch(url, `/api/competitions/${competition.id}`, {
      token: by.token,
      body,
      headers: { 'if-match': `"${version ?? (await versionAndCapacity(competition)).version}"` },
    });

  /** Whatever others do meanwhile: as a program would that does not give up. */
  async function changeCapacity(by: Person, competition: Competition, difference: number): Promise<void> {
    for (;;) {
      const { version, capacity } = await versionAndCapacity(competition);
      const answer = await edit(by, competition, { capacity: capacity + difference }, version);
      if (answer.status === 200) return;
      if (answer.body.code !== 'VERSION_STALE') throw new Error(answer.text);
    }
  }

  const cancel = (by: Person, competition: Competition, options: CallOptions = {}): Promise<Answer> =>
    post(url, `/api/competitions/${competition.id}/cancel`, { token: by.token, ...options });

  return { edit, changeCapacity, cancel };
}

async function versionAndCapacity({ id }: Competition): Promise<{ version: number; capacity: number }> {
  const { rows } = await testPool().query('SELECT version, capacity FROM competitions WHERE id = $1', [id]);
  return rows[0];
}
