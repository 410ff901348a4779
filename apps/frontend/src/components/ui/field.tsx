import { clsx } from 'clsx';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '#texts';

export type FieldControl = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true };

type FieldProps = {
  /** Unique on the page. The ids of help and error are derived from it. */
  id: string;
  label: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  className?: string;
  children: (control: FieldControl) => ReactNode;
};

/** Label, control, help. An error replaces the help and has an icon, because color alone is not accessible. */
export function Field({ id, label, help, error, optional = false, className, children }: FieldProps) {
  const t = useTexts('common');
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
        {optional && <span className="font-normal text-muted"> ({t('optional')})</span>}
      </label>
      {children(control)}
      {error ? (
        <p id={noteId} className="flex items-start gap-1.5 text-sm text-error">
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
