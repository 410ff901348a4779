/** Expired rows, which the scheduled clean-up deletes. Each area contributes the rules for its own tables. */
export interface CleanUpRule {
  readonly table: string;
  /** A condition that an index serves, so that looking for expired rows does not scan the table. */
  readonly expired: string;
}
