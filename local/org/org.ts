import { randomBytes } from 'node:crypto';
import { createServer, type ServerResponse, type IncomingMessage } from 'node:http';
import { startListening, stopListening } from '../shared/listener.ts';
import { AccessControl } from './access/access-control.ts';
import type { SharingDefaults } from './access/sharing/sharing-defaults.ts';
import { ClientApps, type ClientApp } from './data/client-apps.ts';
import { NamedCredentials } from './data/named-credentials.ts';
import { ApiError } from './model/errors.ts';
import type { OrgFeatures } from './model/features.ts';
import { createOrgData, type OrgData } from './data/org-data.ts';
import { keptUserDomain, seed, type OrgUsers } from './data/people/seed.ts';
import { Cursors } from './soql/cursors.ts';
import { calloutRights, sendCallout } from './apex/callouts.ts';
import { ApexInvocables } from './apex/host/invocables.ts';
import { ApexRuns } from './apex/host/runs.ts';
import { ApexTriggers } from './apex/host/triggers.ts';
import { MetadataOperations } from './apex/metadata-operations.ts';
import type { ApexTests } from './metadata/deploy/tests.ts';
import { ApexLs } from './metadata/apex-ls/apex-ls.ts';
import { Jobs } from './metadata/deploy/jobs.ts';
import { createMetadataApi } from './metadata/metadata-api.ts';
import { createOutbound, type Outbound } from './outbound/outbound.ts';
import { refusal, refusalOf, send } from './api/answer.ts';
import { metadataRefusal } from './http/api-permission.ts';
import { runScheduled } from './flow/timed/scheduled.ts';
import { serveInvocables } from './flow/sending/invocables.ts';
import { serveFlows } from './flow/system-records.ts';
import { recordsOf } from './rest/flow-records.ts';
import { serveTriggers } from './write/triggers.ts';
import { Control } from './http/control.ts';
import { Gateway } from './http/gateway.ts';
import { OAuth } from './http/oauth.ts';
import { RequestLog } from './api/request-log.ts';
import { Sessions } from './api/sessions.ts';
import { Streaming } from './http/streaming.ts';
import { DeployTests } from './tooling/deploy-tests.ts';
import { ToolingRows } from './tooling/rows.ts';
import { Tooling } from './tooling/tooling.ts';

export interface OrgOptions {
  /** A SQLite file that keeps the org; in memory when left out. */
  readonly file?: string;
  /** Id and secret of the integration user's app; random when left out. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** PEM of a certificate or public key: the integration user's app takes JWT bearer sign-ins too. */
  readonly certificate?: string;
  /** How long a session lasts; two hours when left out. */
  readonly sessionSeconds?: number;
  /** API calls until 403 `REQUEST_LIMIT_EXCEEDED`; 100,000 when left out. */
  readonly dailyLimit?: number;
  /** Organization-wide defaults, where they are not what a new org has: `{ Account: 'Private' }`. */
  readonly sharing?: SharingDefaults;
  /** What Setup has turned on; nothing when left out. */
  readonly features?: Partial<OrgFeatures>;
  /** The duplicate rules of a new org are active unless this is false. */
  readonly duplicateRules?: boolean;
  /** How long an outbound message waits for its acknowledgement; 60,000 when left out. */
  readonly outboundTimeoutMs?: number;
  /** Is told, in a line, when an outbound message could not be delivered at first. */
  readonly report?: (line: string) => void;
  /**
   * What user names end in; `local-org.example` when left out. `sf` tells orgs apart by user names, so that two
   * which it signs in to need different ones. An org in a file keeps those that it has.
   */
  readonly userDomain?: string;
  /** Asks apex-ls too where Apex is deployed and a Java is here that is new enough; not when left out. */
  readonly asksApexLs?: boolean;
  /** Clock, for tests. */
  readonly now?: () => Date;
  /** False where a test itself runs what is due: otherwise the org looks each second of the machine's time. */
  readonly runsWhatIsDue?: boolean;
}

