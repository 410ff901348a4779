import type { HistoryEntry } from '@mini-compete/shared/history';
import type { ActPerson } from '@mini-compete/shared/pending-acts';
import Link from 'next/link';
import { useFormats, useTexts } from '#texts';
import { LocalTime } from '@/components/ui/local-time';
import { LANGUAGE_NAMES } from '@/lib/i18n/language-names';
import { HistoryChanges } from './history-changes';
import { sentenceOf, shownChanges } from './history-entry.rules';

type Props = { entries: readonly HistoryEntry[]; personPath: (id: string) => string };

/** One sentence per entry, under the day on which it happened. */
export function HistoryList({ entries, personPath }: Props) {
  const { instant } = useFormats();
  const days = new Map<string, [HistoryEntry, ...HistoryEntry[]]>();
  for (const entry of entries) {
    const day = instant(entry.at, 'date');
    const before = days.get(day);
    days.set(day, before ? [...before, entry] : [entry]);
  }
  return (
    <div className="mt-6 flex flex-col gap-8">
      {[...days].map(([day, entriesOfDay]) => (
        <section key={day}>
          <h2 className="border-b border-line-strong pb-2 font-text text-sm font-semibold text-muted">
            <LocalTime iso={entriesOfDay[0].at} style="date" />
          </h2>
          <ol>
            {entriesOfDay.map((entry) => (
              <li key={entry.id} className="flex gap-4 border-b border-line py-3 sm:gap-6">
                <LocalTime iso={entry.at} style="clock" className="tabular w-11 shrink-0 text-sm text-muted" />
                <div className="min-w-0 text-sm">
                  <Sentence entry={entry} personPath={personPath} />
                  <HistoryChanges changes={shownChanges(entry)} />
                </div>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function Sentence({ entry, personPath }: { entry: HistoryEntry; personPath: Props['personPath'] }) {
  const t = useTexts('history');
  const messages = useTexts('messageNotes');
  const { actor, person, team, count, note } = entry;
  const teamName = team ? <TeamName name={team.name} /> : null;
  return (
    <p className="wrap-break-word">
      {t.rich(`entry.${sentenceOf(entry)}`, {
        count: count ?? 0,
        message: note ? messages(`kind.${note.kind}`) : '',
        language: note ? LANGUAGE_NAMES[note.language] : '',
        actor: () => (actor === null ? <b>{t('automatic')}</b> : <Name person={actor} personPath={personPath} />),
        // A registration is a person's or a team's.
        person: () => (person === null ? teamName : <Name person={person} personPath={personPath} />),
        team: () => teamName,
      })}
    </p>
  );
}

/** A team whose members have all deleted their accounts has no name left. */
function TeamName({ name }: { name: string }) {
  const t = useTexts('history');
  if (name === '') return <i className="text-muted">{t('deletedTeam')}</i>;
  return <bdi className="font-semibold">{name}</bdi>;
}

/** Leads to what concerns the person. */
function Name({ person: { id, name }, personPath }: { person: ActPerson; personPath: Props['personPath'] }) {
  const t = useTexts('history');
  if (name === null) return <i className="text-muted">{t('deletedAccount')}</i>;
  return (
    <Link
      href={personPath(id)}
      prefetch={false}
      aria-label={t('onlyPerson', { name })}
      className="font-semibold underline decoration-line-strong underline-offset-4 hover:decoration-current"
    >
      <bdi>{name}</bdi>
    </Link>
  );
}
