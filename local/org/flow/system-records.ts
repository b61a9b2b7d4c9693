import type { WholeOrg } from '../model/org-view.ts';
import { FlowFault } from './fault.ts';
import type { Interview } from './flow.ts';

/** What flows do with records, and by actions. */
export type FlowRecords = Pick<Interview, 'find' | 'create' | 'update' | 'perform'>;

const unasked = (): never => {
  throw new FlowFault('This org has no records for flows that a save or the clock starts.');
};
const none: FlowRecords = {
  find: unasked,
  create: unasked,
  update: unasked,
  perform: unasked,
};
const servedBy = new WeakMap<WholeOrg, (userId: string) => FlowRecords>();

/** Lets flows that a save or the clock starts read and write records: in system context, whoever started them. */
export function serveFlows(org: WholeOrg, records: (userId: string) => FlowRecords): void {
  servedBy.set(org, records);
}

export const systemRecords = (org: WholeOrg, userId: string): FlowRecords =>
  servedBy.get(org)?.(userId) ?? none;
