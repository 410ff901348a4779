import { OperatorError } from '../../platform/errors/operator-error.js';
import type { TicketKeys } from './ticket-keys.js';

export const TICKETS_USAGE = `  npm run admin -- tickets list         lists the keys that sign tickets
  npm run admin -- tickets rotate       new tickets get a new key; tickets of the old one stay valid
  npm run admin -- tickets retire KEY   this key signs no more; its tickets stay valid
  npm run admin -- tickets revoke KEY   tickets of this key are no longer valid: their holders need new ones`;

/** Runs `tickets ACTION [KEY]` of the operator, and returns what to print. */
export async function runTicketCommand(keys: TicketKeys, args: readonly string[]): Promise<string> {
  const [action, id, ...rest] = args;
  const needsKey = action === 'retire' || action === 'revoke';
  if (rest.length > 0 || needsKey !== (id !== undefined)) throw usage();
  if (action === 'list') return listOf(keys);
  if (action === 'rotate') return `${(await keys.rotate()).id} signs tickets now. Doors learn of it within minutes.`;
  if (id === undefined) throw usage();
  if (action === 'retire') {
    if (!(await keys.retire(id))) throw new OperatorError(`There is no active key ${id}.`);
    return `${id} signs no more tickets. Those that it has signed stay valid.`;
  }
  if (!(await keys.revoke(id))) throw new OperatorError(`There is no key ${id}, or it is revoked already.`);
  return `Tickets of ${id} are no longer valid. Doors learn of it when they next reach the server; people find their new ticket on the page of the competition.`;
}

const usage = () => new OperatorError(`Usage:\n${TICKETS_USAGE}`);

async function listOf(keys: TicketKeys): Promise<string> {
  const lines = (await keys.list()).map(({ id, state, createdAt }) => `${id}  ${state.padEnd(7)}  since ${createdAt}`);
  return lines.length === 0 ? 'There is no key yet. The first ticket creates one.' : lines.join('\n');
}
