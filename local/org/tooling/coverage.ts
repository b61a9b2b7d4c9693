import { hash } from 'node:crypto';
import type { OrgData } from '../data/org-data.ts';
import { programOf, sourcesOf } from '../apex/host/programs.ts';
import { testedClasses, type MethodResult } from '../apex/host/tests.ts';
import type { Kept } from './kept.ts';
import { COVERAGE } from './objects.ts';

/** Lines of a class that one test has run. */
interface Ran {
  readonly testClass: string;
  readonly method: string;
  readonly name: string;
  /** Digest of the class as it was then: lines of another text say nothing. */
  readonly digest: string;
  readonly lines: readonly number[];
}

/** A row of the Tooling API. */
export type ToolingRow = Readonly<Record<string, string | number | null>>;

const countsOf = (lines: readonly number[], ran: ReadonlySet<number>) => {
  const coveredLines = lines.filter((line) => ran.has(line));
  const uncoveredLines = lines.filter((line) => !ran.has(line));
  return {
    NumLinesCovered: coveredLines.length,
    NumLinesUncovered: uncoveredLines.length,
    [COVERAGE]: JSON.stringify({ coveredLines, uncoveredLines }),
  };
};

/** Which lines the tests have run, of classes that have not changed since. */
export class CoverageOfTests {
  private readonly org: OrgData;
  private readonly kept: Kept;
  /** By the test. */
  private readonly ran: Map<string, readonly Ran[]>;

  constructor(org: OrgData, kept: Kept) {
    this.org = org;
    this.kept = kept;
    this.ran = new Map(kept.all('covered') as readonly (readonly [string, readonly Ran[]])[]);
  }

  /** Digests of the classes. */
  private digests(): ReadonlyMap<string, string> {
    return new Map(
      sourcesOf(this.org.components()).map(
        ({ name, content }) => [name, hash('sha1', content)] as const,
      ),
    );
  }

  /** Keeps what tests have run, in place of what they ran before. */
  add(results: readonly MethodResult[]): void {
    const digests = this.digests();
    for (const { className, method, covered } of results) {
      const ran = [...covered].map(([name, lines]) => ({
        testClass: className,
        method,
        name,
        lines,
        digest: digests.get(name) ?? '',
      }));
      this.ran.set(`${className}.${method}`, ran);
      this.kept.put('covered', `${className}.${method}`, ran);
    }
  }

  /** Rows of the objects that tell of it. @param idOf of a class */
  rows(idOf: (className: string) => string): Readonly<Record<string, readonly ToolingRow[]>> {
    const digests = this.digests();
    const classes = testedClasses(programOf(this.org));
    const ran = [...this.ran.values()].flat().filter((one) => {
      return digests.get(one.name) === one.digest && digests.has(one.testClass);
    });
    const linesOf = new Map(classes.map(({ name, lines }) => [name, lines] as const));
    const each = ran.map(({ testClass, method, name, lines }) => ({
      ApexTestClassId: idOf(testClass),
      TestMethodName: method,
      ApexClassOrTriggerId: idOf(name),
      ...countsOf(linesOf.get(name) ?? [], new Set(lines)),
    }));
    const together = classes.map(({ name, lines }) => {
      const covered = ran.filter((one) => one.name === name).flatMap((one) => one.lines);
      return { ApexClassOrTriggerId: idOf(name), ...countsOf(lines, new Set(covered)) };
    });
    const covered = together.reduce((sum, one) => sum + one.NumLinesCovered, 0);
    const all = together.reduce((sum, one) => sum + one.NumLinesUncovered, covered);
    return {
      ApexCodeCoverage: each,
      ApexCodeCoverageAggregate: together.filter((one) => one.NumLinesCovered > 0),
      ApexOrgWideCoverage: [{ PercentCovered: all === 0 ? 0 : Math.floor((100 * covered) / all) }],
    };
  }
}
