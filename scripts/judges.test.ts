import { describe, expect, it } from 'vitest';
import { verdictOn } from './lib/checks/analyzer-verdict.ts';
import { countIn, sldsProblem } from './lib/checks/slds-warnings.ts';

const violation = (severity: number, file = 'force-app/A.cls') => ({
  rule: 'pmd:OperationWithLimitsInLoop',
  severity,
  file,
  line: 7,
  message: 'Avoid operations in loops.',
});
const suppression = {
  rule: 'pmd:OperationWithLimitsInLoop',
  file: 'force-app/A.cls',
  reason: 'A reason that says why it must stand.',
};

describe('what Code Analyzer found', () => {
  it.each([1, 2, 3])('is to be mended where its severity is %i', (severity) => {
    expect(verdictOn([violation(severity)], [])).toEqual([
      'force-app/A.cls:7: pmd:OperationWithLimitsInLoop: Avoid operations in loops.',
    ]);
  });

  it('is to be mended where Apex is copied, whatever its severity', () => {
    const copy = { ...violation(5), rule: 'cpd:DetectCopyPasteForApex' };
    expect(verdictOn([copy], [])).toHaveLength(1);
  });

  it('may stand where it is low, or suppressed by rule and file', () => {
    expect(verdictOn([violation(4), violation(5)], [])).toEqual([]);
    expect(verdictOn([violation(2)], [suppression])).toEqual([]);
    expect(verdictOn([violation(2), violation(2, 'force-app/B.cls')], [suppression])).toEqual([
      expect.stringMatching(/^force-app\/B\.cls:7: /),
    ]);
  });

  it('needs no suppression where it is gone', () => {
    expect(verdictOn([violation(4)], [suppression])).toEqual([
      'config/code-analyzer.json: pmd:OperationWithLimitsInLoop finds nothing in force-app/A.cls: take it out',
    ]);
  });
});

describe('what slds-linter counted', () => {
  it('is read from its last lines', () => {
    expect(countIn('…\n\n0 errors  63 warnings\n✓ \n')).toEqual({ errors: 0, warnings: 63 });
    expect(() => countIn('Unknown option')).toThrow('counted nothing:\nUnknown option');
  });

  it('may have no error, and neither more warnings than are known nor a number that is out of date', () => {
    expect(sldsProblem({ errors: 0, warnings: 63 }, 63)).toBeUndefined();
    expect(sldsProblem({ errors: 1, warnings: 0 }, 63)).toContain('1 errors');
    expect(sldsProblem({ errors: 0, warnings: 64 }, 63)).toContain('none may be added');
    expect(sldsProblem({ errors: 0, warnings: 62 }, 63)).toContain('lower the number');
  });
});
