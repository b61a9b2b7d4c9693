import { FormulaFault } from '../../formula/formula.ts';
import { FlowFault } from '../fault.ts';

/** What the org has done for one interview, or why it could not. */
export type Outcome<T> = T | FlowFault;

/**
 * Does the same for several interviews.
 * @returns what came of each request, in their order
 * @throws FlowFault where it could do it for none
 */
export type ForAll<Request, Answer> = (requests: readonly Request[]) => readonly Outcome<Answer>[];

/** An interview at an element that the org does once for all interviews that have come to it. */
interface Waiting {
  /** What the element does, its name and those of the flows around it before it. */
  readonly place: string;
  readonly request: unknown;
  readonly forAll: ForAll<unknown, unknown>;
}

/** Work of an interview, which waits at elements that the org does for several at once. */
export type Work<T> = Generator<Waiting, T, unknown>;

/**
 * Waits until the org has done it for all interviews that have come to this element.
 * @param what tells it from others that the element does
 * @throws FlowFault where it could not
 */
export function* together<Request, Answer>(
  what: string,
  forAll: ForAll<Request, Answer>,
  request: Request,
): Work<Answer> {
  const answer = yield { place: what, request, forAll: forAll as ForAll<unknown, unknown> };
  if (answer instanceof FlowFault) throw answer;
  return answer as Answer;
}

/** Work that is part of an element of that name. */
export function* inside<T>(element: string, work: Work<T>): Work<T> {
  let next = work.next();
  while (next.done !== true) {
    const { value } = next;
    next = work.next(yield { ...value, place: `${element}/${value.place}` });
  }
  return next.value;
}

/** What stops an interview, and not its transaction. */
export type Stop = FlowFault | FormulaFault;

export const isStop = (error: unknown): error is Stop =>
  error instanceof FlowFault || error instanceof FormulaFault;

/** One of several interviews, and where it stands. */
class Runner<T> {
  waiting: Waiting | undefined;
  result: T | Stop | undefined;
  private readonly work: Work<T>;

  constructor(work: Work<T>) {
    this.work = work;
    this.goOn(undefined);
  }

  goOn(answer: unknown): void {
    try {
      const next = this.work.next(answer);
      this.waiting = next.done === true ? undefined : next.value;
      if (next.done === true) this.result = next.value;
    } catch (error) {
      if (!isStop(error)) throw error;
      this.waiting = undefined;
      this.result = error;
    }
  }
}

function answersTo(group: readonly Waiting[]): readonly unknown[] {
  const requests = group.map(({ request }) => request);
  try {
    return group[0]?.forAll(requests) ?? [];
  } catch (error) {
    if (error instanceof FlowFault) return requests.map(() => error);
    throw error;
  }
}

/**
 * Runs interviews of a flow in one transaction, as the platform does: each up to an element that reads, writes or
 * calls; what those do that wait at the same element is one query, one statement, one call; then all go on.
 * @returns what each has come to, or what stopped it
 */
export function runTogether<T>(works: readonly Work<T>[]): readonly (T | Stop)[] {
  const runners = works.map((work) => new Runner(work));
  for (;;) {
    const groups = new Map<string, (readonly [Runner<T>, Waiting])[]>();
    for (const runner of runners) {
      const { waiting } = runner;
      if (!waiting) continue;
      const group = groups.get(waiting.place) ?? [];
      group.push([runner, waiting]);
      groups.set(waiting.place, group);
    }
    if (groups.size === 0) return runners.map(({ result }) => result as T | Stop);
    for (const group of groups.values()) {
      const answers = answersTo(group.map(([, waiting]) => waiting));
      for (const [at, [runner]] of group.entries()) runner.goOn(answers[at]);
    }
  }
}

/**
 * Runs one interview.
 * @throws FlowFault or FormulaFault when it cannot go on
 */
export function runAlone<T>(work: Work<T>): T {
  const [result] = runTogether([work]);
  if (isStop(result)) throw result;
  return result as T;
}
