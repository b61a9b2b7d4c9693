import { answerComponent } from '../apex/component-calls.ts';
import type { ApexRuns } from '../apex/host/runs.ts';
import type { AccessControl } from '../access/access-control.ts';
import { notEmulated, sessionOver, type Answer } from '../api/answer.ts';
import { bodyLimits, parseJson, readBody } from '../api/body.ts';
import type { Sessions } from '../api/sessions.ts';
import { tokenOf, type Incoming } from './incoming.ts';

export interface ComponentParts {
  readonly sessions: Sessions;
  readonly access: AccessControl;
  readonly runs: ApexRuns;
}

/** Below it Lightning components call Apex: an address of this org, as Salesforce has none that is documented. */
export const componentRoot = '/local/apex/';

/** No API call, and no permission to use the API is needed. */
export async function askComponent(
  { sessions, access, runs }: ComponentParts,
  { request, method: verb, url }: Incoming,
): Promise<Answer> {
  const session = sessions.find(tokenOf(request) ?? '');
  if (!session) return sessionOver();
  const [className = '', method = '', ...more] = url.pathname
    .slice(componentRoot.length)
    .split('/');
  if (verb !== 'POST' || !/^\w+$/.test(method) || more.length > 0) {
    return notEmulated(verb, url.pathname);
  }
  const args = parseJson(await readBody(request, bodyLimits.rest), 'application/json');
  const { user } = session;
  const context = { user, view: access.viewOf(user.id), runs };
  return answerComponent({ className, method, args }, context);
}
