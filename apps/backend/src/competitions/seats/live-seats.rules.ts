import type { SeatsEvent } from '@mini-compete/shared/seats';
import { statusOf } from '../catalog/competitions.rules.js';
import type { CompetitionSnapshot } from './seat-reader.js';

/** What is told of a competition at a moment. */
export function seatsAt(facts: CompetitionSnapshot, now: Date): Omit<SeatsEvent, 'serverTime'> {
  return { seatsLeft: facts.seatsLeft, waiting: facts.waiting, status: statusOf(facts, now) };
}

/** When the status changes next by time alone, or null. */
export function nextChange({ cancelledAt, regOpensAt, regDeadline }: CompetitionSnapshot, now: Date): Date | null {
  if (cancelledAt !== null) return null;
  if (regOpensAt !== null && regOpensAt > now && regOpensAt < regDeadline) return regOpensAt;
  return regDeadline > now ? regDeadline : null;
}
