import type { UserView } from '../access/user-view.ts';
import { ok, type Answer } from '../api/answer.ts';
import { isRecord } from '../api/call.ts';
import type { OrgUser } from '../api/sessions.ts';
import type { ComponentCall } from './calls.ts';
import { programOf } from './host/programs.ts';
import type { ApexRuns } from './host/runs.ts';
import { deserializeUntyped, toJson, typed } from './runtime/library/json.ts';
import { ApexException, LimitFault, NotEmulated } from './runtime/run/exception.ts';
import type { LinkedClass, MethodOutline } from './runtime/run/linked.ts';

/** Who calls, and what runs the code. */
interface Caller {
  readonly view: UserView;
  readonly user: OrgUser;
  readonly runs: ApexRuns;
}

const failed = (body: object): Answer => ({ status: 500, body });

/** A class that the user may run, or why it cannot be run. */
function classNamed(className: string, { whole, access }: UserView): LinkedClass | Answer {
  const found = programOf(whole).classes.find(({ outline }) => outline.name === className);
  if (!found) return failed({ message: `Unable to find the Apex class ${className}.` });
  if (access.mayUseClass(className)) return found;
  return failed({ message: `You do not have access to the Apex class named '${className}'.` });
}

/** Answers a component's call of an Apex method as the user of the page. */
export async function answerComponent(
  { className, method: name, args }: ComponentCall,
  { view, user, runs }: Caller,
): Promise<Answer> {
  const found = classNamed(className, view);
  if ('status' in found) return found;
  const method = found.outline.methods.find(
    (one) => one.name === name && one.isStatic && 'auraenabled' in one.annotations,
  );
  if (!method) return failed({ message: `Unable to find the Apex action ${className}.${name}.` });
  const given = isRecord(args) ? args : {};
  const stranger = Object.keys(given).find((key) =>
    method.parameters.every((one) => one.name !== key),
  );
  if (stranger !== undefined) {
    return failed({ message: `${className}.${name} has no parameter ${stranger}.` });
  }
  try {
    const returned = await runs.run(user, ({ classes }) =>
      returnedBy(classes, className, method, given),
    );
    return ok({ returnValue: JSON.parse(returned) as unknown });
  } catch (error) {
    return faultAnswer(error);
  }
}

/** JSON of what the method returns. */
function returnedBy(
  classes: readonly LinkedClass[],
  className: string,
  { code, parameters }: MethodOutline,
  given: Readonly<Record<string, unknown>>,
): string {
  const args = parameters.map(({ name, type }) =>
    typed(deserializeUntyped(JSON.stringify(given[name] ?? null)), type),
  );
  const found = classes.find(({ outline }) => outline.name === className);
  return toJson(found?.statics[code]?.(...args) ?? null);
}

/** Of an AuraHandledException a component is told the message alone. */
function faultAnswer(error: unknown): Answer {
  if (error instanceof NotEmulated) return { status: 501, body: { message: error.message } };
  if (!(error instanceof ApexException) && !(error instanceof LimitFault)) throw error;
  const { message, typeName, trace } = error;
  if (typeName === 'System.AuraHandledException') return failed({ message });
  return failed({
    message,
    exceptionType: typeName,
    isUserDefinedException: !typeName.startsWith('System.'),
    stackTrace: trace,
  });
}
