import { z } from 'zod';
import type { Violation } from './code-analyzer.ts';

/** The worst severity that may stand: 4 is low, 5 is information. */
const LOW = 4;

/** A copy of more than a hundred tokens is information to the engine, and a fault to us. */
const APEX_COPY = 'cpd:DetectCopyPasteForApex';

/** What `config/code-analyzer.json` lets pass. */
export const suppressionShape = z.object({
  suppressed: z.array(
    z.strictObject({ rule: z.string(), file: z.string(), reason: z.string().min(20) }),
  ),
});

export type Suppression = z.infer<typeof suppressionShape>['suppressed'][number];

/** What must be mended, as `path:line: rule: message`; a suppression of nothing is to go too. */
export function verdictOn(
  violations: readonly Violation[],
  suppressed: readonly Suppression[],
): readonly string[] {
  const grave = violations.filter(({ severity, rule }) => severity < LOW || rule === APEX_COPY);
  const isOf = (violation: Violation, { rule, file }: Suppression) =>
    violation.rule === rule && violation.file === file;
  const open = grave.filter((violation) => !suppressed.some((one) => isOf(violation, one)));
  const needless = suppressed.filter((one) => !grave.some((violation) => isOf(violation, one)));
  return [
    ...open.map(({ file, line, rule, message }) => `${file}:${line}: ${rule}: ${message}`),
    ...needless.map(
      ({ rule, file }) =>
        `config/code-analyzer.json: ${rule} finds nothing in ${file}: take it out`,
    ),
  ];
}
