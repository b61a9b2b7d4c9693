import type { FlowAssignmentItem } from '@salesforce/types/metadata';
import { isOf } from '../formula/check.ts';
import { binary } from '../formula/operators.ts';
import { FormulaProblem, type FormulaType, type Typed } from '../formula/formula.ts';
import type { FieldDefinition } from '../model/schema.ts';
import type { Interview, Timing } from './flow.ts';
import { listOf, longer } from './parts/lists.ts';
import { asText, type Resources } from './resources.ts';

type Put = (interview: Interview) => void;

function isWritable({ createable, updateable }: FieldDefinition, { setting }: Resources): boolean {
  const [creates, updates] = [setting.starts !== 'Update', setting.starts !== 'Create'];
  return (createable || !creates) && (updateable || !updates);
}

/** @throws FormulaProblem for a field that a flow cannot set */
function recordField(target: Typed, name: string, resources: Resources): FieldDefinition {
  const [field, ...more] = target.path ?? [];
  if (!field || more.length > 0) {
    throw new FormulaProblem(`${name} is no field of the record; only such can be assigned`);
  }
  const isKept = field.formula === undefined && field.autoNumber === undefined;
  if (!isKept || field.type === 'id' || !isWritable(field, resources)) {
    throw new FormulaProblem(`The field ${name} isn't writable`);
  }
  if (field.type === 'reference') {
    throw new FormulaProblem(`The local org does not emulate flows that assign lookups: ${name}.`);
  }
  return field;
}

/** What is put into the target: the value, or the target with the value added. */
function sourceOf(item: FlowAssignmentItem, target: Typed, resources: Resources): Typed {
  const value = asText(resources.value(item.value));
  switch (item.operator) {
    case 'Assign':
      return value;
    case 'Add':
      if (!isOf(target, ['Text', 'Number'])) {
        throw new FormulaProblem(
          `The local org adds to text and numbers only; ${item.assignToReference ?? ''} is ${target.typeName}.`,
        );
      }
      return binary('+', target, value);
    default:
      throw new FormulaProblem(
        `The local org does not emulate the operator ${item.operator ?? ''} of assignments.`,
      );
  }
}

function expectFit(source: Typed, type: FormulaType, name: string): void {
  if (isOf(source, [type])) return;
  throw new FormulaProblem(
    `A value of the type ${source.typeName} can't be assigned to ${name} of the type ${type}`,
  );
}

/** Adds a text to a collection. */
function addition(name: string, item: FlowAssignmentItem, resources: Resources): Put {
  if (item.operator !== 'Add') {
    throw new FormulaProblem(
      `The local org adds to collections only, by Add and not ${item.operator ?? ''}: ${name}.`,
    );
  }
  const value = asText(resources.value(item.value));
  expectFit(value, 'Text', name);
  return (interview) => {
    const { scope } = interview;
    interview.setVariable(name, longer(listOf(scope, name), value.run(scope)));
  };
}

/**
 * One assignment that can be carried out.
 * @param timing of the flow: the record is changed before it is saved only
 * @throws FormulaProblem when target and value do not fit
 */
export function compileAssignment(
  item: FlowAssignmentItem,
  timing: Timing,
  resources: Resources,
): Put {
  const name = item.assignToReference ?? '';
  if (resources.isList(name)) return addition(name, item, resources);
  const target = asText(resources.reference(name));
  const source = sourceOf(item, target, resources);
  expectFit(source, target.type, name);
  if (resources.isVariable(name)) {
    return (interview) => {
      interview.setVariable(name, source.run(interview.scope));
    };
  }
  if (!name.toLowerCase().startsWith('$record.')) {
    throw new FormulaProblem(`${name} is neither a variable nor a field of $Record`);
  }
  if (timing === 'after') {
    throw new FormulaProblem(
      `${name}: after the save an assignment to $Record changes nothing without an update of records`,
    );
  }
  const field = recordField(target, name, resources);
  return (interview) => {
    interview.setField(field, source.run(interview.scope));
  };
}
