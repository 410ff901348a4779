/** A mistake that the operator can correct; the command prints its message without a stack. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}
