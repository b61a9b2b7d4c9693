import { explain } from '../../diagnostics/explain/explain.ts';
import { type Subject, SUBJECTS } from '../../diagnostics/explain/subject.ts';
import { CodedError } from '../../errors/coded-error.ts';
import { parseKey, parseTypedKey } from '../../mapping/keys/keys.ts';
import { isTyped } from '../../mapping/model/resources.ts';
import { heldFor, rivalLines } from '../../ports/held-mappings.ts';
import type { StoreSetup } from '../../ports/setup.ts';
import {
  type Command,
  type CommandsParts,
  type CommandResult,
  quoted,
  storeOf,
  wooIdsOf,
  type Work,
} from './command.ts';
import { explanationText } from './output/explanation-text.ts';
import { type KnownAs, recordOf } from './known-record.ts';
import { withoutRecord } from './targets.ts';

/** What is explained, and of which store. */
interface Asked {
  readonly store: StoreSetup;
  readonly subject: Subject;
  /** As `explain` takes it. */
  readonly id: string;
}

/**
 * Says for one record what the mappings make of it, and why. Writes nothing.
 * @throws CodedError where it names no record, or the record cannot be read
 */
export async function explainRecord(parts: CommandsParts, work: Work): Promise<CommandResult> {
  const { org, state } = parts;
  const { command, setup } = work;
  const asked =
    command.recordId === '' ? await ofIds(command, work) : await ofRecord(parts, command, work);
  const { store, mappings, leadSettings = null } = asked.store;
  const options = { org, state, store, mappings, leadSettings, problems: [] };
  const explanation = await explain(options, asked.subject, asked.id);
  const held = heldFor(setup, store.key);
  const resources = new Set(explanation.parts.map(({ resource }) => resource));
  const shown = mappings.filter(({ resource }) => resources.has(resource));
  const rivals = rivalLines(setup.problems, shown);
  return { failed: false, text: explanationText(explanation, held, rivals) };
}

function ofIds(command: Command, { setup }: Work): Promise<Asked> {
  const store = storeOf(command, setup);
  if (/^guest:\S+$/i.test(command.arguments))
    return Promise.resolve({ store, subject: 'customer', id: command.arguments });
  const [id, ...more] = wooIdsOf(command);
  if (id === undefined) throw withoutRecord();
  if (more.length > 0) {
    throw new CodedError(
      'COMMAND_ARGUMENTS_INVALID',
      `Arguments holds ${more.length + 1} ids, and one record is explained at a time.`,
      'Make a command for each of them.',
    );
  }
  return Promise.resolve({ store, subject: subjectOf(command), id });
}

/** Also what no button offers: a refund, a variation. */
function subjectOf({ resource }: Command): Subject {
  const subject = SUBJECTS.find((one) => one === resource);
  if (subject !== undefined) return subject;
  throw new CodedError(
    'COMMAND_RESOURCE_UNKNOWN',
    resource === ''
      ? 'Arguments holds an id, and Woo Resource does not say of what.'
      : `Woo Resource is ${quoted(resource)}, which cannot be explained.`,
    'Choose orders, products or customers. Items and refunds are explained with their order.',
  );
}

async function ofRecord(parts: CommandsParts, command: Command, { setup }: Work): Promise<Asked> {
  for (const known of await recordOf(parts, command, setup)) {
    const store = setup.stores.find((one) => one.store.key === parseKey(known.key).store);
    const asked = askedOf(known);
    if (store !== undefined && asked !== null) return { store, ...asked };
  }
  throw new CodedError(
    'COMMAND_RECORD_UNKNOWN',
    `The record ${quoted(command.recordId)} is not known as a record of a shop, so there is nothing of the shop to explain.`,
    'Give the id of the record in the shop instead: Woo Resource, Arguments and Store.',
  );
}

/** Items are explained with their order. */
function askedOf({ resource, key, parentKey }: KnownAs): Pick<Asked, 'subject' | 'id'> | null {
  const typed = parseTypedKey(key);
  if (typed !== null && isTyped(resource) && isSubject(resource)) {
    const { type, ref } = typed;
    return { subject: resource, id: resource === 'content' ? `${type}:${ref}` : ref };
  }
  const subject = isSubject(resource) ? resource : undefined;
  const { id, email } = parseKey(subject === undefined ? (parentKey ?? '') : key);
  if (email !== null) return { subject: 'customer', id: `guest:${email}` };
  return id === null ? null : { subject: subject ?? 'order', id: String(id) };
}

function isSubject(name: string): name is Subject {
  return (SUBJECTS as readonly string[]).includes(name);
}
