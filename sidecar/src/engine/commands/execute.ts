import { classOf, sideOf } from '../../errors/catalogue.ts';
import { CodedError } from '../../errors/coded-error.ts';
import { placeOf } from '../../lib/error-location.ts';
import { adopt } from './adopt.ts';
import { changeOwner } from './change-owner.ts';
import { dryRun, backfillCommand } from './backfill.ts';
import {
  type Command,
  type CommandsParts,
  type CommandResult,
  quoted,
  type Work,
} from './command.ts';
import { describeForMapping } from './editor/describe-mapping.ts';
import { listMatches } from './editor/list-matches.ts';
import { previewMapping } from './editor/preview-mapping.ts';
import { explainRecord } from './explain.ts';
import { reconcileNow } from './reconcile-now.ts';
import { reload } from './reload.ts';
import { retry } from './retry.ts';
import { syncNow } from './sync-now.ts';

type Execute = (parts: CommandsParts, work: Work) => Promise<CommandResult>;

const TYPES: ReadonlyMap<string, Execute> = new Map([
  ...([
    ['sync', syncNow],
    ['retry', retry],
    ['explain', explainRecord],
    ['reload', reload],
    ['adopt', adopt],
    ['change_owner', changeOwner],
    ['describe_mapping', describeForMapping],
    ['preview_mapping', previewMapping],
    ['list_matches', listMatches],
  ] as const),
  ...([
    ['backfill', backfillCommand],
    ['dry_run', dryRun],
    ['reconcile', reconcileNow],
  ] as const),
]);
/**
 * Does what a command says; one that cannot be done has failed.
 * @returns an error where it is to go on later
 */
export async function execute(
  parts: CommandsParts,
  work: Work,
): Promise<CommandResult | CodedError> {
  const { command } = work;
  try {
    return await executeOf(command)(parts, work);
  } catch (error) {
    if (!(error instanceof CodedError)) return broken(parts, command, error);
    if (goesOn(error, command)) return error;
    return { failed: true, text: `${error.code}: ${error.message} ${error.cure}` };
  }
}

function broken({ log }: CommandsParts, { name }: Command, error: unknown): CommandResult {
  const at = placeOf(error);
  log.error({ command: name, code: 'COMMAND_BROKE', at }, 'a command broke off');
  const text =
    'COMMAND_BROKE: The sidecar met an error that it does not know. Its log names the place.';
  return { failed: true, text };
}

function executeOf({ type }: Command): Execute {
  const execute = TYPES.get(type);
  if (execute !== undefined) return execute;
  throw new CodedError(
    'COMMAND_TYPE_UNKNOWN',
    `The type ${quoted(type)} is none that this sidecar knows: ${[...TYPES.keys()].join(', ')}.`,
    'Choose one of them.',
  );
}

/** Without the org nothing can be said, and a load that a shop interrupts goes on where it was. */
function goesOn(error: CodedError, { type }: Command): boolean {
  const side = sideOf(error);
  const kind = classOf(error.code);
  const passes = kind === 'retry' || kind === 'limit';
  if (side === 'store') return passes && type === 'backfill';
  return side !== null && (passes || kind === 'login');
}
