import type { HistoryChange, HistoryValue } from '@mini-compete/shared/history';
import { STAFF_ROLES } from '@mini-compete/shared/permissions';
import { SEAT_UNITS } from '@mini-compete/shared/team-rules';
import { VISIBILITIES } from '@mini-compete/shared/visibility';
import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormats, useTexts } from '#texts';
import { LocalTime } from '@/components/ui/local-time';

const EDITED = [
  'title',
  'tags',
  'capacity',
  'waitlist',
  'regOpensAt',
  'regDeadline',
  'startDate',
  'endDate',
  'admissionMode',
  'decisionsBy',
  'confirmWithinHours',
  'promoteUntil',
  'location',
  'description',
  'questions',
] as const;
const OTHERS = [
  'role',
  'visibility',
  'cover',
  'note',
  'name',
  'teamMin',
  'teamMax',
  'seatUnit',
  'teamsLockAt',
] as const;
const INSTANTS: readonly string[] = [
  'regOpensAt',
  'regDeadline',
  'startDate',
  'endDate',
  'decisionsBy',
  'promoteUntil',
  'teamsLockAt',
];

/** Each field with its value before and after. */
export function HistoryChanges({ changes }: { changes: readonly HistoryChange[] }) {
  const t = useTexts('history');
  if (changes.length === 0) return null;
  return (
    <ul aria-label={t('changes')} className="mt-1.5 flex flex-col gap-1 text-muted">
      {inOrder(changes).map(({ field, before, after }) => (
        <li key={field} className="flex flex-wrap items-baseline gap-x-2">
          <span>
            <FieldName field={field} />:
          </span>
          {before === null && after === null ? (
            t('changed')
          ) : field === 'role' && (before === null || after === null) ? (
            // Who comes has no role before, and who goes has none after.
            <ValueText field={field} value={after ?? before} />
          ) : (
            <>
              <Value field={field} value={before} label={t('before')} />
              <ArrowRight aria-hidden="true" className="size-3.5 shrink-0 self-center rtl:-scale-x-100" />
              <Value field={field} value={after} label={t('after')} className="text-ink" />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** As in the form; what it does not have comes last. */
const inOrder = (changes: readonly HistoryChange[]) => {
  const place = ({ field }: HistoryChange) => (EDITED as readonly string[]).indexOf(field) + 1 || EDITED.length + 1;
  return changes.toSorted((a, b) => place(a) - place(b));
};

/** The name of a field that this version does not know is shown as it is. */
function FieldName({ field }: { field: string }) {
  const t = useTexts('history');
  const editing = useTexts('editing');
  const edited = EDITED.find((name) => name === field);
  if (edited !== undefined) return editing(`fields.${edited}`);
  const other = OTHERS.find((name) => name === field);
  return other === undefined ? <bdi>{field}</bdi> : t(`field.${other}`);
}

type ValueProps = { field: string; value: HistoryValue; label: string; className?: string };

function Value({ field, value, label, className = '' }: ValueProps) {
  return (
    <span className={`min-w-0 wrap-break-word ${className}`}>
      <span className="sr-only">{label} </span>
      <ValueText field={field} value={value} />
    </span>
  );
}

function ValueText({ field, value }: Pick<ValueProps, 'field' | 'value'>): ReactNode {
  const t = useTexts('history');
  const editing = useTexts('editing');
  const common = useTexts('common');
  const { number, list } = useFormats();
  if (value === null || value === '') return t('empty');
  if (Array.isArray(value)) return value.length === 0 ? t('empty') : list(value);
  if (typeof value === 'number') return number(value);
  if (typeof value === 'boolean') return value ? t('on') : t('off');
  if (INSTANTS.includes(field)) return <LocalTime iso={value} />;
  const role = STAFF_ROLES.find((name) => field === 'role' && name === value);
  if (role !== undefined) return common(`staffRole.${role}`);
  if (field === 'admissionMode' && (value === 'FIRST_COME' || value === 'APPROVAL'))
    return editing(`admission.${value}`);
  const unit = SEAT_UNITS.find((name) => field === 'seatUnit' && name === value);
  if (unit !== undefined) return t(`seatUnit.${unit}`);
  const visibility = VISIBILITIES.find((name) => field === 'visibility' && name === value);
  return visibility === undefined ? <bdi>{value}</bdi> : common(`visibility.${visibility}`);
}
