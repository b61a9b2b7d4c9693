import { Refusal } from '../parse/refusal.ts';
import { typeNotFound } from '../symbols/not-found.ts';
import type { ClassSymbol } from '../symbols/symbols.ts';
import type { Shared } from './bodies.ts';

/** Objects of the org whose saves start triggers here. */
const isData = (kind: string): boolean => kind === 'standard' || kind === 'custom';

/** What a trigger says of itself. */
export function requireTrigger(shared: Shared, symbol: ClassSymbol): void {
  const { declaration } = symbol;
  const { at, modifiers } = declaration;
  const [name = '', ...events] = modifiers.annotations['trigger']?.split(' ') ?? [];
  if (name === '') return;
  const object = shared.world.records.object(name);
  if (!object) shared.refuse(symbol, typeNotFound(at, name, name));
  else if (!isData(object.kind)) {
    shared.refuse(symbol, new Refusal(at, `SObject type does not allow triggers: ${name}`));
  }
  if (events.includes('beforeundelete')) {
    shared.refuse(symbol, new Refusal(at, 'Unexpected token: before undelete'));
  }
  const twice = events.find((one, index) => events.indexOf(one) !== index);
  if (twice !== undefined) {
    const said = twice.replace(/^(before|after)/, '$1 ');
    shared.refuse(symbol, new Refusal(at, `Duplicate trigger usage: ${said}`));
  }
}
