import type {
  FlowInputFieldAssignment,
  FlowLoop,
  FlowRecordCreate,
  FlowRecordLookup,
  FlowRecordUpdate,
} from '@salesforce/types/metadata';
import { isOf } from '../formula/check.ts';
import { pathValue } from '../formula/fields.ts';
import { FormulaProblem, type FormulaScope, type Typed } from '../formula/formula.ts';
import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import { compileKind, targetOf, type Surroundings } from './elements.ts';
import { compileFilter } from './filters.ts';
import type { Step } from './flow.ts';
import { attempt, pathsOf } from './parts/fault-paths.ts';
import { together } from './parts/together.ts';
import { compileLogic } from './logic.ts';
import type { Place } from './problems.ts';
import { fieldsOf, hold } from './record-references.ts';
import { asText } from './resources.ts';

/** Kinds of objects that Get Records reads: users, groups and custom metadata too. */
const READABLE = ['standard', 'custom', 'system', 'customMetadata'];

/** @throws FormulaProblem when there is no such object with records */
function objectNamed(
  name: string | undefined,
  { resources }: Surroundings,
  kinds: readonly string[] = ['standard', 'custom'],
): ObjectDefinition {
  const object = resources.setting.schema.object(name ?? '');
  if (object && kinds.includes(object.kind)) return object;
  throw new FormulaProblem(`Entity of type 'CustomObject' named '${name ?? ''}' cannot be found`);
}

/** What Get Records and Update Records have in common. */
type Asked = Pick<FlowRecordLookup, 'filters' | 'queriedFields'> & {
  readonly [
    Part in
      | 'filterLogic'
      | 'getFirstRecordOnly'
      | 'name'
      | 'sortField'
      | 'sortOrder'
      | 'storeOutputAutomatically'
  ]?: FlowRecordLookup[Part] | undefined;
};

/** Numbers of `1 AND (2 OR 3)` become the conditions themselves. */
function joined(conditions: readonly string[], logic: string): string {
  const words = { and: ' AND ', or: ' OR ' }[logic.toLowerCase()];
  if (words !== undefined) return conditions.join(words);
  return logic.replace(/\d+/g, (number) => conditions[Number(number) - 1] ?? '');
}

function query(element: Asked, object: ObjectDefinition, around: Surroundings) {
  const { filters, filterLogic = 'and', sortField, sortOrder } = element;
  const conditions = filters.map((one) => compileFilter(one, object, around.resources));
  if (filters.length > 0) compileLogic(filterLogic, filters.length);
  const named = (name: string): FieldDefinition => {
    const field = object.fields.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (field) return field;
    throw new FormulaProblem(`The field ${name} of ${object.name} cannot be found`);
  };
  for (const name of element.queriedFields) named(name);
  if (sortOrder !== undefined && sortField === undefined) {
    throw new FormulaProblem(
      `Required field is missing: sortField, by which Get Records sorts ${sortOrder}`,
    );
  }
  const order = sortField === undefined ? '' : ` ORDER BY ${named(sortField).name}`;
  const end = `${order}${sortOrder === 'Desc' ? ' DESC NULLS LAST' : ''}${element.getFirstRecordOnly === true ? ' LIMIT 1' : ''}`;
  const fields = fieldsOf(element, object, around.flow);
  const from = `SELECT ${fields.map(({ name }) => name).join(', ')} FROM ${object.name}`;
  return (scope: FormulaScope) => {
    const where = joined(
      conditions.map((one) => one(scope)),
      filterLogic,
    );
    const soql = `${from}${where === '' ? '' : ` WHERE ${where}`}${end}`;
    return { object, fields, soql };
  };
}

/** Get Records: the first record, or all of them for a loop. */
function lookup(element: FlowRecordLookup, at: Place, around: Surroundings): Step {
  if (element.storeOutputAutomatically !== true) {
    around.problems.add(
      'The local org runs Get Records with storeOutputAutomatically true only.',
      ...at,
    );
  }
  const asked = around.problems.catch(at, () =>
    query(element, objectNamed(element.object, around, READABLE), around),
  );
  const paths = pathsOf(element, at, around);
  const { name = '', getFirstRecordOnly } = element;
  return (interview) =>
    attempt(interview, paths, function* () {
      if (!asked) return;
      const wanted = asked(interview.scope);
      const found = yield* together('find', (all) => interview.find(all), wanted);
      if (getFirstRecordOnly === true) hold(interview, name, wanted.fields, found[0]);
      else interview.collections.set(name, found);
    });
}

function input(
  { field: name = '', value }: FlowInputFieldAssignment,
  object: ObjectDefinition,
  { resources }: Surroundings,
  use: 'createable' | 'updateable' = 'createable',
): readonly [FieldDefinition, Typed] {
  const target = asText(pathValue(name, name, { ...resources.setting, object }));
  const [field, ...more] = target.path ?? [];
  if (!field?.[use] || more.length > 0) {
    throw new FormulaProblem(`The field ${name} isn't writable`);
  }
  const source = asText(resources.value(value));
  if (isOf(source, [target.type])) return [field, source];
  throw new FormulaProblem(`A ${source.typeName} can't be assigned to ${name}`);
}

