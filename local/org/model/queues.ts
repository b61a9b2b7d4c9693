import type { FieldDefinition, ObjectDefinition } from './schema.ts';

/** Standard objects of the local org whose records a queue may own. */
const queued = new Set(['Lead', 'Order']);

/** Whether records of the object may belong to a queue: leads, orders, and custom objects that are no details. */
export function canBeQueued({ name, kind, fields }: ObjectDefinition): boolean {
  return (kind === 'custom' && fields.some(isOwner)) || queued.has(name);
}

/** Whether the field is that of an owner, who may be a user or a queue. */
export function isQueueOwner(field: FieldDefinition): boolean {
  return isOwner(field) && field.referenceTo.includes('Group');
}

function isOwner({ name }: FieldDefinition): boolean {
  return name === 'OwnerId';
}
