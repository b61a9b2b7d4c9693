import { CodedError } from '../../errors/coded-error.ts';
import { EmbeddedFailure } from './pglite.ts';

/** What the file system may say, by the name that Node gives it: in words of PostgreSQL, and what to do. */
const FILE_SYSTEM = [
  {
    code: 'ENOSPC',
    says: /No space left on device|Disk quota exceeded/i,
    reason: 'the disk is full',
    cure: 'Free some space (a new state takes 60 MB) and start again. Nothing is damaged: keep the directory.',
  },
  {
    code: 'EACCES',
    says: /Permission denied|Operation not permitted|Read-only file system|invalid permissions|wrong ownership/i,
    reason: 'this user may not read and write all of its files',
    cure: 'Make this user the owner of the directory and of all in it, on a disk that can be written. Nothing is damaged.',
  },
] as const;

/** Errors of the file system inside PGlite carry only the numbers of WASI, which Node does not know. */
const WASI: Readonly<Record<number, string>> = {
  2: 'EACCES',
  19: 'ENOSPC',
  51: 'ENOSPC',
  63: 'EACCES',
  69: 'EACCES',
};
const ALIKE: Readonly<Record<string, string>> = {
  EPERM: 'EACCES',
  EROFS: 'EACCES',
  EDQUOT: 'ENOSPC',
};

/** Of a data directory that PostgreSQL does not understand; all else is no reason to throw the state away. */
const DAMAGED =
  /^PANIC|incompatible with|could not read|invalid|corrupt|checksum|not a valid|missing|does not exist/i;

/**
 * Why the embedded PostgreSQL cannot be opened, and what to do: only a state that is really of no use is to be
 * moved away.
 */
export function openFailure(data: string, error: unknown): CodedError {
  const reason = error instanceof EmbeddedFailure ? error.reason : null;
  const code = codeOf(error);
  const known = FILE_SYSTEM.find((one) => one.code === code || one.says.test(reason ?? ''));
  const options = { cause: error };
  if (known !== undefined)
    return new CodedError(
      'STATE_UNREACHABLE',
      `The state in ${data} cannot be opened: ${known.reason}.`,
      known.cure,
      options,
    );
  const said = reason === null ? '' : `: PostgreSQL says "${reason}"`;
  if (code !== null || (reason !== null && !DAMAGED.test(reason)))
    return new CodedError(
      'STATE_NOT_OPENED',
      `The state in ${data} cannot be opened${said === '' ? ` (${code})` : said}.`,
      'Correct what is said there and start again. Nothing is known to be damaged: keep the directory.',
      options,
    );
  return new CodedError(
    'STATE_UNREADABLE',
    `The state in ${data} cannot be opened${said}.`,
    `It is damaged or of another PostgreSQL version. Move ${data} away and load again: nothing in it is the only copy.`,
    options,
  );
}

function codeOf(error: unknown): string | null {
  const raw =
    error instanceof EmbeddedFailure
      ? WASI[error.errno ?? 0]
      : error instanceof Error && 'code' in error
        ? String(error.code)
        : undefined;
  return raw === undefined ? null : (ALIKE[raw] ?? raw);
}
