'use client';

import { DECISIONS_MAX } from '@mini-compete/shared/application-rules';
import type { Application, ApplicationPage, Decision } from '@mini-compete/shared/applications';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useToast } from '@/components/ui/toast';
import { reviewApplication } from '@/lib/api/applications';
import { call } from '@/lib/api/client';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { ApplicationDetail, HEADING_ID } from './application-detail';
import { ApplicationList, rowId } from './application-list';
import { BestDialog } from './best-dialog';
import { DecideDialog } from './decide-dialog';
import { type InboxCompetition, NOTE_ID } from './inbox-competition';
import { OutcomeProblems } from './outcome-problems';
import { RejectionUndo } from './rejection-undo';
import { SelectionActions } from './selection-actions';
import { ShortcutHelp } from './shortcut-help';
import { shortcutOf } from './shortcuts';
import type { Outcome } from './use-decide';
import { useOutcomeText } from './use-outcome-text';

type Props = { competition: InboxCompetition; readerId: string; page: ApplicationPage; empty: ReactNode };

type Deciding = { decision: Decision; applications: readonly Application[] };

const isUndecided = ({ status }: Application) => status === 'APPLIED';

/** The dialog returns the focus to what opened it, which disappears with the decided application. */
const focusAfterDialog = (id: string) => setTimeout(() => setTimeout(() => document.getElementById(id)?.focus()));

