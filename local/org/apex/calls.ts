/** A call of an Apex REST class. */
export interface RestRequest {
  readonly method: string;
  /** Behind `/services/apexrest`. */
  readonly uri: string;
  /** Decoded; of a parameter that occurs twice only one is left. */
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

/** What a component calls: `@salesforce/apex/Class.method`. */
export interface ComponentCall {
  readonly className: string;
  readonly method: string;
  /** Values by the names of the parameters. */
  readonly args: unknown;
}
