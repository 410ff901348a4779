import { acceptInOrder, effectOf } from '@mini-compete/shared/application-rules';
import type { Application, Decision, Room } from '@mini-compete/shared/applications';
import { ArrowLeft, Check, ChevronDown, ChevronUp, Hourglass, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useFormats, useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { NativeButton } from '@/components/ui/native';
import type { ApiError } from '@/lib/api/problem';
import { ApplicationAnswers } from './application-answers';
import { ApplicationStatus } from './application-status';
import { ApplicationTeam } from './application-team';
import type { InboxCompetition } from './inbox-competition';
import { ReinstateButton } from './reinstate-button';
import { ReviewForm } from './review-form';
import { ReviewList } from './review-list';
import { seatsNeeded } from './use-decide';

type Props = {
  competition: InboxCompetition;
  readerId: string;
  application: Application;
  room: Room;
  /** Null for one that is no longer in the list. */
  position: { n: number; total: number } | null;
  note: string | undefined;
  typeNote: (note: string) => void;
  review: (score: number, note: string | null) => Promise<unknown>;
  busy: boolean;
  failure: ApiError | null;
  decide: (decision: Decision) => void;
  move: (step: 1 | -1) => void;
  close: () => void;
  /** It has just taken the place of the list. */
  isFocused: boolean;
};

export const HEADING_ID = 'application-name';
/** From Tailwind's `lg` on. There the focus remains where the reader has put it. */
const BESIDE_THE_LIST = '(min-width: 64rem)';

/** One application: what the person says, what the staff thinks, and the decision. */
export function ApplicationDetail(props: Props) {
  const { competition, readerId, application, position, move, close, isFocused } = props;
  const t = useTexts('applications');
  const common = useTexts('common');
  const article = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isFocused || window.matchMedia(BESIDE_THE_LIST).matches) return;
    // The filters above fill a phone. Focusing alone scrolls no further than until the name is in sight, at the bottom.
    article.current?.scrollIntoView({ behavior: 'instant' });
    heading.current?.focus({ preventScroll: true });
  }, [isFocused]);
  const { name, status, endReason } = application;
  return (
    <article ref={article} aria-labelledby={HEADING_ID} className="lg:sticky lg:top-6">
      <div className="flex items-center justify-between gap-4">
        <Button
          size="sm"
          tone="ghost"
          className="lg:hidden"
          icon={<ArrowLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />}
          onClick={close}
        >
          {t('detail.back')}
        </Button>
        <div className="ms-auto flex items-center gap-1 text-sm text-muted">
          {position && <span className="tabular me-2">{t('detail.position', position)}</span>}
          <IconButton label={t('detail.previous')} onClick={() => move(-1)}>
            <ChevronUp aria-hidden="true" className="size-5" />
          </IconButton>
          <IconButton label={t('detail.next')} onClick={() => move(1)}>
            <ChevronDown aria-hidden="true" className="size-5" />
          </IconButton>
        </div>
      </div>
      <h2 id={HEADING_ID} ref={heading} tabIndex={-1} className="mt-2 text-xl">
        <bdi>{name || common('deletedAccount')}</bdi>
      </h2>
      <p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        <ApplicationStatus application={application} />
        <Times application={application} />
      </p>
      {position === null && <p className="mt-3 text-sm text-muted">{t('detail.gone')}</p>}
      {application.team && <ApplicationTeam team={application.team} />}
      {application.reason && <p className="mt-3 text-sm">{t('detail.reason', { reason: application.reason })}</p>}
      {status === 'APPLIED' && !competition.isCanceled && <DecisionButtons {...props} />}
      {endReason === 'REJECTED' && !competition.isCanceled && (
        <ReinstateButton competitionId={competition.id} application={application} />
      )}
      {competition.asksQuestions && (
        <ApplicationAnswers competitionId={competition.id} registrationId={application.registrationId} />
      )}
      {status === 'APPLIED' && <ReviewForm {...props} />}
      <ReviewList application={application} readerId={readerId} />
    </article>
  );
}

function IconButton({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <NativeButton
      aria-label={label}
      onClick={onClick}
      className="grid size-11 place-items-center rounded-md hover:bg-sunken hover:text-ink"
    >
      {children}
    </NativeButton>
  );
}

function Times({ application: { appliedAt, decidedAt, endedAt, heldUntil, status } }: { application: Application }) {
  const t = useTexts('applications');
  const { instant } = useFormats();
  const times = [
    t('detail.applied', { when: instant(appliedAt, 'short') }),
    ...(decidedAt ? [t('detail.decided', { when: instant(decidedAt, 'short') })] : []),
    ...(endedAt && endedAt !== decidedAt ? [t('detail.ended', { when: instant(endedAt, 'short') })] : []),
    ...(status === 'HELD' && heldUntil ? [t('detail.confirmBy', { when: instant(heldUntil, 'short') })] : []),
  ];
  return times.map((text) => (
    <span key={text} className="tabular text-muted" suppressHydrationWarning>
      {text}
    </span>
  ));
}

/** With what accepting would do now, before it is done. */
function DecisionButtons({ competition, application, room, decide }: Props) {
  const t = useTexts('applications');
  const { seats, holds, places } = effectOf(acceptInOrder(seatsNeeded([application]), room));
  const who = application.team ? 'TEAMS' : 'PEOPLE';
  const effect = seats
    ? t('decide.seat', { who })
    : holds
      ? t('decide.hold', { hours: competition.confirmWithinHours ?? 0, who })
      : places
        ? t('decide.place', { who })
        : t('decide.full', { who });
  return (
    <section aria-label={t('decide.title')} className="mt-5 border-y border-line py-4">
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          tone="primary"
          aria-keyshortcuts="A"
          aria-describedby="accept-effect"
          icon={<Check aria-hidden="true" className="size-4" />}
          onClick={() => decide('ACCEPT')}
        >
          {t('decide.accept')}
        </Button>
        {/* Who fits gets the seats and no place. */}
        {room.waitlist && seats + holds === 0 && (
          <Button
            size="sm"
            aria-keyshortcuts="W"
            icon={<Hourglass aria-hidden="true" className="size-4" />}
            onClick={() => decide('WAITLIST')}
          >
            {t('decide.waitlist')}
          </Button>
        )}
        <Button
          size="sm"
          tone="caution"
          aria-keyshortcuts="R"
          icon={<X aria-hidden="true" className="size-4" />}
          onClick={() => decide('REJECT')}
        >
          {t('decide.reject')}
        </Button>
      </div>
      <p id="accept-effect" className="mt-2 text-sm text-muted">
        {effect}
      </p>
    </section>
  );
}
