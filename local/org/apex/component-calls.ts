import type { UserView } from '../access/user-view.ts';
import { ok, type Answer } from '../api/answer.ts';
import { isRecord } from '../api/call.ts';
import { ApexException, AuraHandledException } from './apex-rest.ts';
import type { ComponentContext, ComponentMethods } from './component-context.ts';
import { wooMappings } from './woo-mappings.ts';

/** What a component calls: `@salesforce/apex/Class.method`. */
export interface ComponentCall {
  readonly className: string;
  readonly method: string;
  /** Values by the names of the parameters. */
  readonly args: unknown;
}

const standIns: ReadonlyMap<string, ComponentMethods> = new Map([['WooMappings', wooMappings]]);

const failed = (body: object): Answer => ({ status: 500, body });

/** Names of the parameters of a method that components may call; undefined where the class has none of that name. */
function parametersOf(source: string, method: string): readonly string[] | undefined {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const declared = new RegExp(
    String.raw`@AuraEnabled\s*(?:\([^)]*\))?[^;{}()]*\bstatic\b[^;{}()]*\b${method}\s*\(([^)]*)\)`,
  );
  const [, parameters] = declared.exec(code) ?? [];
  return parameters
    ?.replace(/<[^()]*?>/g, '')
    .split(',')
    .flatMap((one) => /(\w+)\s*$/.exec(one)?.[1] ?? []);
}

/** The source of a class that the user may run, or why it cannot be run. */
function classNamed(className: string, { whole, access }: UserView): string | Answer {
  const found = whole
    .components()
    .find(({ type, fullName }) => type === 'ApexClass' && fullName === className);
  if (!found) return failed({ message: `Unable to find the Apex class ${className}.` });
  if (!access.mayUseClass(className)) {
    return failed({ message: `You do not have access to the Apex class named '${className}'.` });
  }
  return (found.body as { readonly content?: string }).content ?? '';
}

/**
 * Answers a component's call of an Apex method as the user of the page.
 * @param known the classes that can be run
 */
export function answerComponent(
  { className, method, args }: ComponentCall,
  context: ComponentContext,
  known = standIns,
): Answer {
  const source = classNamed(className, context.view);
  if (typeof source !== 'string') return source;
  const parameters = parametersOf(source, method);
  if (!parameters) {
    return failed({ message: `Unable to find the Apex action ${className}.${method}.` });
  }
  const given = isRecord(args) ? args : {};
  const stranger = Object.keys(given).find((name) => !parameters.includes(name));
  if (stranger !== undefined) {
    return failed({ message: `${className}.${method} has no parameter ${stranger}.` });
  }
  const standIn = known.get(className)?.[method];
  if (!standIn) {
    return {
      status: 501,
      body: { message: `The local org has no Apex: nothing stands in for ${className}.${method}.` },
    };
  }
  return returned(`Class.${className}.${method}`, () => standIn(given, context));
}

function returned(place: string, run: () => unknown): Answer {
  try {
    return ok({ returnValue: run() ?? null });
  } catch (error) {
    if (!(error instanceof ApexException)) throw error;
    const { message, typeName } = error;
    if (error instanceof AuraHandledException) return failed({ message });
    return failed({
      ...{ message, exceptionType: typeName, isUserDefinedException: false },
      stackTrace: `${place}: line 1, column 1`,
    });
  }
}
