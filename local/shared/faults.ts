/** A misfortune that was asked for; without `times` it comes once. */
interface AnyFault {
  readonly kind: string;
  readonly times?: number;
}

/** Reads an option, which may be left out. @throws Error with a sentence that names it */
type Option<T = unknown> = (value: unknown, name: string) => T;
type Options = Readonly<Record<string, Option>>;

/** The faults of a list of kinds, each with its options. */
export type FaultOf<K extends Readonly<Record<string, Options>>> = {
  [N in keyof K & string]: { readonly kind: N } & {
    readonly [O in keyof K[N]]: ReturnType<K[N][O]>;
  };
}[keyof K & string];

/** @param usual what it is where it is left out */
export function wholeOption(least: number, most: number, usual?: number): Option<number> {
  return (value, name) => {
    const given = value ?? usual;
    if (typeof given === 'number' && Number.isInteger(given) && given >= least && given <= most) {
      return given;
    }
    const said = JSON.stringify(given);
    throw new Error(`${name} is ${said}: give a whole number from ${least} to ${most}.`);
  };
}

/** How often a fault is to come. */
export const times = wholeOption(1, 100_000, 1);

/**
 * The calls that a fault is for: all where it is left out.
 * @param example one as the server writes it
 */
export function callOption(example: string): Option<string | undefined> {
  return (value, name) => {
    if (value === undefined) return undefined;
    const form = /^((GET|POST|PUT|PATCH|DELETE) )?[^\s/?][^\s?]*$/;
    if (typeof value === 'string' && form.test(value)) return value;
    const said = JSON.stringify(value);
    throw new Error(`${name} is ${said}: give a route, after a verb or alone, such as ${example}.`);
  };
}

/** Whether a fault for `on` is for this call. */
export function isMeant(on: string | undefined, method: string, route: string): boolean {
  return on === undefined || on === route || on === `${method} ${route}`;
}

/**
 * Reads what `POST /local/faults` was sent.
 * @throws Error with a sentence for an unknown kind, an unknown option or a value that it cannot have
 */
export function readFaultOf<K extends Readonly<Record<string, Options>>>(
  kinds: K,
  body: Readonly<Record<string, unknown>>,
): FaultOf<K> {
  const known = Object.entries(kinds).find(([name]) => name === body['kind']);
  if (known === undefined) {
    const said = JSON.stringify(body['kind']);
    throw new Error(`kind is ${said}: give one of ${Object.keys(kinds).join(', ')}.`);
  }
  const [kind, options] = known;
  const names = Object.keys(options);
  const stranger = Object.keys(body).find((name) => name !== 'kind' && !names.includes(name));
  if (stranger !== undefined) {
    throw new Error(`${kind} has no option ${stranger}: it takes ${names.join(' and ')}.`);
  }
  const values = Object.entries(options).map(([name, read]) => [name, read(body[name], name)]);
  return { kind, ...Object.fromEntries(values) } as FaultOf<K>;
}

/** Misfortunes that are still to come, oldest first. */
export class FaultList<F extends AnyFault> {
  #waiting: F[] = [];

  add(fault: F): void {
    this.#waiting.push(fault);
  }

  list(): readonly F[] {
    return this.#waiting;
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The oldest one that fits: it has come once more. */
  take(fits: (fault: F) => boolean): F | undefined {
    const at = this.#waiting.findIndex(fits);
    const fault = this.#waiting[at];
    if (fault === undefined) return undefined;
    const left = (fault.times ?? 1) - 1;
    this.#waiting.splice(at, 1, ...(left > 0 ? [{ ...fault, times: left }] : []));
    return fault;
  }
}
