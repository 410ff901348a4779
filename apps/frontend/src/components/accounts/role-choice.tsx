import type { ComponentProps } from 'react';
import { useTexts } from '#texts';
import { NativeInput } from '@/components/ui/native';

const ROLES = [
  { value: 'PARTICIPANT', title: 'participant', text: 'participantText' },
  { value: 'ORGANIZER', title: 'organizer', text: 'organizerText' },
] as const;

export function RoleChoice({ input }: { input: ComponentProps<'input'> }) {
  const t = useTexts('accounts');
  return (
    <fieldset>
      <legend className="text-sm font-semibold">{t('signUp.role.legend')}</legend>
      <div className="mt-1.5 grid gap-3 sm:grid-cols-2">
        {ROLES.map(({ value, title, text }) => (
          <label
            key={value}
            className="cursor-pointer rounded-md border border-line-strong bg-raised px-4 py-3 transition-colors hover:border-ink has-checked:border-accent has-checked:bg-accent-soft has-checked:outline-1 has-checked:outline-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
          >
            <span className="flex items-center gap-2 font-semibold">
              <NativeInput {...input} type="radio" value={value} className="size-4" />
              {t(`signUp.role.${title}`)}
            </span>
            <span className="mt-1 block text-sm text-muted">{t(`signUp.role.${text}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
