import type { DoorNumbers } from '@mini-compete/shared/check-ins';
import { useId } from 'react';
import { useTexts } from '#texts';
import { NativeInput } from '@/components/ui/native';
import { useSyncText } from './door-list';

type Props = {
  doors: readonly DoorNumbers[];
  chosen: ReadonlySet<string>;
  choose: (chosen: ReadonlySet<string>) => void;
  error: string | null;
};

/** Each door is ticked by itself: it may have let people in who look absent here. */
export function UnsyncedDoors({ doors, chosen, choose, error }: Props) {
  const t = useTexts('checkInDay');
  const syncText = useSyncText();
  const errorId = useId();
  const toggle = (id: string, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    choose(next);
  };
  return (
    <fieldset
      aria-describedby={error === null ? undefined : errorId}
      className="rounded-md border-s-4 border-warning bg-warning-soft px-4 py-3"
    >
      <legend className="float-start font-semibold">{t('noShows.doorsTitle', { count: doors.length })}</legend>
      <p className="clear-both pt-1 text-sm">{t('noShows.doorsText')}</p>
      {doors.map((door) => (
        <label key={door.id} className="mt-2 flex min-h-11 cursor-pointer items-center gap-3">
          <NativeInput
            type="checkbox"
            className="size-5 shrink-0 accent-accent"
            checked={chosen.has(door.id)}
            onChange={(event) => toggle(door.id, event.target.checked)}
          />
          <span className="min-w-0 wrap-break-word">
            {t('noShows.withoutDoor', { door: door.name, state: syncText(door) })}
          </span>
        </label>
      ))}
      {error !== null && (
        <p id={errorId} role="alert" className="mt-1 text-sm font-semibold text-error">
          {error}
        </p>
      )}
    </fieldset>
  );
}
