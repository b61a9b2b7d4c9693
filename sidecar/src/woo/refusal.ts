import type { ErrorCode } from '../errors/catalogue.ts';
import { CodedError } from '../errors/coded-error.ts';
import { kindOf, REQUESTS, type ShopRequest } from './requests.ts';
import type { SentRequest } from './types.ts';

/** A request is refused that was for some records alone: the store goes on without them. */
export class RequestRefused extends CodedError {
  /** Whether one of several records in it may be at fault. */
  readonly mayBeOfOne: boolean;

  constructor(message: string, cure: string, mayBeOfOne: boolean) {
    super('WOO_REQUEST_REFUSED', message, cure);
    this.mayBeOfOne = mayBeOfOne;
  }
}

export interface Refusal {
  /** Where the store cannot live without what was asked. */
  readonly code: ErrorCode;
  readonly message: string;
  readonly cure: string;
  readonly mayBeOfOne?: boolean;
}

/** What a refusal stops: the store where it needs what was asked, else no more than what was asked for. */
export function refusalOf(
  { code, message, cure, mayBeOfOne = false }: Refusal,
  sent: SentRequest | undefined,
): CodedError {
  if (sent === undefined) return new CodedError(code, message, cure);
  const kind = kindOf(sent);
  const request: ShopRequest | null = kind && REQUESTS[kind];
  const said = `${message} It was asked to ${request?.what ?? 'do what is on no list'} (${shape(sent)}).`;
  return request?.isVital === true
    ? new CodedError(code, said, cure)
    : new RequestRefused(said, cure, mayBeOfOne);
}

/** Without ids, addresses and whatever else it was asked with. */
function shape({ method, path, query }: SentRequest): string {
  const names = Object.keys(query).filter((name) => name !== 'per_page');
  return `${method} ${path.replaceAll(/\/\d+(?=\/|$)/g, '/ID')}${names.length === 0 ? '' : ` by ${names.join(', ')}`}`;
}