/** A Salesforce org on this machine. */
export interface Org {
  /**
   * @returns the address, such as `http://127.0.0.1:8090`; port 0 takes a free one
   * @throws Error with a sentence where it cannot listen there
   */
  listen(port: number, host?: string): Promise<string>;
  close(): Promise<void>;
  readonly data: OrgData;
  readonly sessions: Sessions;
  readonly requestLog: RequestLog;
  readonly adminUsername: string;
  readonly integrationUsername: string;
  readonly repUsername: string;
  /** A token of the administrator, for `sf org login access-token`. */
  readonly adminToken: string;
  /** A token of the sales rep, for the Lightning host. */
  readonly repToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

async function answerTo(
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    send(response, await gateway.answer(request));
  } catch (error) {
    if (error instanceof ApiError) {
      send(response, refusalOf(error));
      return;
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`local org: ${request.method ?? ''} failed: ${text}\n`);
    send(
      response,
      refusal(500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred in the local org.'),
    );
  }
}

function usersOf(data: OrgData, { userDomain = 'local-org.example' }: OrgOptions): OrgUsers {
  const domain = keptUserDomain(data) ?? userDomain;
  return {
    adminUsername: `admin@${domain}`,
    integrationUsername: `woo-sync@${domain}`,
    repUsername: `rep@${domain}`,
  };
}

function requireUser(
  sessions: Sessions,
  username: string,
): { id: string; username: string; name: string; email: string } {
  const user = sessions.user(username);
  if (!user) throw new Error(`The org file has no active user ${username}; name one that it has.`);
  return user;
}

function dataOf(options: OrgOptions, now: () => Date): OrgData {
  const { file, features, duplicateRules } = options;
  const data = createOrgData({
    ...(file === undefined ? {} : { file }),
    ...(features === undefined ? {} : { features }),
    now,
  });
  if (duplicateRules === false) data.duplicateRules.reset([]);
  seed(data, usersOf(data, options));
  serveFlows(data, (userId) => recordsOf(data, { userId }));
  return data;
}

function outboundOf(data: OrgData, access: AccessControl, options: OrgOptions): Outbound {
  const timeoutMs = options.outboundTimeoutMs ?? 60_000;
  const viewOf = (userId: string) => access.viewOf(userId);
  return createOutbound({ data, viewOf, timeoutMs }, options.report ?? (() => undefined));
}

const integrationApp = (app: ClientApp, { certificate }: OrgOptions): ClientApp => ({
  ...app,
  ...(certificate === undefined ? {} : { certificate }),
});

/** What deploys. */
function deploysOf(
  data: OrgData,
  now: () => Date,
  { access, tests }: { readonly access: AccessControl; readonly tests: ApexTests },
  { asksApexLs = false, report = () => undefined }: OrgOptions,
) {
  const apexLs = asksApexLs ? new ApexLs(report) : undefined;
  const jobs = new Jobs({ target: data, now, tests, apexLs });
  const metadata = createMetadataApi(data, now, (user) => metadataRefusal(access, user), jobs);
  return { jobs, metadata };
}

/** Looks each second whether a scheduled path or job is due, by the org's clock. */
function clockOf(data: OrgData, runs: ApexRuns, { report, runsWhatIsDue = true }: OrgOptions) {
  let timer: NodeJS.Timeout | undefined;
  return {
    start: () => {
      if (!runsWhatIsDue) return;
      timer = setInterval(() => {
        for (const stopped of runScheduled(data)) report?.(stopped);
        runs.runScheduled(data);
      }, 1000);
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}

/** Makes an org; it answers once `listen` was called. */
export function createOrg(options: OrgOptions = {}): Org {
  const now = options.now ?? (() => new Date());
  const data = dataOf(options, now);
  const { adminUsername, integrationUsername, repUsername } = usersOf(data, options);
  const clientId = options.clientId ?? `local.${randomBytes(24).toString('hex')}`;
  const clientSecret = options.clientSecret ?? randomBytes(32).toString('hex').toUpperCase();
  const sessions = new Sessions(data, options.sessionSeconds ?? 7200);
  const app = integrationApp({ clientId, clientSecret, runAs: integrationUsername }, options);
  const apps = new ClientApps(data);
  const access = new AccessControl(data, options.sharing);
  const log = new RequestLog(options.dailyLimit ?? 100_000);
  const admin = requireUser(sessions, adminUsername);
  const outbound = outboundOf(data, access, options);
  const rows = new ToolingRows(data);
  const tests = new DeployTests(data, access, rows);
  const deploys = deploysOf(data, now, { access, tests }, options);
  const credentials = new NamedCredentials(() => data.components());
  const runs = new ApexRuns({
    access,
    operations: new MetadataOperations(deploys.jobs),
    send: (callout, view) => sendCallout(callout, credentials, calloutRights(view)),
    report: options.report ?? (() => undefined),
  });
  const called = runs.called(data);
  serveInvocables(data, new ApexInvocables(data, called));
  serveTriggers(data, new ApexTriggers(data, called));
  const streaming = new Streaming();
  const tooling = new Tooling({
    org: data,
    access,
    rows,
    apex: runs,
    report: options.report ?? (() => undefined),
    heard: (runId) => {
      streaming.tell(runId, data.now());
    },
  });
  const gateway = new Gateway({
    services: {
      cursors: new Cursors(),
      credentials,
      log,
      organizationId: () => sessions.organizationId(),
    },
    sessions,
    control: new Control(data, log, sessions, outbound.control, admin.id),
    faults: data.faults,
    oauth: new OAuth(sessions, (key) => (key === clientId ? app : apps.withKey(key)), now),
    access,
    runs,
    streaming,
    tooling,
    ...deploys,
  });
  const clock = clockOf(data, runs, options);
  const server = createServer((request, response) => {
    void answerTo(gateway, request, response);
  });
  return {
    listen: async (port, host = '127.0.0.1') => {
      const url = await startListening(server, port, host);
      data.address = url;
      outbound.sender.start(url);
      clock.start();
      return url;
    },
    close: async () => {
      clock.stop();
      await outbound.sender.close();
      streaming.close();
      await stopListening(server);
      deploys.jobs.close();
      tooling.close();
      data.close();
    },
    data,
    sessions,
    requestLog: log,
    adminUsername,
    integrationUsername,
    repUsername,
    adminToken: sessions.issue(admin).token,
    repToken: sessions.issue(requireUser(sessions, repUsername)).token,
    clientId,
    clientSecret,
  };
}
