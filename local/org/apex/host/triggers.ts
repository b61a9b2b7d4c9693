import { computedValue } from '../../data/formulas.ts';
import { converterOf, isRefused } from '../../data/convert.ts';
import type { Row, SqlValue } from '../../lib/database.ts';
import { ApiError, saveError, type SaveError } from '../../model/errors.ts';
import type { Caller } from '../../model/caller.ts';
import type { Component } from '../../model/deploy-target.ts';
import type { Change } from '../../model/object-rule.ts';
import type { WholeOrg } from '../../model/org-view.ts';
import type { FieldDefinition, ObjectDefinition } from '../../model/schema.ts';
import { LimitFault } from '../../flow/parts/limits.ts';
import type { TriggerEvent, TriggerRecord, Triggers } from '../../write/triggers.ts';
import { triggerClass } from '../runtime/parse/declarations.ts';
import { ApexException, NotEmulated } from '../runtime/run/exception.ts';
import type { ClassOutline, LinkedClass } from '../runtime/run/linked.ts';
import type { Transaction, TriggerContext } from '../runtime/run/transaction.ts';
import { SObjectValue } from '../runtime/values/sobject.ts';
import type { CalledCode } from './called-code.ts';
import { programOf } from './programs.ts';
import { apexValue, sentValues } from './record-values.ts';

/** Triggers inside each other at most. */
const MAX_DEPTH = 16;

/** Fields that code has no value of here. */
const isHeld = ({ type }: FieldDefinition): boolean => type !== 'address' && type !== 'base64';

interface ActiveTrigger {
  readonly name: string;
  /** As it is spelt in the schema, in lower case. */
  readonly object: string;
  /** `beforeinsert` */
  readonly events: readonly string[];
}

interface Kept {
  readonly revision: number;
  readonly triggers: readonly ActiveTrigger[];
}

const isActive = ({ type, body }: Component): boolean =>
  type === 'ApexTrigger' && (body as { readonly status?: string }).status !== 'Inactive';

/** Runs the triggers of an org. Salesforce promises no order among those of one event; here it is that of their names. */
export class ApexTriggers implements Triggers {
  private readonly org: WholeOrg;
  private readonly code: CalledCode;
  private kept: Kept | undefined;

  constructor(org: WholeOrg, code: CalledCode) {
    this.org = org;
    this.code = code;
  }

  private get active(): readonly ActiveTrigger[] {
    const { revision } = this.org;
    if (this.kept?.revision === revision) return this.kept.triggers;
    const names = this.org
      .components()
      .filter(isActive)
      .map(({ fullName }) => fullName)
      .sort();
    const classes = names.length > 0 ? programOf(this.org).program.classes : [];
    const triggers = names.flatMap((name) => {
      const found = classes.find((one) => one.name === triggerClass(name));
      return found ? [activeOf(name, found)] : [];
    });
    this.kept = { revision, triggers };
    return triggers;
  }

  has(object: string): boolean {
    return this.active.some((one) => one.object === object.toLowerCase());
  }

  fire(event: TriggerEvent, caller: Caller): readonly (SaveError | undefined)[] {
    const { isBefore, verb, object, records } = event;
    const wanted = (isBefore ? 'before' : 'after') + verb;
    const triggers = this.active.filter(
      (one) => one.object === object.name.toLowerCase() && one.events.includes(wanted),
    );
    if (triggers.length === 0 || records.length === 0) return [];
    const all = (error: SaveError): SaveError[] => records.map(() => error);
    const reader = new RowReader(this.org, object, caller);
    const refusals: (SaveError | undefined)[] = records.map(() => undefined);
    for (const { name } of triggers) {
      const sides = sidesOf(event, reader);
      const context: TriggerContext = {
        ...sides,
        operation: `${isBefore ? 'BEFORE' : 'AFTER'}_${verb.toUpperCase()}`,
      };
      const stopped = this.run(name, context, caller);
      if (stopped) return all(stopped);
      for (const [at, record] of records.entries()) {
        const value = (sides.news ?? sides.olds)?.[at];
        refusals[at] ??= value && (errorOf(value) ?? taken(record, value));
      }
    }
    return refusals;
  }

