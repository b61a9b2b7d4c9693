import {
  callOption,
  FaultList,
  isMeant,
  readFaultOf,
  times,
  wholeOption,
  type FaultOf,
} from '../../shared/faults.ts';
import { ApiError } from '../model/errors.ts';

function wrong(name: string, value: unknown, what: string): Error {
  return new Error(`${name} is ${JSON.stringify(value)}: give ${what}.`);
}

function textOption(what: string): (value: unknown, name: string) => string {
  return (value, name) => {
    if (typeof value === 'string' && value !== '') return value;
    throw wrong(name, value, what);
  };
}

const objectNeeded = 'the API name of an object that the org has';
const object = textOption(objectNeeded);
const on = callOption('POST composite');

/** What a REST call meets; each call meets one at most. */
const callKinds = {
  unavailable: { on, times },
  status: {
    on,
    times,
    status: wholeOption(400, 599),
    code: textOption('an error code such as UNKNOWN_EXCEPTION'),
  },
  apex_error: {
    on,
    times,
    message: textOption('what Apex says, such as System.LimitException: Apex heap size too large'),
  },
  html: { on, times },
  session_refused: { on, times },
  cut_call: { on, times },
  cut_answer: { on, times },
  slow_answer: { on, times, milliseconds: wholeOption(1, 600_000) },
};

const kinds = {
  row_lock: { object, times },
  read_only: { times },
  key_race: { object, key: textOption('the value of an external id') },
  username_taken: { username: textOption('a user name that another org has'), times },
  ...callKinds,
  sign_in_refused: { times },
  app_unknown: { times },
};

export type CallFault = FaultOf<typeof callKinds>;
export type Fault = FaultOf<typeof kinds>;

/**
 * Reads what `POST /local/faults` was sent.
 * @param objectName the API name as the org spells it; undefined for an object that it has not
 * @throws ApiError 400 with a sentence for an unknown kind, option or object
 */
export function readFault(
  body: Readonly<Record<string, unknown>>,
  objectName: (name: string) => string | undefined,
): Fault {
  try {
    const fault = readFaultOf(kinds, body);
    if (!('object' in fault)) return fault;
    const spelt = objectName(fault.object);
    if (spelt === undefined) throw wrong('object', fault.object, objectNeeded);
    return { ...fault, object: spelt };
  } catch (error) {
    throw new ApiError(400, 'INVALID_INPUT', error instanceof Error ? error.message : '');
  }
}

/** Misfortunes that are still to come, oldest first. */
export class Faults extends FaultList<Fault> {
  /** Whether the next record of the object meets a lock. */
  takeRowLock(name: string): boolean {
    return this.take((one) => one.kind === 'row_lock' && one.object === name) !== undefined;
  }

  /** Whether the next record, of whatever object, meets an org that takes no changes. */
  takeReadOnly(): boolean {
    return this.take((one) => one.kind === 'read_only') !== undefined;
  }

  /** Whether another call creates the record with one of these keys first. */
  takeKeyRace(name: string, keys: readonly unknown[]): boolean {
    const fault = this.take(
      (one) => one.kind === 'key_race' && one.object === name && keys.includes(one.key),
    );
    return fault !== undefined;
  }

  /** Whether another org has a user of that name. */
  takeUsername(username: string): boolean {
    const fault = this.take((one) => one.kind === 'username_taken' && one.username === username);
    return fault !== undefined;
  }

  takeSignIn(): boolean {
    return this.take((one) => one.kind === 'sign_in_refused') !== undefined;
  }

  /** Whether the app of the next sign-in is so new that it is not known everywhere yet. */
  takeUnknownApp(): boolean {
    return this.take((one) => one.kind === 'app_unknown') !== undefined;
  }

  /** What the next REST call meets. @param route such as `composite` or `apexrest/woo/main/reads` */
  takeCall(method: string, route: string): CallFault | undefined {
    const fault = this.take((one) => isOfCalls(one) && isMeant(one.on, method, route));
    return fault && isOfCalls(fault) ? fault : undefined;
  }
}

function isOfCalls(fault: Fault): fault is CallFault {
  return fault.kind in callKinds;
}
