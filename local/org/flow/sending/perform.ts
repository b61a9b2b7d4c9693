import type { WholeOrg } from '../../model/org-view.ts';
import { sendEmail } from './email.ts';
import type { ActionInputs, StandardAction } from './action.ts';
import { notify } from './notification.ts';

/** Who calls an action. */
export interface Performer {
  readonly userId: string;
  /** Whether the user has *Send Custom Notifications*, or the flow runs in system context, which needs none. */
  readonly mayNotify: boolean;
}

/** @throws FlowFault where the org refuses what the action is given */
export function perform(
  org: WholeOrg,
  performer: Performer,
  action: StandardAction,
  inputs: ActionInputs,
): void {
  const message =
    action === 'emailSimple'
      ? sendEmail(org, performer.userId, inputs)
      : notify(org, performer, inputs);
  org.sent.add(message, org.now());
}
