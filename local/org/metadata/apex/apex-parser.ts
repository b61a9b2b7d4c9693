import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { memoised } from '../../lib/memoised.ts';
import type { ApexProblem } from './apex-problem.ts';
import { unreadableText } from './unreadable-text.ts';

/** A node of the syntax tree: its class, such as `apex.jorje.data.ast.VariableDecl`, stands under `@class`. */
export type ApexNode = Readonly<Record<string, unknown>>;

export interface ParsedApex {
  /** What does not parse; the tree is not whole then. */
  readonly problems: readonly ApexProblem[];
  readonly tree: ApexNode;
}

const location = z.object({ line: z.number(), column: z.number() });

/** What the parser prints: the errors of a named unit and its tree. */
const output = z.object({
  'apex.jorje.semantic.compiler.parser.ParserOutput': z.object({
    parseErrors: z.array(
      z.object({
        message: z.string(),
        error: z.object({ error: z.object({ loc: location.optional() }) }),
      }),
    ),
    unit: z.record(z.string(), z.unknown()).nullish(),
  }),
});

/** Characters that a class has at most. */
const MAX_LENGTH = 1_000_000;

/** What is refused whole, without a look at what it says. */
const refused = (message: string): ParsedApex => ({
  problems: [{ line: 1, column: 1, message }],
  tree: {},
});

/** How the parser ends at code that is beyond its own stack, or beyond the output that is taken. */
const BEYOND = /StackOverflowError|Failed to write JSON|ENOBUFS/;

/** A tree of a large class has some megabytes. */
const MAX_OUTPUT = 256 * 1024 * 1024;

/**
 * Parses a class with Salesforce's own parser (jorje), as npm `prettier-plugin-apex` brings it: about 40 ms for a
 * class that was not parsed before.
 * @throws Error where the parser cannot run
 */
export const parseApex = memoised((source): ParsedApex => {
  if (source.length > MAX_LENGTH) {
    return refused(`The code has ${source.length} characters, more than ${MAX_LENGTH}.`);
  }
  const unreadable = unreadableText(source);
  if (unreadable) return { problems: [unreadable], tree: {} };
  const { error, status, stdout, stderr } = spawnSync(parserPath(), [], {
    input: source,
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT,
  });
  if (error ?? status !== 0) {
    const why = error?.message ?? stderr.trim().slice(0, 500);
    if (BEYOND.test(`${why} ${stderr}`)) {
      return refused('NOT_EMULATED: the local org does not parse code of this size or depth.');
    }
    throw new Error(`Salesforce's Apex parser (npm prettier-plugin-apex) did not run: ${why}`);
  }
  return read(stdout);
});

function read(json: string): ParsedApex {
  const { parseErrors, unit } = output.parse(JSON.parse(json))[
    'apex.jorje.semantic.compiler.parser.ParserOutput'
  ];
  const problems = parseErrors.map(({ message, error }) => ({
    ...(error.error.loc ?? { line: 1, column: 1 }),
    message,
  }));
  return { problems, tree: unit ?? {} };
}

/** The native executable of this platform; where npm has none, the same parser by way of Java. */
function parserPath(): string {
  const { resolve } = createRequire(import.meta.url);
  const plugin = join(dirname(resolve('prettier-plugin-apex')), '../..');
  const name = `apex-ast-serializer-${process.platform}-${process.arch}`;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const native = join(plugin, '../@prettier-apex', name, `${name}${suffix}`);
  if (existsSync(native)) return native;
  return join(plugin, 'vendor/apex-ast-serializer/bin/apex-ast-serializer');
}

/** Every node of a tree, the owner before what it holds. */
export function* nodesOf(value: unknown): Generator<ApexNode> {
  if (Array.isArray(value)) for (const item of value) yield* nodesOf(item);
  else if (typeof value === 'object' && value !== null) {
    yield value as ApexNode;
    yield* nodesOf(Object.values(value));
  }
}
