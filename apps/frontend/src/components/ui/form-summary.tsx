import { useTexts } from '#texts';
import { Notice } from './notice';

export type FieldError = { id: string; label: string; message: string };

/** Above a form: the error from the server, and links to the invalid fields if there are several. */
export function FormSummary({
  failure,
  fieldErrors = [],
}: {
  failure?: string | null | undefined;
  fieldErrors?: FieldError[];
}) {
  const t = useTexts('common');
  if (!failure && fieldErrors.length < 2) return null;
  return (
    <Notice tone="error" live="assertive" title={failure ?? t('fieldsNeedAttention', { count: fieldErrors.length })}>
      {fieldErrors.length > 1 && (
        <ul className="mt-1 flex flex-col gap-0.5">
          {fieldErrors.map(({ id, label, message }) => (
            <li key={id}>
              <a
                href={`#${id}`}
                className="link"
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(id)?.focus();
                }}
              >
                {label}
              </a>
              : {message}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
