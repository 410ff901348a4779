/** Whether the database refused a second row; `constraint` is the index's or constraint's name, or its column. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const { code, meta, constraint: name } = (error ?? {}) as { code?: unknown; meta?: unknown; constraint?: unknown };
  if (code === '23505') return constraint === undefined || name === constraint;
  if (code !== 'P2002') return false;
  // Prisma knows either the columns or the name, and says it some levels down.
  return constraint === undefined || JSON.stringify(meta ?? null).includes(`"${constraint}"`);
}
