/** Something a person can mend: told as its sentence alone, without a stack. */
export class Failure extends Error {
  /** @param {string} sentence @param {string[]} [details] lines that help, such as the end of a log */
  constructor(sentence, details = []) {
    super(sentence);
    this.name = 'Failure';
    this.details = details;
  }
}

/**
 * By its name: the launcher and what it builds each have a copy of the class.
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
    return `This user may not write ${path ?? 'a file it needs'}. A checkout has one owner: run the command as the user who owns it, or make a clone of your own.`;
  if (code === 'ENOSPC') return 'The disk is full. Make room and run the command again.';
  return error.stack ?? error.message;
}
