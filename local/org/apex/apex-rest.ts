import { isUtf8 } from 'node:buffer';

/** What Apex code finds in `RestContext.request`. */
export interface RestRequest {
  readonly method: string;
  /** Behind `/services/apexrest`. */
  readonly uri: string;
  /** Decoded; of a parameter that occurs twice only one is left. */
  readonly params: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

/** What Apex code leaves in `RestContext.response`. */
export interface RestResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An HTTP request of Apex code. */
export interface Callout {
  readonly method: string;
  /** Such as `callout:Woo_Store/wp-json/wc/v3/orders`. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly timeoutSeconds: number;
}

export interface CalloutReply {
  readonly status: number;
  /** Under their names as they were sent: Apex finds them by their case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** An exception of Apex that code can catch. */
export class ApexException extends Error {
  /** Such as `System.StringException`. */
  readonly typeName: string;

  constructor(typeName: string, message: string) {
    super(message);
    this.typeName = typeName;
  }
}

/** Its message is all that a Lightning component is told. */
export class AuraHandledException extends ApexException {
  constructor(message: string) {
    super('System.AuraHandledException', message);
  }
}

/** The request had no answer. */
export class CalloutException extends ApexException {
  constructor(message: string) {
    super('System.CalloutException', message);
  }
}

/** As `Blob.toString`. @throws ApexException for bytes that are not UTF-8 */
export function textOfBlob(blob: Buffer): string {
  if (isUtf8(blob)) return blob.toString('utf8');
  throw new ApexException('System.StringException', 'BLOB is not a valid UTF-8 string');
}

/** @throws CalloutException */
type SendCallout = (callout: Callout) => Promise<CalloutReply>;

/** What Apex code sees of the org while it runs. */
export interface ApexContext {
  /** Rows of a custom metadata type, by field name. */
  rows(object: string): readonly Readonly<Record<string, unknown>>[];
  readonly send: SendCallout;
  /** Milliseconds. */
  readonly now: () => number;
}

/** A class that this org runs as TypeScript, since it has no Apex. */
export type StandIn = (request: RestRequest, context: ApexContext) => Promise<RestResponse>;
