/** Why an image cannot go to the shop. */
export interface ImageProblem {
  readonly code: string;
  readonly message: string;
}
