import { connect } from '../app/open-sidecar.ts';
import { systemClock, type Clock } from '../lib/clock.ts';

const OBJECT = 'Woo_Command__c';
/** A service without a public address asks for commands once a minute. */
const PATIENCE_MS = 90_000;
const PAUSE_MS = 3000;
const OVER: ReadonlySet<unknown> = new Set(['done', 'failed', 'cancelled']);

/** What a reload needs of the org. */
export interface ReloadOrg {
  create(object: string, fields: Readonly<Record<string, string>>): Promise<string>;
  query(soql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/**
 * Has the service read the configuration now, and prints by which one it goes.
 * @returns whether it has
 */
export async function runReload(
  env: NodeJS.ProcessEnv,
  out: NodeJS.WritableStream,
): Promise<boolean> {
  return reloadService(connect(env).org, systemClock, out);
}

/** Gives a command to the service, wherever it runs, and waits for its answer. */
export async function reloadService(
  org: ReloadOrg,
  clock: Clock,
  out: NodeJS.WritableStream,
): Promise<boolean> {
  const id = await org.create(OBJECT, { Type__c: 'reload', State__c: 'waiting' });
  const latest = clock.now().getTime() + PATIENCE_MS;
  while (clock.now().getTime() < latest) {
    await clock.sleep(PAUSE_MS);
    const [row] = await org.query(`SELECT State__c, Result__c FROM ${OBJECT} WHERE Id = '${id}'`);
    if (!OVER.has(row?.['State__c'])) continue;
    out.write(`${String(row?.['Result__c'])}\n`);
    return row?.['State__c'] === 'done';
  }
  out.write(
    'The service has not answered. If it does not run, it reads the configuration when it starts; see Last Seen of Woo Store Status.\n',
  );
  return false;
}