/** Create Records: one record of values, whose id goes into a variable of text. */
function creation(element: FlowRecordCreate, at: Place, around: Surroundings): Step {
  const { problems, resources } = around;
  const object = problems.catch(at, () => objectNamed(element.object, around));
  const inputs = element.inputAssignments.flatMap((one, index) => {
    const place: Place = [...at, ['inputAssignments', index]];
    const found = object && problems.catch(place, () => input(one, object, around));
    return found ? [found] : [];
  });
  const { assignRecordIdToReference: target } = element;
  if (target !== undefined && !resources.isVariable(target)) {
    problems.add(`${target} is no variable`, ...at, ['assignRecordIdToReference', 0]);
  }
  const paths = pathsOf(element, at, around);
  return (interview) =>
    attempt(interview, paths, function* () {
      if (!object) return;
      const values = new Map(inputs.map(([field, one]) => [field, one.run(interview.scope)]));
      const id = yield* together('create', (all) => interview.create(all), { object, values });
      if (target !== undefined) interview.setVariable(target, id);
    });
}

/** A loop over all records of a Get Records element. */
function loop(element: FlowLoop, at: Place, around: Surroundings): Step {
  const { name = '', collectionReference = '' } = element;
  const isDown = element.iterationOrder === 'Desc';
  const source = around.flow.recordLookups.find((one) => one.name === collectionReference);
  if (!source || source.getFirstRecordOnly === true) {
    const message = `The local org loops over all records of a Get Records element only, not over ${collectionReference}.`;
    around.problems.add(message, ...at, ['collectionReference', 0]);
  }
  const object = source && around.resources.setting.schema.object(source.object ?? '');
  const fields = source && object ? fieldsOf(source, object, around.flow) : [];
  const next = targetOf(element.nextValueConnector, at, around, 'nextValueConnector');
  const after = targetOf(element.noMoreValuesConnector, at, around, 'noMoreValuesConnector');
  return (interview) => {
    const position = interview.positions.get(name) ?? 0;
    const all = interview.collections.get(collectionReference) ?? [];
    const record = all[isDown ? all.length - 1 - position : position];
    hold(interview, name, fields, record);
    if (record) interview.positions.set(name, position + 1);
    else interview.positions.delete(name);
    return record ? next : after;
  };
}

/** Update Records: those that fulfil conditions get values, all of them or none. */
function change(element: FlowRecordUpdate, at: Place, around: Surroundings): Step {
  const { problems } = around;
  if (element.inputReference !== undefined || element.filters.length === 0) {
    problems.add('The local org runs Update Records with an object and filters only.', ...at);
  }
  const object = problems.catch(at, () => objectNamed(element.object, around));
  const asked =
    object && problems.catch(at, () => query({ ...element, queriedFields: [] }, object, around));
  const inputs = element.inputAssignments.flatMap((one, index) => {
    const place: Place = [...at, ['inputAssignments', index]];
    const found = object && problems.catch(place, () => input(one, object, around, 'updateable'));
    return found ? [found] : [];
  });
  const paths = pathsOf(element, at, around);
  return (interview) =>
    attempt(interview, paths, function* () {
      if (!asked) return;
      const found = yield* together('find', (all) => interview.find(all), asked(interview.scope));
      if (found.length === 0) return;
      const ids = found.map((one) => String(one.get('Id')));
      const values = new Map(inputs.map(([field, one]) => [field, one.run(interview.scope)]));
      yield* together('update', (all) => interview.update(all), { object, ids, values });
    });
}

/** Before the save a flow changes what is saved and nothing else; it may read, which is not run here. */
function requireNoRecords({ flow, problems }: Surroundings): void {
  for (const index of flow.recordCreates.keys()) {
    problems.add('A flow that runs before the save cannot create records', [
      'recordCreates',
      index,
    ]);
  }
  for (const [index, { inputReference }] of flow.recordUpdates.entries()) {
    if (inputReference === '$Record') continue;
    const message = 'A flow that runs before the save can update $Record only';
    problems.add(message, ['recordUpdates', index]);
  }
  if (flow.recordLookups.length + flow.loops.length > 0) {
    problems.add('The local org reads no records before the save.');
  }
}

/** All elements of a flow that read and write records, and its loops. */
export function recordElements(around: Surroundings): readonly (readonly [string, Step])[] {
  const { loops, recordCreates, recordLookups, recordUpdates } = around.flow;
  const all = [
    ...compileKind('loops', loops, loop, around),
    ...compileKind('recordCreates', recordCreates, creation, around),
    ...compileKind('recordLookups', recordLookups, lookup, around),
    ...compileKind('recordUpdates', recordUpdates, change, around),
  ];
  if (around.timing === 'before') requireNoRecords(around);
  return all;
}
