import { Refusal } from '../parse/refusal.ts';
import type { ClassDeclaration, TriggerDeclaration } from '../parse/tree.ts';
import type { TriggerOutline } from '../run/linked.ts';
import type { ClassSymbol } from '../symbols/symbols.ts';
import { typeOf } from '../types/type.ts';
import { Body, type Shared } from './bodies.ts';
import { blockCode } from './statements.ts';

const noClass: Omit<ClassDeclaration, 'at' | 'name'> = {
  ...{ kind: 'class', modifiers: { words: [], annotations: {} }, base: undefined, interfaces: [] },
  ...{ fields: [], methods: [], constructors: [], initialisers: [], inner: [], values: [] },
};

/** A trigger as if its code were that of a class: it sees what a class sees. */
function symbolOf({ name, at }: TriggerDeclaration, index: number): ClassSymbol {
  const symbol = {
    ...{ declaration: { ...noClass, at, name }, name, type: typeOf(`trigger ${name}`), index },
    ...{ outer: undefined, isTest: false, base: undefined, interfaces: [] },
    ...{ methods: [], fields: [], constructors: [] },
  };
  return Object.assign(symbol, { top: symbol as unknown as ClassSymbol });
}

/** The code of a trigger. @param index by which its lines are counted, behind those of the classes */
export function triggerCode(
  shared: Shared,
  trigger: TriggerDeclaration,
  index: number,
  say: (name: string, problem: Refusal) => void,
): { readonly code: string; readonly outline: TriggerOutline } {
  const symbol = symbolOf(trigger, index);
  const lines = new Set<number>();
  const own: Shared = {
    ...shared,
    refuse: (_, problem) => {
      say(trigger.name, problem);
    },
    line: (_, at) => {
      lines.add(at);
    },
  };
  if (!shared.world.records.object(trigger.object)) {
    say(trigger.name, new Refusal(trigger.at, `Invalid type: ${trigger.object}`));
  }
  const body = new Body(own, symbol, { isStatic: true });
  const js = blockCode(body, trigger.body);
  return {
    code: `$.defineTrigger(()=>${body.framed(`Trigger.${trigger.name}`, js)});`,
    outline: {
      ...{ name: trigger.name, object: trigger.object, events: trigger.events },
      lines: [...lines].sort((one, two) => one - two),
    },
  };
}
