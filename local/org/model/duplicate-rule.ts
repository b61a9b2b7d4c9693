export type Action = 'allow' | 'alert' | 'block';

/** What happens to a record that looks like another one. */
export interface DuplicateRule {
  readonly name: string;
  readonly matchingRule: string;
  readonly object: string;
  readonly onCreate: Action;
  readonly onEdit: Action;
  /**
   * Two records match when they agree in all fields of one of the lists. Empty values agree with nothing,
   * except beside an e-mail address, where they are passed over.
   */
  readonly match: readonly (readonly string[])[];
}
