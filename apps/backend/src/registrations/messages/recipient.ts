/** A person whom messages about a registration reach, under the lock of `lockPeople`: a member of it, if it is a team's. */
export interface Recipient {
  /** Null: the person is a member of a team that is not registered. */
  readonly registrationId: string | null;
  /** The membership that keeps the number; null for a person's own registration, which keeps it itself. */
  readonly memberId: string | null;
  /** False for who has left the team; true for a person without one. */
  readonly isMember: boolean;
  readonly userId: string;
  /**
   * The number of the latest change that the person has a message about, with any registration or team for this
   * competition; 0: none that has a number.
   */
  readonly messagesUpTo: number;
}
