import { ApiError } from './errors.ts';

/** A misfortune that was asked for, and how often it is still to come. */
export type Fault =
  | { readonly kind: 'row_lock'; readonly object: string; readonly times: number }
  | { readonly kind: 'key_race'; readonly object: string; readonly key: string }
  | { readonly kind: 'unavailable'; readonly times: number }
  | { readonly kind: 'cut_answer'; readonly times: number }
  | { readonly kind: 'slow_answer'; readonly times: number; readonly milliseconds: number }
  | { readonly kind: 'sign_in_refused'; readonly times: number };

const kinds = [
  ...(['row_lock', 'key_race'] as const),
  ...(['unavailable', 'cut_answer', 'slow_answer', 'sign_in_refused'] as const),
];
const fieldsOf: Readonly<Record<(typeof kinds)[number], readonly string[]>> = {
  row_lock: ['object', 'times'],
  key_race: ['object', 'key'],
  unavailable: ['times'],
  cut_answer: ['times'],
  slow_answer: ['times', 'milliseconds'],
  sign_in_refused: ['times'],
};

const invalid = (message: string): ApiError => new ApiError(400, 'INVALID_INPUT', message);

function numberOf(body: Readonly<Record<string, unknown>>, name: string, usual?: number): number {
  const value = body[name] ?? usual;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 100_000) {
    return value;
  }
  throw invalid(`${name} is ${JSON.stringify(value)}: give a whole number from 1 to 100000.`);
}

/**
 * Reads what `POST /local/faults` was sent.
 * @param objectName the API name as the org spells it; undefined for an object that it has not
 * @throws ApiError 400 with a sentence for an unknown kind, option or object
 */
export function readFault(
  body: Readonly<Record<string, unknown>>,
  objectName: (name: string) => string | undefined,
): Fault {
  const kind = kinds.find((one) => one === body['kind']);
  if (kind === undefined) {
    throw invalid(`kind is ${JSON.stringify(body['kind'])}: give one of ${kinds.join(', ')}.`);
  }
  const known = ['kind', ...fieldsOf[kind]];
  const stranger = Object.keys(body).find((name) => !known.includes(name));
  if (stranger !== undefined) {
    throw invalid(`${kind} has no option ${stranger}: it takes ${fieldsOf[kind].join(' and ')}.`);
  }
  const times = numberOf(body, 'times', 1);
  if (kind === 'slow_answer') {
    return { kind, times, milliseconds: numberOf(body, 'milliseconds') };
  }
  if (kind !== 'row_lock' && kind !== 'key_race') return { kind, times };
  const object = typeof body['object'] === 'string' ? objectName(body['object']) : undefined;
  if (object === undefined) {
    throw invalid(
      `object is ${JSON.stringify(body['object'])}: give the API name of an object that the org has.`,
    );
  }
  if (kind === 'row_lock') return { kind, object, times };
  if (typeof body['key'] === 'string' && body['key'] !== '') {
    return { kind, object, key: body['key'] };
  }
  throw invalid(`key is ${JSON.stringify(body['key'])}: give the value of an external id.`);
}

/** Misfortunes that are still to come, oldest first. */
export class Faults {
  private waiting: Fault[] = [];

  add(fault: Fault): void {
    this.waiting.push(fault);
  }

  list(): readonly Fault[] {
    return this.waiting;
  }

  clear(): void {
    this.waiting = [];
  }

  private take(fits: (fault: Fault) => boolean): Fault | undefined {
    const at = this.waiting.findIndex(fits);
    const fault = this.waiting[at];
    if (!fault) return undefined;
    const left = 'times' in fault ? fault.times - 1 : 0;
    this.waiting.splice(
      at,
      1,
      ...(left > 0 && 'times' in fault ? [{ ...fault, times: left }] : []),
    );
    return fault;
  }

  /** Whether the next record of the object meets a lock. */
  takeRowLock(object: string): boolean {
    if (this.waiting.length === 0) return false;
    return this.take((one) => one.kind === 'row_lock' && one.object === object) !== undefined;
  }

  /** Whether another call creates the record with one of these keys first. */
  takeKeyRace(object: string, keys: readonly unknown[]): boolean {
    if (this.waiting.length === 0) return false;
    const fault = this.take(
      (one) => one.kind === 'key_race' && one.object === object && keys.includes(one.key),
    );
    return fault !== undefined;
  }

  /** Whether the next call meets this misfortune of the whole org. */
  takeCall(kind: 'unavailable' | 'cut_answer' | 'sign_in_refused'): boolean {
    return this.take((one) => one.kind === kind) !== undefined;
  }

  /** Milliseconds that the next answer takes; 0 when nothing holds it up. */
  takeDelay(): number {
    const fault = this.take((one) => one.kind === 'slow_answer');
    return fault?.kind === 'slow_answer' ? fault.milliseconds : 0;
  }
}
