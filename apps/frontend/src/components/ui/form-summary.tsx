import { Notice } from './notice';

export type SummaryLine = { id: string; label: string; message: string };

/** Above a form: what the server refused, and, when several fields are wrong, a way to each. */
export function FormSummary({ failure, lines = [] }: { failure?: string | null | undefined; lines?: SummaryLine[] }) {
  if (!failure && lines.length < 2) return null;
  return (
    <Notice tone="closed" live="assertive" title={failure ?? `${lines.length} fields need another look`}>
      {lines.length > 1 && (
        <ul className="mt-1 flex flex-col gap-0.5">
          {lines.map(({ id, label, message }) => (
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
