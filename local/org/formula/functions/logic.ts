import { commonType, expectType, refuseType } from '../check.ts';
import { both, either } from '../operators.ts';
import type { FieldDefinition } from '../../model/schema.ts';
import { FormulaProblem } from '../problem.ts';
import { typed, type FormulaContext, type FormulaScope, type Typed, type Value } from '../types.ts';
import { fromApi, textOf } from '../values.ts';
import { placeOf, wrongCount, type FormulaFunction } from './function.ts';
import { expectLiteral, expectPicklistValue } from './picklists.ts';

function operand(operands: readonly Typed[], index: number): Typed {
  const found = operands[index];
  if (!found) throw new Error('A function was built without its operands');
  return found;
}

const ifFunction: FormulaFunction = {
  name: 'IF',
  least: 3,
  most: 3,
  build: (operands) => {
    const [test, yes, no] = [operand(operands, 0), operand(operands, 1), operand(operands, 2)];
    expectType(test, ['Boolean'], placeOf('IF'));
    return typed(commonType(yes, no, placeOf('IF')), (scope) =>
      (test.run(scope) === true ? yes : no).run(scope),
    );
  },
};

const logical = (name: string, run: (operands: readonly Typed[]) => Typed['run']) => ({
  name,
  least: 1,
  most: Infinity,
  build: (operands: readonly Typed[]) => {
    for (const one of operands) expectType(one, ['Boolean'], placeOf(name));
    return typed('Boolean', run(operands));
  },
});

const not: FormulaFunction = {
  name: 'NOT',
  least: 1,
  most: 1,
  build: (operands) => {
    const test = operand(operands, 0);
    expectType(test, ['Boolean'], placeOf('NOT'));
    return typed('Boolean', (scope) => test.run(scope) !== true);
  },
};

interface Case {
  readonly when: Typed;
  readonly then: Typed;
}

function casesOf(operands: readonly Typed[]): readonly Case[] {
  return Array.from({ length: (operands.length - 2) / 2 }, (_, index) => ({
    when: operand(operands, index * 2 + 1),
    then: operand(operands, index * 2 + 2),
  }));
}

/** Picklists are compared with their values as text, whatever the case. */
function comparable(subject: Typed, when: Typed): (a: Value, b: Value) => boolean {
  if (subject.type === 'Picklist') {
    expectPicklistValue(subject, expectLiteral(when, 'CASE'));
    return (a, b) => textOf(a).toLowerCase() === textOf(b).toLowerCase();
  }
  const type = commonType(subject, when, placeOf('CASE'));
  return type === 'Text' ? (a, b) => textOf(a) === textOf(b) : (a, b) => a === b;
}

const caseFunction: FormulaFunction = {
  name: 'CASE',
  least: 4,
  most: Infinity,
  build: (operands) => {
    if (operands.length % 2 === 1) {
      throw wrongCount('CASE', String(operands.length - 1), operands.length);
    }
    const subject = operand(operands, 0);
    const otherwise = operand(operands, operands.length - 1);
    const cases = casesOf(operands).map((one) => ({ ...one, same: comparable(subject, one.when) }));
    const results = [...cases.map(({ then }) => then), otherwise];
    const type = results
      .slice(1)
      .reduce(
        (all: Typed, one) => typed(commonType(all, one, placeOf('CASE')), one.run),
        operand(results, 0),
      ).type;
    return typed(type, (scope) => {
      const value = subject.run(scope);
      const hit = cases.find(({ when, same }) => same(value, when.run(scope)));
      return (hit?.then ?? otherwise).run(scope);
    });
  },
};

const isBlank: FormulaFunction = {
  name: 'ISBLANK',
  least: 1,
  most: 1,
  build: (operands) => {
    const subject = operand(operands, 0);
    refuseType(subject, ['Boolean'], placeOf('ISBLANK'));
    return typed('Boolean', (scope) => subject.run(scope) === null);
  },
};

const isText = ({ type }: Typed): boolean => type === 'Text';

/** Text is never null, only blank; so says the platform. */
const isNull: FormulaFunction = {
  name: 'ISNULL',
  least: 1,
  most: 1,
  build: (operands) => {
    const subject = operand(operands, 0);
    refuseType(subject, ['Boolean'], placeOf('ISNULL'));
    return typed('Boolean', (scope) => subject.run(scope) === null && !isText(subject));
  },
};

function replacing(name: string, takesText: boolean): FormulaFunction {
  const build = (operands: readonly Typed[]): Typed => {
    const [subject, other] = [operand(operands, 0), operand(operands, 1)];
    const type = commonType(subject, other, placeOf(name));
    return typed(type, (scope) => {
      const value = subject.run(scope);
      return value === null && (takesText || !isText(subject)) ? other.run(scope) : value;
    });
  };
  return { name, least: 2, most: 2, build };
}

/** Where there is a record as it was before. */
const changes: readonly FormulaContext[] = ['validation', 'flowUpdate'];
const saves: readonly FormulaContext[] = [...changes, 'flowEntry'];

function ownField(subject: Typed, name: string) {
  const [field, ...more] = subject.path ?? [];
  if (!field || more.length > 0) {
    throw new FormulaProblem(`Incorrect parameter for ${placeOf(name)}. Expected field reference.`);
  }
  return field;
}

/** Whether the field has another value than before the save; no field of a new record has. */
export const hasChanged = (field: FieldDefinition, scope: FormulaScope): boolean =>
  !scope.isNew && fromApi(scope.read([field]), field) !== fromApi(scope.prior(field), field);

/** @throws FormulaProblem since nobody could tell what a real org does there */
export function refuseLongText(field: FieldDefinition): void {
  if (field.type === 'textarea' && field.length > 255) {
    throw new FormulaProblem(
      `The local org does not tell in flows whether long text has changed: ${field.name}.`,
    );
  }
}

const isChanged: FormulaFunction = {
  name: 'ISCHANGED',
  least: 1,
  most: 1,
  contexts: changes,
  build: (operands, { context }) => {
    const field = ownField(operand(operands, 0), 'ISCHANGED');
    if (context === 'flowUpdate') refuseLongText(field);
    return typed('Boolean', (scope: FormulaScope) => hasChanged(field, scope));
  },
};

const priorValue: FormulaFunction = {
  name: 'PRIORVALUE',
  least: 1,
  most: 1,
  contexts: changes,
  build: (operands) => {
    const subject = operand(operands, 0);
    const field = ownField(subject, 'PRIORVALUE');
    return {
      ...subject,
      run: (scope) => (scope.isNew ? subject.run(scope) : fromApi(scope.prior(field), field)),
    };
  },
};

/** Functions that choose, compare and ask about the save. */
export const logicFunctions: readonly FormulaFunction[] = [
  ifFunction,
  caseFunction,
  logical('AND', both),
  logical('OR', either),
  not,
  isBlank,
  isNull,
  replacing('BLANKVALUE', true),
  replacing('NULLVALUE', false),
  isChanged,
  priorValue,
  {
    name: 'ISNEW',
    least: 0,
    most: 0,
    contexts: saves,
    build: () => typed('Boolean', ({ isNew }) => isNew),
  },
  {
    name: 'ISCLONE',
    least: 0,
    most: 0,
    contexts: saves,
    build: () => typed('Boolean', () => false),
  },
];
