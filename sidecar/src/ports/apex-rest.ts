/** A call of an Apex REST class of the org. */
export interface ApexCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Behind `/services/apexrest`, encoded, its query included. */
  readonly path: string;
  /** JSON text. */
  readonly json?: string;
  /** It must not be repeated: any failure is handed out at once. */
  readonly once?: boolean;
}

export interface ApexAnswer {
  readonly status: number;
  header(name: string): string | null;
  readonly body: string;
}

/**
 * The org's Apex REST, as far as the gateway needs it. Faults of the org itself (session, limit, no right to
 * the class) are thrown; whatever the class answered is handed out.
 */
export interface ApexRest {
  apexRest(call: ApexCall): Promise<ApexAnswer>;
}
