import { z } from 'zod';
import { CodedError } from '../../../errors/coded-error.ts';
import type { Org, OrgRow } from '../../../ports/org.ts';
import { type Command, OBJECT } from '../command.ts';
import { parseArguments } from './draft-mapping.ts';

/** Records that one command's arguments are in at most. */
const MOST = 50;
/** Nothing that would end a text of SOQL. */
const recordId = z.string().regex(/^[\w-]+$/);
const inParts = z.strictObject({ argumentsIn: z.array(recordId).min(1).max(MOST) });

/**
 * The arguments of a command. Those that are longer than a record takes are in further records, as pieces of text, each
 * a text of JSON; one API call more.
 * @throws CodedError `COMMAND_ARGUMENTS_INVALID`, also where a piece is not of who gave the command
 */
export async function wholeArguments(
  org: Pick<Org, 'query'>,
  { id, arguments: given }: Command,
): Promise<string> {
  if (!/^\{\s*"argumentsIn"/.test(given)) return given;
  const { argumentsIn: ids } = parseArguments(given, inParts);
  const list = [id, ...ids].map((one) => `'${one}'`).join(', ');
  const soql = `SELECT Id, Arguments__c, CreatedById FROM ${OBJECT} WHERE Id IN (${list})`;
  const rows = new Map((await org.query(soql)).map((row) => [row['Id'], row]));
  const giver = rows.get(id)?.['CreatedById'];
  return ids.map((one) => pieceOf(rows.get(one), giver)).join('');
}

function pieceOf(row: OrgRow | undefined, giver: unknown): string {
  const isTheirs = row !== undefined && giver !== undefined && row['CreatedById'] === giver;
  if (isTheirs) return parseArguments(String(row['Arguments__c']), z.string());
  throw new CodedError(
    'COMMAND_ARGUMENTS_INVALID',
    'Arguments names a record that is gone, or that somebody else has made.',
    'Give the command once more, with all of its parts.',
  );
}
