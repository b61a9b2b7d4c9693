import { connect } from '../app/open-sidecar.ts';
import type { PublicAccess } from '../config/public-access.ts';
import { outboundUrl } from '../config/public-path.ts';
import { systemClock, type Clock } from '../lib/clock.ts';
import { writeEnvelope } from '../salesforce/outbound/write-envelope.ts';

const OBJECT = 'Woo_Command__c';
/** A service without a public address asks for commands once a minute. */
const PATIENCE_MS = 90_000;
const PAUSE_MS = 3000;
const TELL_MS = 10_000;
const OVER: ReadonlySet<unknown> = new Set(['done', 'failed', 'cancelled']);

/** What a reload needs of the org. */
export interface ReloadOrg {
  create(object: string, fields: Readonly<Record<string, string>>): Promise<string>;
  query(soql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Of 18 characters. */
  readonly organizationId: string | null;
}

/** Tells the service of a message of the org. */
export type Tell = (message: string) => Promise<unknown>;

/**
 * Has the service read the configuration now, and prints by which one it goes.
 * @returns whether it has
 */
export async function runReload(
  env: NodeJS.ProcessEnv,
  out: NodeJS.WritableStream,
): Promise<boolean> {
  const { config, org } = connect(env);
  return reloadService(org, systemClock, out, teller(config.publicAccess));
}

/** The integration user need not have Send Outbound Messages, so that the org does not tell the service itself. */
function teller(access: PublicAccess | null): Tell {
  if (access === null) return () => Promise.resolve();
  const url = outboundUrl(access.url, access.secrets.outboundToken().current);
  return (body) => fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(TELL_MS) });
}

/** Gives a command to the service, wherever it runs, and waits for its answer. */
export async function reloadService(
  org: ReloadOrg,
  clock: Clock,
  out: NodeJS.WritableStream,
  tell: Tell,
): Promise<boolean> {
  const id = await org.create(OBJECT, { Type__c: 'reload', State__c: 'waiting' });
  const { organizationId } = org;
  // Where it is not reached from here, it finds the command by itself.
  if (organizationId !== null)
    await tell(writeEnvelope({ organizationId, object: OBJECT, recordId: id })).catch(
      () => undefined,
    );
  const latest = clock.now().getTime() + PATIENCE_MS;
  while (clock.now().getTime() < latest) {
    await clock.sleep(PAUSE_MS);
    const [row] = await org.query(`SELECT State__c, Result__c FROM ${OBJECT} WHERE Id = '${id}'`);
    if (!OVER.has(row?.['State__c'])) continue;
    out.write(`${String(row?.['Result__c'])}\n`);
    return row?.['State__c'] === 'done';
  }
  out.write(
    'The service has not answered. If it does not run, it reads the configuration when it starts; see Last Seen of Woo Store Status. If its PUBLIC_URL cannot be reached from here, it reads it within five minutes.\n',
  );
  return false;
}
