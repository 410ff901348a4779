'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import type { MessageNote } from '@mini-compete/shared/message-notes';
import { useEffect, useState } from 'react';
import { ClientOnly } from '@/components/ui/client-only';
import { CoverSection } from './cover-section';
import { FormSkeleton } from './form-skeleton';
import { SECTIONS, type Section } from './form-values';
import { LeaveQuestion } from './leave-question';
import { NotesSection } from './notes-section';
import { QuestionsSection } from './questions-section';
import { SettingsSection } from './settings-section';

type Props = {
  competition: Competition;
  accountId: string;
  /** Applications that are not decided. */
  applied: number;
  /** People with a registration of whatever status. Seats that invitations reserve are nobody's yet. */
  registered: number;
  notes: readonly MessageNote[];
};

/** Rendered in the browser only: its dates are in the organizer's time zone, which the server may not know. */
export function Settings(props: Props) {
  return <ClientOnly fallback={<FormSkeleton />}>{() => <Sections {...props} />}</ClientOnly>;
}

function Sections({ competition, accountId, applied, registered, notes }: Props) {
  const [saved, setSaved] = useState(competition);
  const [changed, setChanged] = useState<readonly Section[]>([]);
  const [questionsChanged, setQuestionsChanged] = useState(false);
  const [coverChanged, setCoverChanged] = useState(false);
  const [notesChanged, setNotesChanged] = useState(false);
  // When the page was loaded, there was nothing yet that the browser could have scrolled to.
  useEffect(() => document.getElementById(window.location.hash.slice(1))?.scrollIntoView(), []);
  return (
    <>
      {(Object.keys(SECTIONS) as Section[]).map((section) => (
        <SettingsSection
          key={section}
          section={section}
          saved={saved}
          accountId={accountId}
          applied={applied}
          registered={registered}
          onSaved={setSaved}
          onChanged={(isChanged) =>
            setChanged((current) => [...current.filter((other) => other !== section), ...(isChanged ? [section] : [])])
          }
        />
      ))}
      <QuestionsSection
        saved={saved}
        registered={registered}
        accountId={accountId}
        onSaved={setSaved}
        onChanged={setQuestionsChanged}
      />
      <CoverSection saved={saved} onSaved={setSaved} onChanged={setCoverChanged} />
      <NotesSection competitionId={saved.id} accountId={accountId} notes={notes} onChanged={setNotesChanged} />
      <LeaveQuestion when={changed.length > 0 || questionsChanged || coverChanged || notesChanged} />
    </>
  );
}
