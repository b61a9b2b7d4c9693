import type { Setting } from '../fields.ts';
import { FormulaProblem } from '../problem.ts';
import type { Typed } from '../types.ts';
import { dateFunctions } from './dates.ts';
import { wrongCount, type FormulaFunction } from './function.ts';
import { logicFunctions } from './logic.ts';
import { numberFunctions } from './numbers.ts';
import { picklistFunctions } from './picklists.ts';
import { textFunctions } from './text.ts';

const functions: ReadonlyMap<string, FormulaFunction> = new Map(
  [
    ...logicFunctions,
    ...textFunctions,
    ...numberFunctions,
    ...dateFunctions,
    ...picklistFunctions,
  ].map((one) => [one.name, one]),
);

/** Functions that the platform knows, and takes only in formulas of other kinds. */
const elsewhere = new Set([
  'CONCATENATE',
  'HTMLENCODE',
  'IMAGEPROXYURL',
  'IN',
  'INCLUDE',
  'JSENCODE',
  'JSINHTMLENCODE',
  'JUNCTIONIDLIST',
  'LINKTO',
  'PARENTGROUPVAL',
  'POWER',
  'PREDICT',
  'PREVGROUPVAL',
  'REQUIRESCRIPT',
  'SUBSTR',
  'URLENCODE',
  'URLFOR',
]);

/** Functions that a real org computes and this one does not. */
const notEmulated = new Set([
  'CURRENCYRATE',
  'DISTANCE',
  'FORMATDURATION',
  'GEOLOCATION',
  'GETRECORDIDS',
  'GETSESSIONID',
  'VLOOKUP',
]);

function findFunction(name: string): FormulaFunction {
  const found = functions.get(name);
  if (found) return found;
  if (elsewhere.has(name)) {
    throw new FormulaProblem(`Function ${name} may not be used in this type of formula`);
  }
  throw new FormulaProblem(
    notEmulated.has(name)
      ? `The local org does not emulate the formula function ${name}.`
      : `Unknown function ${name}. Check spelling.`,
  );
}

function expectedCount({ least, most }: FormulaFunction): string {
  if (most === Infinity) return `${least} or more`;
  return least === most ? String(least) : `${least} to ${most}`;
}

/**
 * A call of a function.
 * @throws FormulaProblem when there is no such function here, or its operands do not fit
 */
export function call(name: string, operands: readonly Typed[], setting: Setting): Typed {
  const found = findFunction(name.toUpperCase());
  if (found.contexts && !found.contexts.includes(setting.context)) {
    throw new FormulaProblem(`Function ${found.name} may not be used in this type of formula`);
  }
  const { length } = operands;
  if (length < found.least || length > found.most) {
    throw wrongCount(found.name, expectedCount(found), length);
  }
  return found.build(operands, setting);
}
