import { z } from 'zod';

import { refusalIn, type AdminSession, type OrgAnswer } from '../../lib/install/admin-session.ts';
import type { Json } from '../model/exchange.ts';
import { CannotTell, shown } from '../model/verdict.ts';
import {
  collection,
  firstError,
  member,
  queryPath,
  recordsOf,
  type Row,
  rowsIn,
} from './answers.ts';
import type { CallBudget } from './call-budget.ts';

const DATA = '/services/data/v66.0';

export interface Subrequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the version of the API. */
  readonly url: string;
  readonly body?: unknown;
  readonly httpHeaders?: Readonly<Record<string, string>>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const subanswers = z.object({
  compositeResponse: z.array(
    z.object({ body: z.unknown(), httpStatusCode: z.number(), referenceId: z.string() }),
  ),
});

const apexAnswer = z.object({
  compiled: z.boolean(),
  compileProblem: z.string().nullish(),
  exceptionMessage: z.string().nullish(),
});
/** What comes before the result in the message of an exception, by which Apex gives it back. */
const PROVED = 'PROVE';

/** An org as a signed-in user sees it by its APIs. Counts each call. */
export class OrgSide {
  readonly #session: AdminSession;
  readonly #budget: CallBudget;
  readonly #signal: () => AbortSignal;

  /** @param signal of what runs now, which gives its requests up */
  constructor(session: AdminSession, budget: CallBudget, signal: () => AbortSignal) {
    this.#session = session;
    this.#budget = budget;
    this.#signal = signal;
  }

  /** @param path below the org's address where it begins with `/services`, else below the version of the API */
  call(
    method: Method,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<OrgAnswer> {
    const signal = this.#signal();
    signal.throwIfAborted();
    this.#budget.spend();
    const whole = path.startsWith('/services') ? path : `${DATA}/${path}`;
    return this.#session.request(method, whole, body, { headers, signal });
  }

  ask(soql: string, resource: 'query' | 'queryAll' = 'query'): Promise<OrgAnswer> {
    return this.call('GET', queryPath(soql, resource));
  }

  /** @throws CannotTell where the query is refused */
  async rows(soql: string): Promise<readonly Json[]> {
    return recordsOf(await this.ask(soql));
  }

  /** Id of the user who is signed in, of 18 characters. @throws CannotTell where the org does not say */
  async userId(): Promise<string> {
    const identity = member((await this.call('GET', '')).body, 'identity');
    const id = /\/(005\w{15})$/.exec(String(identity))?.[1];
    if (id !== undefined) return id;
    throw new CannotTell('The list of resources does not name its caller.');
  }

  /** Writes records of one object. */
  async write(
    method: 'POST' | 'PATCH',
    object: string,
    records: readonly Json[],
  ): Promise<readonly Row[]> {
    const answer = await this.call(method, 'composite/sobjects', collection(object, records));
    return rowsIn(answer.status, answer.body);
  }

  async delete(ids: readonly string[]): Promise<readonly Row[]> {
    const path = `composite/sobjects?ids=${ids.join(',')}&allOrNone=false`;
    const answer = await this.call('DELETE', path);
    return rowsIn(answer.status, answer.body);
  }

  /** Ids of new records. @throws CannotTell where one is refused: the statement is about something else */
  async create(object: string, ...records: readonly Json[]): Promise<readonly string[]> {
    const rows = await this.write('POST', object, records);
    return rows.map((one) => {
      if (one.success && typeof one.id === 'string') return one.id;
      const { code, message } = firstError(one);
      throw new CannotTell(`A record of ${object} could not be made: ${code}: ${shown(message)}`);
    });
  }

  /**
   * Runs anonymous Apex, which is rolled back.
   * @param result an expression; left out where only the compiler is asked
   * @throws CannotTell where the org does not run it
   */
  async apex(code: string, result?: string): Promise<{ compiled: boolean; value: unknown }> {
    const end =
      result === undefined
        ? ''
        : ` throw new IllegalArgumentException('${PROVED}' + JSON.serialize(${result}));`;
    const anonymousBody = `${code}${end}`;
    const query = new URLSearchParams({ anonymousBody }).toString();
    const { status, body } = await this.call('GET', `tooling/executeAnonymous/?${query}`);
    const ran = apexAnswer.safeParse(body).data;
    if (status !== 200 || !ran) throw new CannotTell(`The org runs no Apex: ${shown(body)}`);
    const { compiled, compileProblem, exceptionMessage } = ran;
    if (result === undefined) return { compiled, value: null };
    const [, json] = exceptionMessage?.split(PROVED) ?? [];
    if (json !== undefined) return { compiled, value: JSON.parse(json) as unknown };
    throw new CannotTell(`The Apex did not run: ${shown(compileProblem ?? exceptionMessage)}`);
  }

  /** @param allOrNone undoes all of them where one is refused */
  composite(requests: readonly Subrequest[], allOrNone = false): Promise<OrgAnswer> {
    const compositeRequest = requests.map((one, at) => ({
      ...one,
      url: `${DATA}/${one.url}`,
      referenceId: `ref${at}`,
    }));
    const body = { allOrNone, collateSubrequests: false, compositeRequest };
    return this.call('POST', 'composite', body);
  }

  /** @throws CannotTell where the call is refused as a whole */
  async subanswers(requests: readonly Subrequest[], allOrNone = false) {
    const answer = await this.composite(requests, allOrNone);
    const found = subanswers.safeParse(answer.body).data;
    if (found)
      return requests.map((_, at) =>
        found.compositeResponse.find((one) => one.referenceId === `ref${at}`),
      );
    throw new CannotTell(`A composite call was refused: ${refusalIn(answer)}`);
  }
}