/** The list of applications with one of them beside it, or on a small screen in its place. */
export function Inbox({ competition, readerId, page, empty }: Props) {
  const router = useRouter();
  const toast = useToast();
  const outcomeText = useOutcomeText(competition.who);
  const container = useRef<HTMLDivElement>(null);
  const [known, setKnown] = useState(page);
  /** Applications that have changed since the page was read. */
  const [changed, setChanged] = useState<ReadonlyMap<string, Application>>(new Map());
  const [current, setCurrent] = useState<Application | null>(page.items[0] ?? null);
  const [isOpen, setOpen] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  /** What was typed and not saved, by application: moving on must not lose it. */
  const [notes, setNotes] = useState<ReadonlyMap<string, string>>(new Map());
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  const [isChoosingBest, setChoosingBest] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const { busy, failure, run } = useSubmit();
  const sentReview = useRef({ body: '', key: '' });

  if (page !== known) {
    setKnown(page);
    setChanged(new Map());
    const ids = new Set(page.items.filter(isUndecided).map(({ registrationId }) => registrationId));
    setSelected((before) => new Set([...before].filter((id) => ids.has(id))));
    // Somebody who is no longer in the list stays open: a note that is being written would be lost.
    setCurrent(
      (before) =>
        page.items.find((item) => item.registrationId === before?.registrationId) ?? before ?? page.items[0] ?? null,
    );
  }
  const items = page.items.map((item) => changed.get(item.registrationId) ?? item);
  const index = items.findIndex(({ registrationId }) => registrationId === current?.registrationId);
  const shown = items[index] ?? (current && (changed.get(current.registrationId) ?? current));

  const show = (application: Application | undefined, { focus = true } = {}) => {
    if (!application) return;
    setCurrent(application);
    if (focus) requestAnimationFrame(() => document.getElementById(rowId(application.registrationId))?.focus());
  };
  const move = (step: 1 | -1) => show(items[index === -1 ? 0 : index + step]);
  const toggle = (ids: readonly string[], isSelected: boolean) =>
    setSelected((before) => {
      const next = new Set(before);
      for (const id of ids)
        if (!isSelected) next.delete(id);
        else if (next.size < DECISIONS_MAX) next.add(id);
      return next;
    });
  const decide = (decision: Decision, applications: readonly Application[]) => {
    if (!competition.isCanceled && applications.length > 0) setDeciding({ decision, applications });
  };
  const review = (application: Application, score: number, note: string | null) =>
    run(async () => {
      const id = application.registrationId;
      const given = { score, note };
      const body = JSON.stringify([id, given]);
      if (sentReview.current.body !== body) sentReview.current = { body, key: newIdempotencyKey() };
      const reviewed = await reviewApplication(call, competition.id, id, given, sentReview.current.key);
      // Given once more after another one, it is another request.
      sentReview.current = { body: '', key: '' };
      setChanged((before) => new Map(before).set(id, reviewed));
      setNotes((before) => new Map([...before].filter(([noted]) => noted !== id)));
    });
  /** With the note as it was saved, unless it is being changed. */
  const score = (application: Application, value: number) =>
    review(application, value, notes.get(application.registrationId) ?? application.myReview?.note ?? null);

  const finish = (done: Outcome | null) => {
    const decided = new Set(done?.items.map(({ id }) => id));
    setDeciding(null);
    setChoosingBest(false);
    if (!done) return;
    setOutcome(done);
    toast(outcomeText(done));
    toggle([...decided], false);
    // To the next one that is still to be decided, so that a series goes on with the keyboard.
    const rest = (from: number, to?: number) =>
      items.slice(from, to).find((item) => isUndecided(item) && !decided.has(item.registrationId));
    if (shown && decided.has(shown.registrationId)) {
      const next = rest(index + 1) ?? rest(0, index);
      show(next, { focus: false });
      focusAfterDialog(next ? rowId(next.registrationId) : HEADING_ID);
    }
    router.refresh();
  };

  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const target = event.target as HTMLElement;
    // Events of dialogs arrive here as well, because React passes them on by component.
    if (!container.current?.contains(target) || target.matches('textarea, select, input:not([type="checkbox"])'))
      return;
    const shortcut = shortcutOf(event);
    if (shortcut === null || !shown) return;
    event.preventDefault();
    const isOpenForDecision = isUndecided(shown);
    if (typeof shortcut === 'object') {
      if (isOpenForDecision && !busy) void score(shown, shortcut.score);
      return;
    }
    const chosen = selected.size > 0 ? items.filter(({ registrationId }) => selected.has(registrationId)) : [shown];
    const undecided = chosen.filter(isUndecided);
    const ACTIONS = {
      next: () => move(1),
      previous: () => move(-1),
      note: () => document.getElementById(NOTE_ID)?.focus(),
      select: () => isOpenForDecision && toggle([shown.registrationId], !selected.has(shown.registrationId)),
      accept: () => decide('ACCEPT', undecided),
      waitlist: () => decide('WAITLIST', undecided),
      reject: () => decide('REJECT', undecided),
    };
    ACTIONS[shortcut]();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts for the buttons inside, while the focus is among them
    <div ref={container} onKeyDown={press} className="mt-4">
      {outcome && <OutcomeProblems outcome={outcome} close={() => setOutcome(null)} />}
      <SelectionActions
        selected={items.filter(({ registrationId }) => selected.has(registrationId))}
        clear={() => setSelected(new Set())}
        decide={decide}
        chooseBest={() => setChoosingBest(true)}
        hasUndecided={page.counts.undecided > 0 && !competition.isCanceled}
      />
      {items.length === 0 && !shown ? (
        <div className="mt-6">{empty}</div>
      ) : (
        <div className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-x-10 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
          <div className={isOpen ? 'max-lg:hidden' : ''}>
            {items.length === 0 ? (
              empty
            ) : (
              <ApplicationList
                items={items}
                current={shown}
                selected={selected}
                toggle={toggle}
                open={(application) => {
                  show(application, { focus: false });
                  setOpen(true);
                }}
              />
            )}
            <ShortcutHelp />
          </div>
          {shown && (
            <div className={isOpen ? '' : 'max-lg:hidden'}>
              <ApplicationDetail
                key={shown.registrationId}
                competition={competition}
                readerId={readerId}
                application={shown}
                room={page.room}
                position={index === -1 ? null : { n: index + 1, total: items.length }}
                note={notes.get(shown.registrationId)}
                typeNote={(note) => setNotes((before) => new Map(before).set(shown.registrationId, note))}
                review={(value, note) => review(shown, value, note)}
                busy={busy}
                failure={failure}
                decide={(decision) => decide(decision, [shown])}
                move={move}
                close={() => {
                  setOpen(false);
                  show(shown);
                }}
                isFocused={isOpen}
              />
            </div>
          )}
        </div>
      )}
      {deciding && (
        <DecideDialog
          competition={competition}
          decision={deciding.decision}
          applications={deciding.applications}
          room={page.room}
          close={finish}
        />
      )}
      {isChoosingBest && <BestDialog competition={competition} room={page.room} close={finish} />}
      <RejectionUndo competition={competition} outcome={outcome} />
    </div>
  );
}
