import type { ComponentProps } from 'react';

const ROLES = [
  { value: 'PARTICIPANT', title: 'Take part', text: 'Register, wait in line, get the messages.' },
  { value: 'ORGANIZER', title: 'Organize', text: 'Create competitions and see who is in.' },
];

export function RoleChoice({ input }: { input: ComponentProps<'input'> }) {
  return (
    <fieldset>
      <legend className="text-sm font-semibold">I want to</legend>
      <div className="mt-1.5 grid gap-3 sm:grid-cols-2">
        {ROLES.map(({ value, title, text }) => (
          <label
            key={value}
            className="cursor-pointer rounded-md border border-line-strong bg-raised px-4 py-3 transition-colors hover:border-ink has-checked:border-accent has-checked:bg-accent-soft has-checked:outline-1 has-checked:outline-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
          >
            <span className="flex items-center gap-2 font-semibold">
              <input {...input} type="radio" value={value} className="size-4" />
              {title}
            </span>
            <span className="mt-1 block text-sm text-muted">{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
