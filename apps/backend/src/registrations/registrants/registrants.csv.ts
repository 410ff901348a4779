import { type AnswerValue, isAnsweredBy } from '@mini-compete/shared/answers';
import type { Question } from '@mini-compete/shared/questions';
import type { Registrant } from '@mini-compete/shared/registrations';
import { csvHeadOf, csvRowOf } from '../../platform/csv/csv-writer.js';

type Team = NonNullable<Registrant['team']>;
type CheckIn = Registrant['checkIn'];
type Answers = Registrant['answers'];

/** With what the members of a team have answered, in a file with a row for each. */
export type ExportedRegistrant = Omit<Registrant, 'team'> & {
  readonly team?: Omit<Team, 'members'> & {
    readonly members: readonly (Team['members'][number] & { readonly answers?: Answers })[];
  };
};

/** One row of the file: a person, a team, or a member of a team. */
interface Row {
  readonly registrant: ExportedRegistrant;
  readonly name: string;
  readonly email: string;
  readonly isCaptain: boolean;
  readonly checkIn: CheckIn;
  readonly answers: ReadonlyMap<string, AnswerValue>;
}

type CsvColumn = readonly [heading: string, of: (row: Row) => string | number | null];

export interface CsvFormat {
  readonly columns: readonly CsvColumn[];
  readonly perPerson: boolean;
  /** Of a file with a row for each member: only those who have come in, or have not. */
  readonly checkedIn: boolean | undefined;
}

const PERSON_COLUMNS: readonly CsvColumn[] = [
  ['Name', ({ name }) => name],
  ['E-mail', ({ email }) => email],
];
const MEMBER_COLUMNS: readonly CsvColumn[] = [
  ['Team', ({ registrant: { team } }) => team?.name ?? null],
  ['Captain', ({ registrant: { team }, isCaptain }) => (team === undefined ? null : isCaptain ? 'Yes' : 'No')],
];
const TEAM_COLUMNS: readonly CsvColumn[] = [
  ['Members', ({ registrant: { team } }) => team?.members.map(({ name }) => name).join('; ') ?? null],
];
const CHECK_IN_COLUMNS: readonly CsvColumn[] = [
  ['Checked in (UTC)', ({ checkIn }) => checkIn?.at ?? null],
  ['Door', ({ checkIn }) => checkIn?.door ?? null],
];
const TEAM_CHECK_IN_COLUMNS: readonly CsvColumn[] = [
  [
    'Members checked in',
    ({ registrant: { team, checkIn } }) => (team ? team.members.filter(cameIn).length : checkIn ? 1 : 0),
  ],
];
const COLUMNS: readonly CsvColumn[] = [
  ['Status', ({ registrant: { status } }) => status],
  ['Position', ({ registrant: { position } }) => position],
  ['Registered (UTC)', ({ registrant: { registeredAt } }) => registeredAt],
  ['Promoted (UTC)', ({ registrant: { promotedAt } }) => promotedAt],
  ['Confirm by (UTC)', ({ registrant: { status, heldUntil } }) => (status === 'HELD' ? (heldUntil ?? null) : null)],
  ['Ended (UTC)', ({ registrant: { endedAt } }) => endedAt],
  ['Why ended', ({ registrant: { endReason } }) => endReason],
  ['Reason given', ({ registrant: { removalReason } }) => removalReason],
  ['Registration', ({ registrant: { registrationId } }) => registrationId],
];

interface CsvOptions extends Pick<CsvFormat, 'perPerson' | 'checkedIn'> {
  readonly ofTeams: boolean;
  readonly withCheckIns: boolean;
}

/** With a column for each question that somebody answers for the row. */
export function csvFormat(
  questions: readonly Question[],
  { ofTeams, perPerson, withCheckIns, checkedIn }: CsvOptions,
): CsvFormat {
  const answered = ofTeams && !perPerson ? questions.filter((question) => isAnsweredBy(question, 'TEAM')) : questions;
  const columns = [
    ...PERSON_COLUMNS,
    ...(perPerson ? MEMBER_COLUMNS : ofTeams ? TEAM_COLUMNS : []),
    ...COLUMNS,
    ...(!withCheckIns ? [] : ofTeams && !perPerson ? TEAM_CHECK_IN_COLUMNS : CHECK_IN_COLUMNS),
    ...answered.map(({ id, label }): CsvColumn => [label, ({ answers }) => answerText(answers.get(id))]),
  ];
  return { columns, perPerson, checkedIn };
}

const cameIn = ({ checkIn }: { readonly checkIn?: CheckIn }): boolean => checkIn !== undefined && checkIn !== null;

const answersOf = (...parts: readonly Answers[]): Row['answers'] =>
  new Map(parts.flatMap((answers) => Object.entries(answers ?? {})));

function rowsOf(registrant: ExportedRegistrant, { perPerson, checkedIn }: CsvFormat): Row[] {
  const { name, email, team, checkIn, answers } = registrant;
  if (team === undefined || !perPerson)
    return [{ registrant, name, email, isCaptain: false, checkIn, answers: answersOf(answers) }];
  const members = team.members.filter((member) => checkedIn === undefined || cameIn(member) === checkedIn);
  return members.map((member) => ({
    registrant,
    name: member.name,
    email: member.email,
    isCaptain: member.userId === team.captainId,
    checkIn: member.checkIn,
    answers: answersOf(answers, member.answers),
  }));
}

function answerText(answer: AnswerValue | undefined): string | number | null {
  if (answer === undefined) return null;
  if (typeof answer === 'boolean') return answer ? 'Yes' : 'No';
  return typeof answer === 'object' ? answer.join('; ') : answer;
}

export const csvHead = (columns: readonly CsvColumn[]): string => csvHeadOf(columns.map(([heading]) => heading));

export const csvRows = (format: CsvFormat, registrant: ExportedRegistrant): string =>
  rowsOf(registrant, format)
    .map((row) => csvRowOf(format.columns.map(([, of]) => of(row))))
    .join('');

/** Whether the `Accept` header prefers CSV to JSON. Wildcards mean JSON. */
export function prefersCsv(accept: string | undefined): boolean {
  const qualities = new Map(
    (accept ?? '').split(',').map((range) => {
      const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return [type, q === undefined ? 1 : Number(q) || 0] as const;
    }),
  );
  const quality = (type: string) =>
    qualities.get(type) ?? qualities.get(`${type.split('/')[0]}/*`) ?? qualities.get('*/*') ?? 0;
  return (qualities.get('text/csv') ?? 0) > 0 && quality('text/csv') >= quality('application/json');
}
