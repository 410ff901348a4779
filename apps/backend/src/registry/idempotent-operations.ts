/** The operations that take an idempotency key, as stored in `idempotency_records`. The SQL functions write the first two. */
export type IdempotentOperation =
  | 'REGISTER'
  | 'LEAVE'
  | 'CONFIRM'
  | 'CREATE'
  | 'CANCEL'
  | 'ANSWER'
  | 'REMOVE_SEVERAL'
  | 'UNDO'
  | 'REINSTATE'
  | 'DECIDE'
  | 'STAFF_INVITE'
  | 'STAFF_WITHDRAW'
  | 'STAFF_ACCEPT'
  | 'STAFF_CHANGE'
  | 'STAFF_REMOVE';
