/** What of a subrequest decides whether it may be run out of its turn. */
export interface Ordered {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

const maxObjectsTogether = 5;

/** Version and object of a subrequest to records of one object; undefined for all others. */
function target({ url }: Ordered): readonly [version: string, object: string] | undefined {
  const [, version, object] = /^\/services\/data\/(v\d+\.0)\/sobjects\/(\w+)/.exec(url) ?? [];
  return version !== undefined && object !== undefined ? [version, object] : undefined;
}

function namesIn(one: Ordered): ReadonlySet<string> {
  const text = `${one.url} ${JSON.stringify(one.body ?? null)}`;
  return new Set([...text.matchAll(/@\{(\w+)/g)].map(([, name = '']) => name));
}

/** A subrequest with headers of its own is never put together with others. */
const isFree = (one: Ordered): boolean => Object.keys(one.headers).length === 0;

/** Those of the rest that can be done together with the first: same method, same version, waiting for no answer. */
function together<T extends Ordered>(first: T, rest: readonly T[], answered: Set<string>): T[] {
  const lead = target(first);
  if (!lead || !isFree(first)) return [];
  const objects = new Set([lead[1]]);
  return rest.filter((one) => {
    const own = target(one);
    const fits = own && own[0] === lead[0] && one.method === first.method && isFree(one);
    if (!fits || [...namesIn(one)].some((name) => !answered.has(name))) return false;
    objects.add(own[1]);
    return objects.size <= maxObjectsTogether;
  });
}

/**
 * The order in which collated subrequests run. A real org promises none beyond the references between them;
 * here those that can be done together are, the last first, so that whoever relies on their order notices.
 */
export function collated<T extends Ordered>(all: readonly T[]): readonly T[] {
  const order: T[] = [];
  let rest = [...all];
  const answered = new Set<string>();
  while (rest[0]) {
    const [first, ...others] = rest;
    const group = together(first, others, answered);
    order.push(...group.toReversed(), first);
    for (const { referenceId } of [first, ...group]) answered.add(referenceId);
    rest = others.filter((one) => !group.includes(one));
  }
  return order;
}
