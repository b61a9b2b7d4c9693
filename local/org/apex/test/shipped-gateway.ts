import { AccessControl } from '../../access/access-control.ts';
import type { Answer } from '../../api/answer.ts';
import { Sessions } from '../../api/sessions.ts';
import { deployFiles, failuresOf, type Files } from '../../metadata/test/packages.ts';
import { orgForProject, packageOf, projectSource } from '../../metadata/test/project.ts';
import type { Callout, CalloutReply } from '../callouts.ts';
import type { RestRequest } from '../calls.ts';
import { ApexRuns } from '../host/runs.ts';
import { answerRestClass } from '../rest-classes.ts';

/** Rows of custom metadata by their type. */
export type Rows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** The classes of the gateway, and the types of metadata that they read. */
export const gatewayFiles: Files = Object.fromEntries(
  Object.entries(packageOf(projectSource())).filter(([path]) =>
    /^(classes\/WooGateway(?!Test|Cases)|objects\/Woo_\w+__mdt)/.test(path),
  ),
);

type Send = (callout: Callout) => Promise<CalloutReply>;

/** The gateway as it ships, in an org with these rows, whose callouts a test answers. */
export function shippedGateway(rows: Rows): (
  request: Omit<RestRequest, 'headers'>,
  send: Send,
) => Promise<{
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}> {
  const org = orgForProject();
  const failures = failuresOf(deployFiles(org, gatewayFiles));
  if (failures.length > 0) throw new Error(failures.join('\n'));
  for (const [type, all] of Object.entries(rows)) {
    for (const [at, row] of all.entries()) {
      org.putSystemRow(type, { DeveloperName: `Row_${at}` }, row);
    }
  }
  const access = new AccessControl(org);
  const user = new Sessions(org, 60).user('admin@local-org.example');
  if (!user) throw new Error('no administrator');
  return async (request, send) => {
    const runs = new ApexRuns({
      access,
      send,
      report: () => undefined,
      operations: {
        enqueueDeployment: () => {
          throw new Error('the gateway has deployed');
        },
      },
    });
    const view = access.viewOf(user.id);
    const answer = await answerRestClass({ ...request, headers: {} }, { view, user, runs });
    return { status: answer.status, headers: { ...answer.headers }, body: bytesOf(answer) };
  };
}

const bytesOf = ({ body }: Answer): Buffer =>
  Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
