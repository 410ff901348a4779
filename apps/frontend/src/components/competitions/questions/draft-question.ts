import type { InvalidatingChange } from '@mini-compete/shared/question-changes';
import { invalidatingChange } from '@mini-compete/shared/question-changes';
import type { Question } from '@mini-compete/shared/questions';
import type { AnsweredBy } from '@mini-compete/shared/team-rules';

/** A question as it is edited: numbers as typed, options one per line. */
export type DraftQuestion = {
  readonly id: string;
  readonly kind: Question['kind'];
  readonly label: string;
  readonly help: string;
  readonly required: boolean;
  readonly options: string;
  readonly min: string;
  readonly max: string;
  /** Of a competition for teams. */
  readonly answeredBy: AnsweredBy;
};

export const hasOptions = ({ kind }: Pick<Question, 'kind'>) => kind === 'CHOICE' || kind === 'CHOICES';
export const hasBounds = ({ kind }: Pick<Question, 'kind'>) =>
  kind !== 'CHOICE' && kind !== 'YES_NO' && kind !== 'URL' && kind !== 'CONSENT';

export const newQuestion = (): DraftQuestion => ({
  id: crypto.randomUUID().slice(0, 8),
  kind: 'SHORT_TEXT',
  label: '',
  help: '',
  required: false,
  options: '',
  min: '',
  max: '',
  answeredBy: 'TEAM',
});

export const toDraft = ({
  id,
  kind,
  label,
  help,
  required,
  options,
  min,
  max,
  answeredBy,
}: Question): DraftQuestion => ({
  id,
  kind,
  label,
  help: help ?? '',
  required,
  options: options?.join('\n') ?? '',
  min: String(min ?? ''),
  max: String(max ?? ''),
  answeredBy: answeredBy ?? 'TEAM',
});

/** What the kind does not have is left out: it stays in the draft, should the kind be changed back. */
export function toQuestion(draft: DraftQuestion): Question {
  const { id, kind, label, help, required, answeredBy } = draft;
  const [min, max] = hasBounds(draft) ? [boundOf(kind, draft.min), boundOf(kind, draft.max)] : [];
  return {
    id,
    kind,
    label: label.trim(),
    ...(help.trim() && { help: help.trim() }),
    required,
    ...(answeredBy === 'MEMBER' && { answeredBy }),
    ...(hasOptions(draft) && { options: optionsOf(draft.options) }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  };
}

const optionsOf = (lines: string): string[] =>
  lines
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

function boundOf(kind: Question['kind'], text: string): string | number | undefined {
  if (text.trim() === '') return undefined;
  return kind === 'DATE' ? text : Number(text.trim().replace(',', '.'));
}

export type Effect = {
  readonly id: string;
  readonly label: string;
  readonly what: InvalidatingChange | 'deleted' | 'reworded';
};

/** What saving does to answers that were given before. */
export function effectsOf(before: readonly Question[], after: readonly Question[]): Effect[] {
  const old = new Map(before.map((question) => [question.id, question]));
  const kept = new Set(after.map(({ id }) => id));
  const changed = after.flatMap((question): Effect[] => {
    const previous = old.get(question.id);
    const what = invalidatingChange(previous, question) ?? (isReworded(previous, question) ? 'reworded' : null);
    return what === null ? [] : [{ id: question.id, label: question.label, what }];
  });
  const deleted = before
    .filter(({ id }) => !kept.has(id))
    .map(({ id, label }) => ({ id, label, what: 'deleted' as const }));
  return [...changed, ...deleted];
}

const isReworded = (before: Question | undefined, after: Question): boolean =>
  before !== undefined && before.label !== after.label;

/** Everybody who fills in the form has to look at it again. */
export const asksAgain = (effects: readonly Effect[]): boolean =>
  effects.some(({ what }) => what !== 'deleted' && what !== 'reworded');
