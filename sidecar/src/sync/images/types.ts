/** Why a picture cannot go to the shop. */
export interface PictureProblem {
  readonly code: string;
  readonly message: string;
}
