import type { Plan } from '../plan/plan.ts';

/** Whether the names lead from the object to a field: `['Name']`, `['Contact__r', 'Email']`. */
export function isFieldPath(plan: Plan, objectName: string, path: readonly string[]): boolean {
  const [step = '', ...rest] = path;
  if (rest.length === 0) return plan.field(objectName, step) !== undefined;
  const relation = plan
    .object(objectName)
    ?.fields.find((one) => one.relationshipName?.toLowerCase() === step.toLowerCase());
  return relation?.referenceTo.some((parent) => isFieldPath(plan, parent, rest)) ?? false;
}
