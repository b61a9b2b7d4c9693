/** Something that the Apex compiler refuses, where it stands; line and column count from 1. */
export interface ApexProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}
