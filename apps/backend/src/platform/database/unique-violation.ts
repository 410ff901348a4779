interface Violation {
  readonly code?: unknown;
  /** As pg says it. */
  readonly constraint?: unknown;
  /** As Prisma says it. */
  readonly meta?: { readonly driverAdapterError?: { readonly cause?: { readonly constraint?: { index?: string } } } };
}

/** Whether the database refused a second row; `constraint` is the name of the constraint or unique index. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const { code, constraint: name, meta } = (error ?? {}) as Violation;
  if (code !== '23505' && code !== 'P2002') return false;
  return constraint === undefined || (name ?? meta?.driverAdapterError?.cause?.constraint?.index) === constraint;
}
