import { clsx } from 'clsx';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

export type FieldControl = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true };

type FieldProps = {
  /** Unique on the page; the control gets it, help and error are named after it. */
  id: string;
  label: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  className?: string;
  children: (control: FieldControl) => ReactNode;
};

/** Label above, help below; an error takes the place of the help, with an icon: never by colour alone. */
export function Field({ id, label, help, error, optional = false, className, children }: FieldProps) {
  const noteId = `${id}-note`;
  const control: FieldControl = {
    id,
    ...(error || help ? { 'aria-describedby': noteId } : {}),
    ...(error ? { 'aria-invalid': true as const } : {}),
  };
  return (
    <div className={clsx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-semibold">
        {label}
        {optional && <span className="font-normal text-muted"> (optional)</span>}
      </label>
      {children(control)}
      {error ? (
        <p id={noteId} className="flex items-start gap-1.5 text-sm text-closed">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span>{error}</span>
        </p>
      ) : (
        help && (
          <p id={noteId} className="text-sm text-muted">
            {help}
          </p>
        )
      )}
    </div>
  );
}
