import fc from 'fast-check';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'vitest';

/*
 * What strangers, shops and admins may send. FUZZ_INPUTS sets how many inputs are tried, FUZZ_SEED which:
 * `FUZZ_INPUTS=10000000 npm run test:unit -- sidecar/test/inputs`.
 */
const INPUTS = Number(process.env['FUZZ_INPUTS'] ?? 100_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);

/** CPU time of one input, a hundred times what the slowest takes: what grows without bound is beyond it. */
const STALL_MICROS = 1_000_000;
/** What the heap may grow by from the tenth of the inputs to their end. */
const GROWTH = 24 * 1024 * 1024;

/** Tries a share of the inputs. @param take must not throw, but for what is documented */
export function tries<T>(share: number, inputs: fc.Arbitrary<T>, take: (input: T) => void): void {
  let slowest = 0;
  const each = (input: T): void => {
    const before = process.threadCpuUsage();
    take(input);
    const { user, system } = process.threadCpuUsage(before);
    slowest = Math.max(slowest, user + system);
    if (slowest > STALL_MICROS) throw new Error(`It takes ${slowest} µs of CPU time.`);
  };
  const numRuns = Math.ceil(INPUTS * share);
  const run = (seed: number, runs: number) => {
    fc.assert(fc.property(inputs, each), { seed, numRuns: runs });
  };
  run(SEED, Math.ceil(numRuns / 10));
  const begun = heap();
  run(SEED + 1, Math.floor((numRuns * 9) / 10));
  expect(heap() - begun).toBeLessThan(GROWTH);
}

/** Bytes that are in use once garbage is collected. */
function heap(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

/** What is put where it does not belong. */
const scrap = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom('"', "'", '\\', '\0', '{', '}', '[', ']', '<', '>', '&', '&amp;', '&#0;', ']]>'),
  fc.constantFrom('null', '-1', '1e999', '0', 'NaN', '__proto__', 'constructor', '#', '.', '..'),
  fc.constantFrom('\ud83d', '\u202e', '\u0000', '(', ')', 'NOT ', ' AND ', ' OR ', ',', ';', ':'),
  fc.constantFrom('<![CDATA[', '<!DOCTYPE x>', '<?x?>', '%', '%2f', '\r', '\n', ' ', '2026-02-30'),
);
const change = fc.record({
  at: fc.nat(),
  cut: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)),
  put: scrap,
  times: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.nat(40) }),
});

/** Texts of which some characters are other ones, are left out or come again and again; and any text at all. */
export function brokenTexts(...whole: readonly string[]): fc.Arbitrary<string> {
  const changed = fc
    .tuple(fc.constantFrom(...whole), fc.array(change, { maxLength: 5 }))
    .map(([text, changes]) =>
      changes.reduce((now, { at, cut, put, times }) => {
        const from = at % (now.length + 1);
        return now.slice(0, from) + put.repeat(times) + now.slice(from + cut);
      }, text),
    );
  return fc.oneof({ weight: 9, arbitrary: changed }, fc.string({ unit: 'binary', maxLength: 60 }));
}

/** Bytes of which some are other ones, or left out, or cut off. */
export function brokenBytes(...whole: readonly Buffer[]): fc.Arbitrary<Buffer> {
  const spot = fc.record({ at: fc.nat(), byte: fc.nat(255), isLeftOut: fc.boolean() });
  const cut = fc.option(fc.nat());
  return fc
    .tuple(fc.constantFrom(...whole), fc.array(spot, { maxLength: 8 }), cut)
    .map(([bytes, spots, end]) => {
      const now = [...(end === null ? bytes : bytes.subarray(0, end % (bytes.length + 1)))];
      for (const { at, byte, isLeftOut } of spots)
        now.splice(at % (now.length + 1), 1, ...(isLeftOut ? [] : [byte]));
      return Buffer.from(now);
    });
}
