import { dateTime, readOnly, reference } from '../fields.ts';

/** Rows of these objects are set by the org itself or by a deploy, not by data calls. */
export const system = { kind: 'system', sharingModel: 'Read' } as const;

export const audit = [
  dateTime('CreatedDate', readOnly),
  reference('CreatedById', ['User'], readOnly),
  dateTime('LastModifiedDate', readOnly),
  reference('LastModifiedById', ['User'], readOnly),
  dateTime('SystemModstamp', readOnly),
];
