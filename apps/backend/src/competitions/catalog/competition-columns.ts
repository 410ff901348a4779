interface Settings {
  confirmWithinHours?: number | null;
}

type Columns<Fields extends Settings> = Omit<Fields, 'confirmWithinHours'> & { confirmWithinSeconds?: number | null };

/** The fields of the contract as columns of `competitions`: hours are stored in seconds. */
export function columnsOf<Fields extends Settings>({ confirmWithinHours, ...fields }: Fields): Columns<Fields> {
  if (confirmWithinHours === undefined) return fields;
  return { ...fields, confirmWithinSeconds: confirmWithinHours === null ? null : confirmWithinHours * 3600 };
}
