import type { Registrant } from '@mini-compete/shared/registrations';

/** Also a team that has answered nothing: its members may have. */
export const hasAnswers = ({ answers, team }: Registrant): boolean =>
  answers !== undefined && (answers !== null || team !== undefined);
