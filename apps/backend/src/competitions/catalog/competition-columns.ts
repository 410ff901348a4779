interface Settings {
  confirmWithinHours?: number | null;
  questions?: unknown;
}

type Columns<Fields extends Settings> = Omit<Fields, 'confirmWithinHours' | 'questions'> & {
  confirmWithinSeconds?: number | null;
};

/** The fields of the contract as columns of `competitions`: hours are stored in seconds, and questions elsewhere. */
export function columnsOf<Fields extends Settings>({
  confirmWithinHours,
  questions: _,
  ...fields
}: Fields): Columns<Fields> {
  if (confirmWithinHours === undefined) return fields;
  return { ...fields, confirmWithinSeconds: confirmWithinHours === null ? null : confirmWithinHours * 3600 };
}
