/** An error that the user can fix: printed as its message and details, without a stack trace. */
export class Failure extends Error {
  /** @param {string} message @param {string[]} [details] lines that help, such as the end of a log */
  constructor(message, details = []) {
    super(message);
    this.name = 'Failure';
    this.details = details;
  }
}

/**
 * Compares the name because `instanceof` fails: launch/ and its compiled copy in dist/ each define the class.
 * @param {unknown} error
 * @returns {error is Failure}
 */
export const isFailure = (error) => error instanceof Error && error.name === 'Failure';

/** @param {unknown} error */
export function explain(error) {
  if (isFailure(error)) return [error.message, ...error.details.map((line) => `  ${line}`)].join('\n');
  if (!(error instanceof Error)) return String(error);
  const { code, path } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === 'EACCES' || code === 'EPERM')
    return `Permission denied: this user cannot write ${path ?? 'a required file'}. Run the command as the user who owns this checkout, or use a clone of your own.`;
  if (code === 'ENOSPC') return 'The disk is full. Free some space and run the command again.';
  return error.stack ?? error.message;
}