  /** @returns what stopped it */
  private run(name: string, context: TriggerContext, caller: Caller): SaveError | undefined {
    const said = eventName(context);
    try {
      return this.code.run(caller.userId, (transaction) =>
        runOne(transaction, name, context, said),
      );
    } catch (error) {
      if (error instanceof NotEmulated) throw new ApiError(501, 'NOT_EMULATED', error.message);
      if (error instanceof LimitFault) {
        throw new LimitFault(error.message, refusal(`${name}: ${error.message}`));
      }
      if (!(error instanceof ApexException)) throw error;
      return refusal(
        `${name}: execution of ${said}\n\ncaused by: ${error.toString()}\n\n${error.trace}`,
      );
    }
  }
}

const refusal = (message: string): SaveError =>
  saveError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message);

/** `BeforeInsert` */
const eventName = ({ operation }: TriggerContext): string =>
  operation
    .toLowerCase()
    .split('_')
    .map((one) => one.slice(0, 1).toUpperCase() + one.slice(1))
    .join('');

function activeOf(name: string, { annotations }: ClassOutline): ActiveTrigger {
  const [object = '', ...events] = annotations['trigger']?.split(' ') ?? [];
  return { name, object: object.toLowerCase(), events };
}

function runOne(
  transaction: Transaction,
  name: string,
  context: TriggerContext,
  said: string,
): SaveError | undefined {
  const { triggers, trigger: before, program } = transaction;
  if (triggers.length === MAX_DEPTH) {
    const stack = [...triggers].reverse().join('\n');
    return refusal(`${name}: maximum trigger depth exceeded\n${stack}`);
  }
  const found = program.classes.find(
    ({ outline }: LinkedClass) => outline.name === triggerClass(name),
  );
  transaction.trigger = context;
  triggers.push(`${name} trigger event ${said}`);
  try {
    found?.statics['m_run$']?.();
    return undefined;
  } finally {
    triggers.pop();
    transaction.trigger = before;
  }
}

/** What triggers before and after a save see. */
function sidesOf(
  { isBefore, verb, records }: TriggerEvent,
  reader: RowReader,
): Pick<TriggerContext, 'news' | 'olds'> {
  const olds = () => records.map(({ old }) => reader.read(old ?? {}, true));
  if (verb === 'delete') return { news: undefined, olds: olds() };
  const news = records.map(({ id, change }) =>
    change ? reader.read(reader.rowOf(change), false) : reader.read(reader.saved(id), !isBefore),
  );
  return { news, olds: verb === 'update' ? olds() : undefined };
}

function errorOf({ errors }: SObjectValue): SaveError | undefined {
  const [first] = errors;
  if (!first) return undefined;
  const fields = first.field === undefined ? [] : [first.field];
  return saveError('FIELD_CUSTOM_VALIDATION_EXCEPTION', first.message, ...fields);
}

/** What a trigger before the save has set goes into the record. */
function taken({ change }: TriggerRecord, value: SObjectValue): SaveError | undefined {
  if (!change) return undefined;
  for (const [name, sent] of Object.entries(sentValues(value, change.object))) {
    const field = change.object.fields.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (!field || field.formula !== undefined || field.type === 'id') continue;
    const column = converterOf(field)(sent);
    if (isRefused(column)) return column;
    change.values.set(field.name, column);
  }
  return undefined;
}

/** Turns rows into the records that triggers hold. */
class RowReader {
  private readonly org: WholeOrg;
  private readonly object: ObjectDefinition;
  private readonly caller: Caller;

  constructor(org: WholeOrg, object: ObjectDefinition, caller: Caller) {
    this.org = org;
    this.object = object;
    this.caller = caller;
  }

  /** A record on its way into its table. */
  rowOf({ id, values }: Change): Row {
    const old = id === undefined ? { OwnerId: this.caller.userId } : this.saved(id);
    return { ...old, ...Object.fromEntries(values) };
  }

  saved(id: string | undefined): Row {
    return (id === undefined ? undefined : this.org.row(this.object, id)) ?? {};
  }

  read(row: Row, isReadOnly: boolean): SObjectValue {
    const record = new SObjectValue(this.object.name);
    for (const field of this.object.fields) {
      if (isHeld(field)) record.load(field.name, apexValue(this.valueOf(row, field), field));
    }
    record.load('Id', row['Id'] ?? null);
    record.isReadOnly = isReadOnly;
    return record;
  }

  private valueOf(row: Row, field: FieldDefinition): unknown {
    const { org, object, caller } = this;
    if (field.formula !== undefined) {
      return computedValue({ org, object, row, userId: caller.userId }, field);
    }
    return shown(field, row[field.name] ?? null);
  }
}

const shown = ({ type }: FieldDefinition, value: SqlValue): unknown =>
  type === 'boolean' ? value === 1 : value;
