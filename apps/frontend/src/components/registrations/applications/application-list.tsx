import type { Application } from '@mini-compete/shared/applications';
import { clsx } from 'clsx';
import { useFormats, useTexts } from '#texts';
import { Checkbox } from '@/components/ui/input';
import { LocalTime } from '@/components/ui/local-time';
import { NativeButton } from '@/components/ui/native';
import { ApplicationStatus } from './application-status';

type Props = {
  items: readonly Application[];
  current: Application | null | undefined;
  selected: ReadonlySet<string>;
  toggle: (ids: readonly string[], isSelected: boolean) => void;
  open: (application: Application) => void;
};

export const rowId = (registrationId: string): string => `application-${registrationId}`;

/** One line per person. Only the current one is a stop of the Tab key: fifty of them would be a long way. */
export function ApplicationList({ items, current, selected, toggle, open }: Props) {
  const t = useTexts('applications');
  const undecided = items.filter(({ status }) => status === 'APPLIED').map(({ registrationId }) => registrationId);
  const count = undecided.filter((id) => selected.has(id)).length;
  const isIn = items.some(({ registrationId }) => registrationId === current?.registrationId);
  return (
    <>
      {undecided.length > 1 && (
        <label
          htmlFor="select-applications"
          className="flex min-h-11 w-fit cursor-pointer items-center gap-3 ps-3 text-sm text-muted"
        >
          <Checkbox
            id="select-applications"
            ref={(element: HTMLInputElement | null) => {
              if (element) element.indeterminate = count > 0 && count < undecided.length;
            }}
            checked={count === undecided.length}
            onChange={(event) => toggle(undecided, event.target.checked)}
          />
          {t('selectPage')}
        </label>
      )}
      <ul aria-label={t('list')} className="border-t border-line-strong">
        {items.map((application, n) => (
          <Row
            key={application.registrationId}
            application={application}
            isCurrent={application.registrationId === current?.registrationId}
            isStop={isIn ? application.registrationId === current?.registrationId : n === 0}
            isSelected={selected.has(application.registrationId)}
            toggle={toggle}
            open={open}
          />
        ))}
      </ul>
    </>
  );
}

type RowProps = Pick<Props, 'toggle' | 'open'> & {
  application: Application;
  isCurrent: boolean;
  isStop: boolean;
  isSelected: boolean;
};

function Row({ application, isCurrent, isStop, isSelected, toggle, open }: RowProps) {
  const t = useTexts('applications');
  const common = useTexts('common');
  const { registrationId, name, status, appliedAt } = application;
  const shownName = name || common('deletedAccount');
  const tabIndex = isStop ? 0 : -1;
  return (
    <li
      className={clsx(
        'flex items-center border-b border-line border-s-2',
        isCurrent
          ? 'border-s-accent lg:bg-accent-soft forced-colors:border-s-[color:Highlight]'
          : 'border-s-transparent hover:bg-sunken forced-colors:border-s-[color:Canvas]',
      )}
    >
      {status === 'APPLIED' ? (
        <label htmlFor={`select-${registrationId}`} className="grid size-11 shrink-0 cursor-pointer place-items-center">
          <span className="sr-only">{t('select', { name: shownName })}</span>
          <Checkbox
            id={`select-${registrationId}`}
            tabIndex={tabIndex}
            checked={isSelected}
            onChange={(event) => toggle([registrationId], event.target.checked)}
          />
        </label>
      ) : (
        <span className="w-11 shrink-0" />
      )}
      <NativeButton
        id={rowId(registrationId)}
        tabIndex={tabIndex}
        aria-current={isCurrent || undefined}
        onClick={() => open(application)}
        className="min-w-0 flex-1 py-2 pe-3 text-start"
      >
        <span className="flex items-baseline justify-between gap-3">
          <bdi className="min-w-0 truncate font-semibold">{shownName}</bdi>
          <Score application={application} />
        </span>
        <span className="mt-0.5 flex items-baseline justify-between gap-3 text-xs text-muted">
          {status === 'APPLIED' ? (
            <ReviewState application={application} />
          ) : (
            <ApplicationStatus application={application} />
          )}
          <LocalTime iso={appliedAt} style="short" className="tabular shrink-0 whitespace-nowrap" />
        </span>
      </NativeButton>
    </li>
  );
}

function Score({ application: { reviews } }: { application: Application }) {
  const t = useTexts('applications');
  const { number } = useFormats();
  if (!reviews || reviews.mean === null) return null;
  return (
    <span className="tabular shrink-0 text-sm font-semibold">
      <span className="sr-only">{t('score', { mean: reviews.mean })}</span>
      <span aria-hidden="true">{number(reviews.mean)}</span>
    </span>
  );
}

function ReviewState({ application: { myReview } }: { application: Application }) {
  const t = useTexts('applications');
  return <span>{myReview ? t('yourScore', { score: myReview.score }) : t('notReviewed')}</span>;
}
