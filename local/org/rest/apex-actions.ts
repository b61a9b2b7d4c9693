import { ok, type Answer } from '../api/answer.ts';
import { bodyOf, type Call, isRecord } from '../api/call.ts';
import { callerOf } from '../api/caller.ts';
import type { Route } from '../api/route.ts';
import { FlowFault } from '../flow/fault.ts';
import { inTransaction, LimitFault } from '../flow/parts/limits.ts';
import {
  invocablesOf,
  type Invocable,
  type InvocableSide,
  type InvocableValues,
} from '../flow/sending/invocables.ts';
import type { Value } from '../formula/formula.ts';
import { ApiError, resourceNotFound } from '../model/errors.ts';

const ROOT = '/actions/custom/apex';
/** Requests that one call makes at most. */
const MOST_INPUTS = 200;

const isText = (type: string): boolean => type === 'String' || type === 'Id';
const isNumeric = (type: string): boolean => /^(?:Integer|Long|Double|Decimal)$/.test(type);
const isMoment = (type: string): boolean => type === 'Date' || type === 'Datetime';

/** @throws ApiError where the value is none of the type that the method takes */
function valueOf({ name, type }: InvocableSide, given: unknown): Value {
  if (given === null) return null;
  if (typeof given === 'string' && isText(type)) return given === '' ? null : given;
  if (typeof given === 'number' && isNumeric(type)) return given;
  if (typeof given === 'boolean' && type === 'Boolean') return given;
  const time = typeof given === 'string' && isMoment(type) ? Date.parse(given) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  const isList = Array.isArray(given) && given.every((one) => typeof one === 'string');
  if (isList && /^List<(?:String|Id)>$/.test(type)) return JSON.stringify(given);
  throw new ApiError(
    400,
    'INVALID_INPUT',
    `Invalid value for the input ${name}: it takes ${type}, not ${JSON.stringify(given)}`,
  );
}

function requestOf({ inputs }: Invocable, given: Readonly<Record<string, unknown>>) {
  const values = Object.entries(given).map(([name, value]): readonly [string, Value] => {
    const side = inputs.find((one) => one.name === name);
    if (!side) throw new ApiError(400, 'INVALID_INPUT', `The action has no input ${name}`);
    return [name, valueOf(side, value)];
  });
  const missing = inputs.find(({ name, isRequired }) => isRequired && !(name in given));
  if (missing) {
    throw new ApiError(400, 'INVALID_INPUT', `Missing required input parameter: ${missing.name}`);
  }
  return new Map(values);
}

function outputsOf({ outputs }: Invocable, values: InvocableValues) {
  return Object.fromEntries(
    outputs.map(({ name, type }) => {
      const value = values.get(name) ?? null;
      if (typeof value === 'number' && isMoment(type)) {
        const iso = new Date(value).toISOString();
        return [name, type === 'Date' ? iso.slice(0, 10) : iso.replace('Z', '+0000')] as const;
      }
      return [name, type.startsWith('List<') && value !== null ? listIn(value) : value] as const;
    }),
  );
}

const listIn = (value: Value): unknown => JSON.parse(String(value));

/** @throws ApiError where the body holds no inputs */
function givenInputs(call: Call): readonly Readonly<Record<string, unknown>>[] {
  const { inputs } = bodyOf(call);
  const isList = Array.isArray(inputs) && inputs.length > 0 && inputs.length <= MOST_INPUTS;
  if (isList && (inputs as unknown[]).every(isRecord)) return inputs as Record<string, unknown>[];
  const message = `The request body holds "inputs", a list of 1 to ${MOST_INPUTS} objects.`;
  throw new ApiError(400, 'INVALID_INPUT', message);
}

function invoke(call: Call, { name = '' }: Readonly<Record<string, string>>): Answer {
  const { data } = call.services;
  const { whole, access } = data;
  const action = invocablesOf(whole).find(name);
  if (!action) throw resourceNotFound();
  if (access?.mayUseClass(name) === false) {
    const message = `You do not have access to the Apex class named '${name}'.`;
    throw new ApiError(403, 'INSUFFICIENT_ACCESS', message);
  }
  const requests = givenInputs(call).map((one) => requestOf(action, one));
  const { userId } = callerOf(call);
  try {
    const results = inTransaction(data.db, () =>
      data.db.transaction(() => invocablesOf(whole).invoke(name, requests, userId)),
    );
    const body = results.map((one) => ({
      actionName: name,
      errors: null,
      isSuccess: true,
      outputValues: action.outputs.length === 0 ? null : outputsOf(action, one),
    }));
    return ok(body);
  } catch (error) {
    if (!(error instanceof FlowFault || error instanceof LimitFault)) throw error;
    const errors = [{ statusCode: 'UNKNOWN_EXCEPTION', message: error.message, fields: [] }];
    const body = requests.map(() => ({
      actionName: name,
      errors,
      isSuccess: false,
      outputValues: null,
    }));
    return { status: 400, body };
  }
}

export const apexActionRoutes: readonly Route[] = [
  { method: 'POST', pattern: `${ROOT}/:name`, kind: 'other', writes: true, handle: invoke },
];
