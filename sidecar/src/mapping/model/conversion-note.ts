/** A value that a transform had to change in a way that a person should hear of. */
export class ConversionNote {
  readonly value: unknown;
  /** A sentence. */
  readonly note: string;

  constructor(value: unknown, note: string) {
    this.value = value;
    this.note = note;
  }
}
