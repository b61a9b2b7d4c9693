import { connect } from '../app/open-sidecar.ts';
import type { PublicAccess } from '../config/public-access.ts';
import { outboundUrl } from '../config/public-path.ts';
import { BUDGETS_SOQL, commandsWait } from '../engine/budget/commands-wait.ts';
import { systemClock, type Clock } from '../lib/clock.ts';
import { writeEnvelope } from '../salesforce/outbound/write-envelope.ts';

const OBJECT = 'Woo_Command__c';
/** A service without a public address asks for commands once a minute. */
const PATIENCE_MS = 90_000;
const PAUSE_MS = 3000;
const LOOKS_PER_BUDGET = 5;
const TELL_MS = 10_000;
const OVER: ReadonlySet<unknown> = new Set(['done', 'failed', 'cancelled']);

/** What a reload needs of the org. */
export interface ReloadOrg {
  create(object: string, fields: Readonly<Record<string, string>>): Promise<string>;
  query(soql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Of 18 characters. */
  readonly organizationId: string | null;
}

/** Tells the service of a message of the org. @throws Error where it does not take it */
export type Tell = (message: string) => Promise<void>;

/**
 * Has the service read the configuration now, and prints by which one it goes.
 * @returns whether it has
 */
export async function runReload(
  env: NodeJS.ProcessEnv,
  out: NodeJS.WritableStream,
  err: NodeJS.WritableStream,
): Promise<boolean> {
  const { config, org } = connect(env);
  return reloadService(org, systemClock, { out, err }, teller(config.publicAccess));
}

/** The integration user need not have Send Outbound Messages, so that the org does not tell the service itself. */
function teller(access: PublicAccess | null): Tell | null {
  if (access === null) return null;
  const url = outboundUrl(access.url, access.secrets.outboundToken().current);
  return async (body) => {
    const { ok } = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(TELL_MS) });
    if (!ok) throw new Error('Something else than the service answers there.');
  };
}

/**
 * Gives a command to the service, wherever it runs, and waits for its answer; not where the service says that it has no
 * API calls left for commands today.
 * @param err takes what it waits for
 * @param tell null where nobody knows the address of the service
 */
export async function reloadService(
  org: ReloadOrg,
  clock: Clock,
  { out, err }: Readonly<Record<'out' | 'err', NodeJS.WritableStream>>,
  tell: Tell | null,
): Promise<boolean> {
  const id = await org.create(OBJECT, { Type__c: 'reload', State__c: 'waiting' });
  err.write(`${await tellOf(org, id, tell)} Waiting ${PATIENCE_MS / 1000} seconds at most.\n`);
  const latest = clock.now().getTime() + PATIENCE_MS;
  for (let look = 0; clock.now().getTime() < latest; look += 1) {
    await clock.sleep(PAUSE_MS);
    const [row] = await org.query(`SELECT State__c, Result__c FROM ${OBJECT} WHERE Id = '${id}'`);
    if (OVER.has(row?.['State__c'])) {
      out.write(`${String(row?.['Result__c'])}\n`);
      return row?.['State__c'] === 'done';
    }
    // The command itself may have the service see a budget that is used up already.
    if (look % LOOKS_PER_BUDGET > 0) continue;
    const waits = commandsWait(await org.query(BUDGETS_SOQL), clock.now());
    if (waits === null) continue;
    out.write(`${waits}\n`);
    return false;
  }
  out.write(
    'The service has not answered. If it does not run, it reads the configuration when it starts; see Last Seen of Woo Store Status. If its PUBLIC_URL cannot be reached from here, it reads it within five minutes.\n',
  );
  return false;
}

/** @returns how the service comes to know of the command: where it is not told, it finds it by itself */
async function tellOf(
  { organizationId }: Pick<ReloadOrg, 'organizationId'>,
  recordId: string,
  tell: Tell | null,
): Promise<string> {
  if (tell === null || organizationId === null)
    return 'PUBLIC_URL is not set, so the service is not told: it asks for commands once a minute.';
  try {
    await tell(writeEnvelope({ organizationId, object: OBJECT, recordId }));
    return 'The service is told, and reads the configuration.';
  } catch {
    return 'The service cannot be told at its PUBLIC_URL from here: it may find the command by itself.';
  }
}
